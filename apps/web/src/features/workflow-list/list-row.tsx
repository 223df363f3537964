'use client';
import type { ChangeEvent, MouseEvent as Click } from 'react';
import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { paths } from '../../data/paths.ts';
import type { ExecutionRow } from '../../data/queries.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { listCell } from './list-cell.tsx';
import type { ValuesFound } from './use-values.ts';
import { rowNumber } from './row-place.ts';
import type { WaitingFound } from './use-waiting.ts';

/** What can be done to a row. */
export interface RowDeeds {
  readonly go: (href: string, row: ExecutionRow) => void;
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
      go: (href, row) => latest.current.go(href, row),
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
  readonly zone: string;
  /** The one that runs, milliseconds: what goes by the second draws itself. */
  readonly minute: number;
  readonly waiting: WaitingFound | undefined;
  readonly values: ValuesFound | undefined;
  readonly index: number;
  readonly isHere: boolean;
  readonly isTaken: boolean;
  readonly deeds: RowDeeds;
}

/** Drawn again only when something of this row changed: a frame of scrolling draws the rows that came in and no others. */
export const ListRow = memo(function ListRow({
  namespace,
  columns,
  row,
  zone,
  minute,
  waiting,
  values,
  index,
  isHere,
  isTaken,
  deeds,
}: ListRowProps) {
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
      aria-rowindex={rowNumber(index)}
      aria-selected={isTaken}
      onFocus={() => deeds.stand(row)}
      onClick={(event) => {
        const href = hrefOf(event, paths.run({ namespace, ...row }));
        if (href !== null) deeds.go(href, row);
      }}
    >
      <td role="gridcell" className="c-sel">
        <input className="box" type="checkbox" tabIndex={-1} aria-label={`Choose ${row.workflowId}`} checked={isTaken} onChange={choose} />
      </td>
      {columns.map((id) => {
        const { className, title, at, content } = listCell(id, { namespace, row, zone, minute, waiting, values });
        return (
          <td key={id} role="gridcell" className={className} title={title} data-at={at}>
            {content}
          </td>
        );
      })}
    </tr>
  );
});

/** Where a click leads: along a link of the row, or to the run; null where it is the browser's, or has chosen or marked something. */
function hrefOf(event: Click, run: string): string | null {
  const link = (event.target as HTMLElement).closest('a');
  if (link !== null) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
    event.preventDefault();
    return link.getAttribute('href');
  }
  const isOther = (event.target as HTMLElement).closest('input, .c-sel') !== null || window.getSelection()?.isCollapsed === false;
  return isOther ? null : run;
}
