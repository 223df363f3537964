'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import type { ChangeEvent, ReactNode } from 'react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { useListColumns } from '../../data/list-filter.ts';
import { paths } from '../../data/paths.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { columnOf } from '../../domain/list-columns.ts';
import type { RowSort } from '../../domain/row-sort.ts';
import type { RunSelection } from '../../domain/run-selection.ts';
import { chooseRange, isChosen, isWholePage, togglePage, toggleRun } from '../../domain/run-selection.ts';
import { formatCount } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { ColumnHead } from './column-head.tsx';
import { ListCell } from './list-cell.tsx';
import { useRowKeys } from './use-row-keys.ts';
import type { WaitingOn } from './use-waiting.ts';
import { useWaiting } from './use-waiting.ts';

export type ExecutionRow = ApiOutput['workflow']['list']['rows'][number];

export interface ExecutionTableProps {
  readonly namespace: string;
  readonly rows: readonly ExecutionRow[];
  readonly now: number;
  readonly isPending: boolean;
  readonly isDim: boolean;
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onMore: () => void;
  readonly selection: RunSelection;
  readonly canTakeAll: boolean;
  readonly onSelect: (selection: RunSelection) => void;
  readonly sort: RowSort | undefined;
  readonly onSort: (sort: RowSort | undefined) => void;
  /** New ones that are not shown yet. */
  readonly news: number;
  readonly onNews: () => void;
  /** Somebody is not at the top, or looks at one row: nothing may move. */
  readonly onReading: (isReading: boolean) => void;
  /** What stands below the last row. */
  readonly foot: ReactNode;
}

const RunPeek = lazy(() => import('./run-peek.tsx').then((module) => ({ default: module.RunPeek })));

const ROW_PX = 32;
const CARD_PX = 61;
const BOX_PX = 40;

export function ExecutionTable(props: ExecutionTableProps) {
  const { namespace, rows, hasMore, isLoadingMore, onMore, selection, onSelect, sort } = props;
  const { columns: chosen, widths, setWidth } = useListColumns();
  const scroller = useRef<HTMLDivElement>(null);
  const isCards = useNarrow();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isCards ? CARD_PX : ROW_PX),
    overscan: 16,
    getItemKey: (index) => rows[index]?.runId ?? index,
  });
  const { here, setHere, isPeeking, closePeek } = useRowKeys({ ...props, scrollTo: (index) => virtual.scrollToIndex(index) });
  const items = virtual.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  const isAsked = chosen.includes('waiting') && !virtual.isScrolling;
  const waiting = useWaiting({ namespace, shown: rows.slice(startIndex, endIndex + 1), isAsked });
  const ids = waiting.isOffered ? chosen : chosen.filter((id) => id !== 'waiting');
  const columns = ids.map(columnOf);
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && rows.length > 0 && lastShown >= rows.length - 20 && sort === undefined) onMore();
  }, [hasMore, isLoadingMore, lastShown, rows.length, onMore, sort]);
  const [isAtTop, setAtTop] = useState(true);
  const { onReading } = props;
  useEffect(() => onReading(isPeeking || !isAtTop), [onReading, isPeeking, isAtTop]);
  const peeked = isPeeking ? rows[here] : undefined;
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const widthOf = (column: (typeof columns)[number]) => widths[column.id] ?? column.width;
  const least = columns.reduce((sum, column) => sum + widthOf(column), BOX_PX);
  return (
    <div className="scroll tblwrap" ref={scroller} onScroll={(event) => setAtTop(event.currentTarget.scrollTop < ROW_PX)}>
      {props.news > 0 ? (
        <div className="newbar">
          <button
            className="newpill"
            type="button"
            onClick={() => {
              scroller.current?.scrollTo({ top: 0 });
              props.onNews();
            }}
          >
            <Icon name="up" small />
            {formatCount(props.news)} new
          </button>
        </div>
      ) : null}
      <table
        className={cx('grid cards', props.isDim && 'dimmed')}
        role="grid"
        aria-label="Workflows"
        aria-rowcount={props.total ?? rows.length}
        aria-colcount={columns.length + 1}
        aria-busy={props.isPending}
        aria-multiselectable="true"
        style={isCards ? undefined : { minWidth: least }}
      >
        <colgroup>
          <col style={{ width: BOX_PX }} />
          {columns.map((column) => (
            // What is left over goes to the id, unless somebody gave it a width.
            <col key={column.id} style={column.id === 'id' && widths['id'] === undefined ? undefined : { width: widthOf(column) }} />
          ))}
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" className="c-sel">
              <input
                className="box"
                type="checkbox"
                aria-label="Choose all loaded runs"
                checked={isWholePage(selection, rows)}
                onChange={() => onSelect(togglePage(selection, rows))}
              />
            </th>
            {columns.map((column) => (
              <ColumnHead
                key={column.id}
                column={column}
                width={widthOf(column)}
                onWidth={(width) => setWidth(column.id, width)}
                sort={props.sort}
                onSort={props.onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.isPending ? <SkeletonRows columns={columns.length + 1} /> : null}
          {before > 0 ? <tr aria-hidden="true" className="gapr" style={{ height: before }} /> : null}
          {items.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <Row
                key={item.key}
                {...props}
                columns={ids}
                waiting={waiting}
                row={row}
                index={item.index}
                isHere={item.index === here}
                onHere={() => setHere(item.index)}
              />
            );
          })}
          {after > 0 ? <tr aria-hidden="true" className="gapr" style={{ height: after }} /> : null}
        </tbody>
      </table>
      {props.foot}
      <p className="sr" role="status">
        {props.news > 0 ? `${formatCount(props.news)} new` : ''}
      </p>
      {peeked === undefined ? null : (
        <Suspense>
          <RunPeek namespace={namespace} row={peeked} now={props.now} onClose={closePeek} />
        </Suspense>
      )}
    </div>
  );
}

interface RowProps extends ExecutionTableProps {
  readonly columns: readonly ColumnId[];
  readonly waiting: WaitingOn;
  readonly row: ExecutionRow;
  readonly index: number;
  readonly isHere: boolean;
  readonly onHere: () => void;
}

function Row({ namespace, columns, waiting, rows, row, now, index, isHere, onHere, selection, onSelect }: RowProps) {
  const element = useRef<HTMLTableRowElement>(null);
  const router = useRouter();
  useEffect(() => {
    if (isHere && document.activeElement?.closest('tr[data-row]') !== element.current) element.current?.focus({ preventScroll: true });
  }, [isHere]);
  const isTaken = isChosen(selection, row.runId);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const { nativeEvent } = event;
    const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
    onSelect((isRange ? chooseRange : toggleRun)(selection, rows, row));
  };
  return (
    <tr
      role="row"
      ref={element}
      data-row
      className={isHere ? 'here' : ''}
      tabIndex={isHere || (index === 0 && !isHere) ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={isTaken}
      onFocus={onHere}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('a, input, .c-sel') === null && window.getSelection()?.isCollapsed)
          router.push(paths.run({ namespace, ...row }));
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
}
