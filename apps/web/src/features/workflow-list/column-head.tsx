'use client';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import type { ListColumn } from '../../domain/list-columns.ts';
import { fitWidth, WIDTH } from '../../domain/list-columns.ts';
import { cx } from '../../lib/text.ts';

interface ColumnHeadProps {
  readonly column: ListColumn;
  readonly width: number;
  /** Nothing puts the column back to its own width. */
  readonly onWidth: (width: number | undefined) => void;
}

/** A column's name and the edge that changes its width: dragged, by the arrow keys, or put back by a double click. */
export function ColumnHead({ column, width, onWidth }: ColumnHeadProps) {
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
    <th role="columnheader" scope="col" ref={cell} className={cx('cut', column.isNumber && 'num')} title={column.label}>
      {column.label}
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
