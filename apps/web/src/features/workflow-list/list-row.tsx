'use client';
import type { ChangeEvent } from 'react';
import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { ListCell } from './list-cell.tsx';
import type { WaitingFound } from './use-waiting.ts';

type ExecutionRow = ApiOutput['workflow']['list']['rows'][number];

/** What can be done to a row. */
export interface RowDeeds {
  readonly open: (row: ExecutionRow) => void;
  readonly choose: (row: ExecutionRow, isRange: boolean) => void;
  readonly stand: (row: ExecutionRow) => void;
}

/** The deeds as they are now, behind functions that stay the same: what a row can do is no reason to draw it again. */
export function useRowDeeds(deeds: RowDeeds): RowDeeds {
  const latest = useRef(deeds);
  useLayoutEffect(() => {
    latest.current = deeds;
  });
  return useMemo(
    () => ({
      open: (row) => latest.current.open(row),
      choose: (row, isRange) => latest.current.choose(row, isRange),
      stand: (row) => latest.current.stand(row),
    }),
    [],
  );
}

interface ListRowProps {
  readonly namespace: string;
  readonly columns: readonly ColumnId[];
  readonly row: ExecutionRow;
  /** Milliseconds; of a closed run a coarse one, for nothing of it moves but the day. */
  readonly now: number;
  readonly waiting: WaitingFound | undefined;
  readonly index: number;
  readonly isHere: boolean;
  readonly isTaken: boolean;
  readonly deeds: RowDeeds;
}

/** Drawn again only when something of this row changed: a frame of scrolling draws the rows that came in and no others. */
export const ListRow = memo(function ListRow({ namespace, columns, row, now, waiting, index, isHere, isTaken, deeds }: ListRowProps) {
  const element = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isHere && document.activeElement?.closest('tr[data-row]') !== element.current) element.current?.focus({ preventScroll: true });
  }, [isHere]);
  const choose = ({ nativeEvent }: ChangeEvent<HTMLInputElement>) =>
    deeds.choose(row, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
  return (
    <tr
      role="row"
      ref={element}
      data-row
      className={isHere ? 'here' : ''}
      tabIndex={isHere || index === 0 ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={isTaken}
      onFocus={() => deeds.stand(row)}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('a, input, .c-sel') === null && window.getSelection()?.isCollapsed) deeds.open(row);
      }}
    >
      <td role="gridcell" className="c-sel">
        <input className="box" type="checkbox" tabIndex={-1} aria-label={`Choose ${row.workflowId}`} checked={isTaken} onChange={choose} />
      </td>
      {columns.map((id) => (
        <ListCell key={id} id={id} namespace={namespace} row={row} now={now} waiting={waiting} />
      ))}
    </tr>
  );
});
