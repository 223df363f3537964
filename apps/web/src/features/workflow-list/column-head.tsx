'use client';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import type { ListColumn } from '../../domain/list-columns.ts';
import { fitWidth, WIDTH } from '../../domain/list-columns.ts';
import type { RowSort } from '../../domain/row-sort.ts';
import { isSortable, nextSort } from '../../domain/row-sort.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';

interface ColumnHeadProps {
  readonly sort: RowSort | undefined;
  readonly onSort: (sort: RowSort | undefined) => void;
  readonly column: ListColumn;
  readonly width: number;
  /** Nothing puts the column back to its own width. */
  readonly onWidth: (width: number | undefined) => void;
}

/** A column's name and the edge that changes its width: dragged, by the arrow keys, or put back by a double click. */
export function ColumnHead({ column, width, onWidth, sort, onSort }: ColumnHeadProps) {
  const sorted = sort?.column === column.id ? sort : undefined;
  const cell = useRef<HTMLTableCellElement>(null);
  const grab = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    const from = event.clientX;
    const before = cell.current?.offsetWidth ?? width;
    const drag = (moved: globalThis.PointerEvent) => onWidth(fitWidth(before + moved.clientX - from));
    const stop = new AbortController();
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', drag, { signal: stop.signal });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'])
      handle.addEventListener(end, () => stop.abort(), { signal: stop.signal });
  };
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? WIDTH.step : event.key === 'ArrowLeft' ? -WIDTH.step : 0;
    if (by === 0) return;
    event.preventDefault();
    onWidth(fitWidth((cell.current?.offsetWidth ?? width) + by));
  };
  return (
    <th
      role="columnheader"
      scope="col"
      ref={cell}
      className={cx('cut', column.isNumber && 'num')}
      title={column.label}
      aria-label={column.label}
      aria-sort={sorted === undefined ? undefined : sorted.isDescending ? 'descending' : 'ascending'}
    >
      {isSortable(column.id) ? (
        <button
          className="sortb"
          type="button"
          title={`Sort what is loaded by ${column.label}`}
          onClick={() => onSort(nextSort(sort, column.id, column.isNumber))}
        >
          {column.label}
          {sorted === undefined ? null : <Icon name={sorted.isDescending ? 'down' : 'up'} small />}
        </button>
      ) : (
        column.label
      )}
      <span
        className="edge"
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={`Width of ${column.label}`}
        aria-valuemin={WIDTH.min}
        aria-valuemax={WIDTH.max}
        aria-valuenow={width}
        onPointerDown={grab}
        onDoubleClick={() => onWidth(undefined)}
        onKeyDown={press}
      />
    </th>
  );
}
