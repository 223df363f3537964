'use client';
import type { KeyboardEvent, RefObject } from 'react';
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ExecutionRow } from '../../data/queries.ts';
import { cellValue } from '../../domain/cell-value.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useValueFilter } from './use-value-filter.ts';
import { rowAt, rowIndexOf } from './row-place.ts';
import { watchRest } from './watch-rest.ts';

interface CellFilterProps {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: readonly ExecutionRow[];
  readonly ids: readonly ColumnId[];
  /** The row that stands; -1 for none. */
  readonly here: number;
}

interface Place {
  readonly row: number;
  readonly runId: string | undefined;
  readonly column: number;
  readonly top: number;
  readonly left: number;
  readonly isByKey: boolean;
}

/** As a pointer rests, so that one that passes, or under which rows pass, asks for nothing. */
const REST_MS = 150;
/** Kept from the edge of what can be seen. */
const EDGE_PX = 4;

/** Only these, or not these: one pair of buttons for the whole table, at the cell that is pointed at or walked to by key. */
export const CellFilter = memo(function CellFilter({ scroller, rows, ids, here }: CellFilterProps) {
  const filterBy = useValueFilter();
  const [place, setPlace] = useState<Place>();
  const first = useRef<HTMLButtonElement>(null);
  // Rows that come while the pointer rests do not make it wait anew.
  const latest = useRef(rows);
  useLayoutEffect(() => {
    latest.current = rows;
  }, [rows]);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    // The pair that has the focus stays, wherever the pointer lies.
    const point = (next: Place | undefined) => setPlace((old) => (old?.isByKey ? old : next));
    const stop = watchRest(box, {
      ms: REST_MS,
      isOther: ({ target, pointerType }) => pointerType !== 'mouse' || (target instanceof Element && target.closest('.cellf') !== null),
      onRest: (target) => {
        const cell = target.closest<HTMLTableCellElement>('tr[data-row] > td');
        point(cell === null ? undefined : placeOf(cell, box, latest.current));
      },
    });
    const leave = () => point(undefined);
    box.addEventListener('pointerleave', leave);
    return () => {
      stop();
      box.removeEventListener('pointerleave', leave);
    };
  }, [scroller]);
  useEffect(() => {
    if (place?.isByKey) first.current?.focus();
  }, [place]);
  const rowElement = (row: number) => rowAt(scroller.current, row);
  const walk = () => {
    const row = rows[here];
    if (row === undefined) return;
    const columns = ids.flatMap((id, column) => (cellValue(id, row) === undefined ? [] : [column]));
    const from = place?.isByKey && place.row === here ? place.column : -1;
    const next = columns.find((column) => column > from) ?? columns[0];
    const cell = next === undefined ? undefined : rowElement(here)?.cells[next + 1];
    if (cell !== undefined && scroller.current !== null) setPlace({ ...placeOf(cell, scroller.current, rows), isByKey: true });
  };
  useShortcuts([{ keys: 'v', shown: 'v', label: 'Filter by a value of the row, again for the next', scope: 'List', run: walk }]);
  const row = place === undefined ? undefined : rows[place.row];
  const id = place === undefined ? undefined : ids[place.column];
  const value = row === undefined || id === undefined || row.runId !== place?.runId ? undefined : cellValue(id, row);
  const copied =
    row === undefined || row.runId !== place?.runId ? undefined : id === 'id' ? row.workflowId : id === 'run' ? row.runId : undefined;
  if (place === undefined) return null;
  if (value === undefined)
    return copied === undefined ? null : (
      <div className="cellf" style={{ top: place.top, left: place.left }}>
        <CopyButton text={copied} what={id === 'id' ? 'workflow id' : 'run id'} />
      </div>
    );
  const close = () => {
    if (place.isByKey) rowElement(place.row)?.focus();
    setPlace(undefined);
  };
  const ask = (isNot: boolean) => {
    close();
    filterBy(value, isNot);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  return (
    <div
      className="cellf"
      role="group"
      aria-label={`Filter by ${value.words}`}
      style={{ top: place.top, left: place.left }}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setPlace(undefined);
      }}
    >
      <button
        ref={first}
        type="button"
        title={`Only these: ${value.words}`}
        aria-label={`Only these: ${value.words}`}
        onClick={() => ask(false)}
      >
        <Icon name="plus" small />
      </button>
      <button type="button" title={`Not these: ${value.words}`} aria-label={`Not these: ${value.words}`} onClick={() => ask(true)}>
        <Icon name="minus" small />
      </button>
    </div>
  );
});

/** In pixels of what is scrolled; at the end of the cell, or of what can be seen of it. */
function placeOf(cell: HTMLTableCellElement, box: HTMLElement, rows: readonly ExecutionRow[]): Place {
  const row = rowIndexOf(cell);
  const at = cell.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  return {
    row,
    runId: rows[row]?.runId,
    column: cell.cellIndex - 1,
    top: at.top - frame.top + box.scrollTop + at.height / 2,
    left: Math.min(at.right, frame.left + box.clientWidth - EDGE_PX) - frame.left + box.scrollLeft,
    isByKey: false,
  };
}
