'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useRef } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';

const rowPx = () => 36;
/** The columns before it are the step's name and its bars, and the one after the last number says what is the matter. */
const FIRST_NUMBER = 2;

/** Where a line stands; pixels from the top of all of them. */
export interface LinePlace {
  readonly index: number;
  readonly top: number;
}

interface StepsTableProps<Row extends { readonly key: string }> {
  readonly label: string;
  readonly columns: readonly string[];
  /** What the bars' column is wide, milliseconds. */
  readonly span: number;
  readonly rows: readonly Row[];
  readonly chosen: string | undefined;
  /** The one that the answer names. */
  readonly told: string | undefined;
  /** What `n` goes to, and its name in the sheet of keys: `difference`. */
  readonly sought: { readonly name: string; readonly is: (row: Row) => boolean };
  readonly onChoose: (key: string) => void;
  readonly renderLine: (row: Row, place: LinePlace, isHere: boolean) => ReactNode;
}

/** Steps one below the other, walked by keys; only those in sight are drawn. */
export function StepsTable<Row extends { readonly key: string }>(props: StepsTableProps<Row>) {
  const { columns, rows, chosen, told, sought, onChoose } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowPx,
    overscan: 12,
    getItemKey,
  });
  const here = rows.findIndex((row) => row.key === chosen);
  useEffect(() => {
    if (here >= 0) virtual.scrollToIndex(here, { align: 'auto' });
  }, [here, virtual]);
  const choose = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row !== undefined) onChoose(row.key);
  };
  const seek = (by: 1 | -1) => {
    for (let index = here + by; index >= 0 && index < rows.length; index += by) {
      const row = rows[index];
      if (row !== undefined && sought.is(row)) return choose(index);
    }
  };
  useShortcuts(
    (
      [
        ['j', 'j', 'Next step', () => choose(here + 1)],
        ['k', 'k', 'Previous step', () => choose(here - 1)],
        ['ArrowDown', '↓', 'Next step', () => choose(here + 1)],
        ['ArrowUp', '↑', 'Previous step', () => choose(here - 1)],
        ['n', 'n', `Next ${sought.name}`, () => seek(1)],
        ['Shift+N', '⇧ N', `Previous ${sought.name}`, () => seek(-1)],
        ['m', 'm', 'The step that the answer names', () => told !== undefined && onChoose(told)],
      ] as const
    ).map(([keys, shown, label, run]) => ({ keys, shown, label, scope: 'Compare', run })),
  );
  return (
    <div className="scroll cmp-scroll" ref={scroller} tabIndex={0} role="table" aria-label={props.label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup" className="cmp-head">
        <div role="row" className="cmp-row" aria-rowindex={1}>
          {columns.map((name, index) => (
            <span key={name} role="columnheader" className={index >= FIRST_NUMBER && index < columns.length - 1 ? 'num' : undefined}>
              {name}
              {index === 1 ? <span className="cmp-span">{formatDuration(props.span)}</span> : null}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="cmp-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : props.renderLine(row, { index, top: start }, index === here);
        })}
      </div>
    </div>
  );
}
