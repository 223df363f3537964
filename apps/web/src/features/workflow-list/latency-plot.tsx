'use client';
import Link from 'next/link';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useState } from 'react';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import type { BoxFacts, CellBox, CellPlace, LatencyGrid } from '../../domain/latency-box.ts';
import { boxFacts, clampPlace, cornersOf, edgeWords } from '../../domain/latency-box.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatMoment } from '../../lib/time.ts';
import { LatencyCanvas } from './latency-canvas.tsx';
import { boxWords } from './latency-words.ts';

/** Pixels; two of them fit one word of the axis. */
const ROW = 9;
const TICKS = 6;
const MINUTE = 60_000;
/** From here on the axis tells whole minutes. */
const LONG = 20 * MINUTE;

interface LatencyPlotProps {
  readonly grid: LatencyGrid;
  readonly namespace: string;
  readonly now: number;
  readonly onApply: (box: BoxFacts) => void;
}

export function LatencyPlot({ grid, namespace, now, onApply }: LatencyPlotProps) {
  const zone = usePreference('zone');
  // By keys, or while it is dragged; it stays when the plot is left, so that its runs can be reached.
  const [box, setBox] = useState<CellBox>();
  const [isDragging, setDragging] = useState(false);
  const [under, setUnder] = useState<CellPlace>();
  const rows = grid.edges.length - 1;
  const shown = clampBox(grid, isDragging || under === undefined ? box : { anchor: under, at: under });
  const facts = shown && boxFacts(grid, shown);
  const take = (taken: CellBox | undefined) => {
    const inside = clampBox(grid, taken);
    setBox(undefined);
    if (inside) onApply(boxFacts(grid, inside));
  };
  const placeAt = (event: PointerEvent<HTMLDivElement>) => {
    const area = event.currentTarget.getBoundingClientRect();
    const part = (at: number, size: number) => Math.floor((at / size) * 1000) / 1000;
    return clampPlace(grid, {
      column: Math.floor(part(event.clientX - area.left, area.width) * grid.columns),
      row: Math.floor((1 - part(event.clientY - area.top, area.height)) * rows),
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = boxAfter(event, grid, box);
    if (next === 'take') take(box);
    else if (next === undefined) return;
    else setBox(next === 'none' ? undefined : next);
    setUnder(undefined);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className="lat-y axis" aria-hidden="true" style={{ height: rows * ROW }}>
        {grid.edges.map((edge, index) =>
          (rows - index) % 2 === 0 ? (
            <span key={edge} style={{ bottom: index * ROW }}>
              {edgeWords(edge)}
            </span>
          ) : null,
        )}
      </div>
      <div className="hist-p">
        <div
          className="lat-d"
          // A picture that keys move about in has no role of its own; this one leaves the arrow keys to it.
          role="application"
          aria-roledescription="heatmap"
          aria-label="Closed runs by time of closing and duration. Arrow keys move, with Shift they widen a box, Enter lists its runs."
          tabIndex={0}
          style={{ height: rows * ROW }}
          onKeyDown={onKeyDown}
          onFocus={() => setBox((kept) => kept ?? firstBox(grid))}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            const place = placeAt(event);
            setDragging(true);
            setBox({ anchor: place, at: place });
          }}
          onPointerMove={(event) => {
            const place = placeAt(event);
            setUnder(place);
            if (isDragging && box !== undefined) setBox({ ...box, at: place });
          }}
          onPointerUp={() => {
            if (isDragging) take(box);
            setDragging(false);
          }}
          onPointerCancel={() => {
            setDragging(false);
            setBox(undefined);
          }}
          onPointerLeave={() => setUnder(undefined)}
        >
          <LatencyCanvas grid={grid} />
          {shown === undefined ? null : <Chosen box={shown} grid={grid} />}
        </div>
        <div className="ticks" aria-hidden="true">
          {Array.from({ length: TICKS - 1 }, (_, index) => (index + 1) / TICKS).map((part) => (
            <span key={part} style={{ left: `${part * 100}%` }}>
              {tickWords(grid, part, { zone, now })}
            </span>
          ))}
        </div>
        <p className="lat-r axis" aria-live={under === undefined ? 'polite' : 'off'}>
          {facts === undefined ? (
            'Drag a box to list its runs.'
          ) : (
            <>
              <span className="mid">{boxWords(facts, { zone, now })}</span>
              {facts.exemplars.map(({ workflowId, runId, tookMs }) => (
                <Link key={runId} className="mono cut" href={paths.run({ namespace, workflowId, runId })}>
                  {workflowId} {formatDuration(tookMs)}
                </Link>
              ))}
            </>
          )}
        </p>
      </div>
    </>
  );
}

function Chosen({ box, grid }: { box: CellBox; grid: LatencyGrid }) {
  const { left, right, low, high } = cornersOf(box);
  const rows = grid.edges.length - 1;
  const part = (count: number, of: number) => `${(count / of) * 100}%`;
  return (
    <div
      className="lat-s"
      aria-hidden="true"
      style={{
        left: part(left, grid.columns),
        width: part(right - left + 1, grid.columns),
        bottom: part(low, rows),
        height: part(high - low + 1, rows),
      }}
    />
  );
}

/** On a picture that changed its size in the meantime. */
const clampBox = (grid: LatencyGrid, box: CellBox | undefined): CellBox | undefined =>
  box && { anchor: clampPlace(grid, box.anchor), at: clampPlace(grid, box.at) };

/** The cell of the newest run. */
function firstBox({ cells }: LatencyGrid): CellBox | undefined {
  const [newest] = cells;
  return newest && { anchor: newest, at: newest };
}

const STEPS: Readonly<Record<string, CellPlace>> = {
  ArrowLeft: { column: -1, row: 0 },
  ArrowRight: { column: 1, row: 0 },
  ArrowUp: { column: 0, row: 1 },
  ArrowDown: { column: 0, row: -1 },
  Home: { column: -Infinity, row: 0 },
  End: { column: Infinity, row: 0 },
};

/** What a key makes of the box; undefined when it is none of this picture's keys. */
function boxAfter(
  { key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent,
  grid: LatencyGrid,
  box: CellBox | undefined,
): CellBox | 'take' | 'none' | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  if (box === undefined) return key in STEPS ? firstBox(grid) : undefined;
  if (key === 'Enter') return 'take';
  if (key === 'Escape') return 'none';
  const step = STEPS[key];
  if (step === undefined) return undefined;
  const at = clampPlace(grid, { column: box.at.column + step.column, row: box.at.row + step.row });
  return { anchor: shiftKey ? box.anchor : at, at };
}

function tickWords({ from, width, columns }: LatencyGrid, part: number, { zone, now }: { zone: string; now: number }): string {
  const at = from + part * width * columns;
  const rounded = width * columns >= LONG ? Math.round(at / MINUTE) * MINUTE : at;
  return formatMoment(rounded, zone, now).replace(/:00$/, '');
}
