'use client';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { useMemo, useRef } from 'react';
import type { RunEvent } from '../../domain/run-event.ts';
import type { TaskStop } from '../../domain/task-stops.ts';
import { stopAt } from '../../domain/task-stops.ts';
import { formatCount } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';

export interface ScrubberProps {
  readonly events: readonly RunEvent[];
  readonly stops: readonly TaskStop[];
  readonly at: number;
  readonly base: number;
  readonly isPinned: boolean;
  readonly onGo: (eventId: number) => void;
  readonly onStepTask: (by: 1 | -1) => void;
}

/** More marks than this would touch each other. */
const MARKS = { events: 320, tasks: 160, labels: 22, bad: 120 };
const BAD = /(Failed|TimedOut)$/;
const place = (percent: number): CSSProperties => ({ '--a': percent });

/** The whole history as a ruler: a tick for each event, a tall one for each workflow task. */
export function StateScrubber({ events, stops, at, base, isPinned, onGo, onStepTask }: ScrubberProps) {
  const last = events.length;
  const percent = (id: number): number => (last <= 1 ? 0 : ((id - 1) / (last - 1)) * 100);
  const track = useRef<HTMLDivElement>(null);
  const goTo = ({ clientX }: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (box !== undefined && box.width > 0) onGo(1 + ((clientX - box.left) / box.width) * (last - 1));
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => onGo(at + 1),
    ArrowUp: () => onGo(at + 1),
    ArrowLeft: () => onGo(at - 1),
    ArrowDown: () => onGo(at - 1),
    PageUp: () => onStepTask(1),
    PageDown: () => onStepTask(-1),
    Home: () => onGo(1),
    End: () => onGo(last),
  };
  const press = (event: KeyboardEvent) => {
    const act = event.altKey || event.ctrlKey || event.metaKey ? undefined : keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const task = stopAt(stops, at);
  const from = Math.max(base, 1);
  return (
    <>
      <div
        ref={track}
        className="sc-track"
        role="slider"
        tabIndex={0}
        aria-label="Event"
        aria-valuemin={1}
        aria-valuemax={last}
        aria-valuenow={at}
        aria-valuetext={`event ${at} of ${last}${task ? `, workflow task ${task.index}` : ''}`}
        onKeyDown={press}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event);
        }}
      >
        <Ticks events={events} stops={stops} />
        {/* What is ahead is dimmed by one sheet, so that a step redraws no tick. */}
        <div className="sc-ahead" style={place(percent(at))} aria-hidden="true" />
        <div className="sc-range" style={{ '--a': percent(Math.min(from, at)), '--b': percent(Math.max(from, at)) }} aria-hidden="true" />
        <div className={cx('sc-base', isPinned && 'pinned')} style={place(percent(from))} aria-hidden="true" />
        <div className="sc-at" style={place(percent(at))} aria-hidden="true">
          <b>{at}</b>
        </div>
      </div>
      <div className="sc-x axis" aria-hidden="true">
        <span style={place(0)}>event 1</span>
        <span className="r" style={place(100)}>
          {last}
        </span>
      </div>
    </>
  );
}

function Ticks({ events, stops }: Pick<ScrubberProps, 'events' | 'stops'>) {
  return useMemo(() => {
    const last = events.length;
    const percent = (id: number): number => (last <= 1 ? 0 : ((id - 1) / (last - 1)) * 100);
    const every = Math.ceil(stops.length / MARKS.tasks);
    const tasks = stops.filter((_stop, index) => index % every === 0);
    const ids = last <= MARKS.events ? events.map((event) => event.id) : [];
    return (
      <>
        <div className="sc-t" aria-hidden="true">
          {tasks.map((stop) => (
            <i key={stop.index} className={stop.isBad ? 'bad' : undefined} style={place(percent(stop.endId))} />
          ))}
          {labelled(tasks, percent).map((stop) => (
            <span key={stop.index} style={place(percent(stop.endId))}>
              {formatCount(stop.index)}
            </span>
          ))}
        </div>
        <div className="sc-e" aria-hidden="true">
          {ids.map((id) => (
            <i key={id} style={place(percent(id))} />
          ))}
          {failures(events).map((id) => (
            <i key={`b${id}`} className="bad" style={place(percent(id))} />
          ))}
        </div>
      </>
    );
  }, [events, stops]);
}

/** Numbers that would touch the one before are left out. */
function labelled(stops: readonly TaskStop[], percent: (id: number) => number): TaskStop[] {
  const apart = 100 / MARKS.labels;
  let reached = -apart;
  return stops.filter((stop) => {
    const here = percent(stop.endId);
    if (here - reached < apart) return false;
    reached = here;
    return true;
  });
}

function failures(events: readonly RunEvent[]): number[] {
  const ids = events.flatMap((event) => (BAD.test(event.type) ? [event.id] : []));
  const every = Math.ceil(ids.length / MARKS.bad);
  return ids.filter((_id, index) => index % every === 0);
}
