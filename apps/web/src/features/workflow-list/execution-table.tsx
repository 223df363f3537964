'use client';
import type { ExecutionRow } from '../../data/queries.ts';
import type { Range } from '@tanstack/react-virtual';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, UIEvent } from 'react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useListColumns } from '../../data/list-filter.ts';
import type { Density } from '../../data/preferences.ts';
import { usePreference } from '../../data/preferences.ts';
import type { ColumnId, ListColumn } from '../../domain/list-columns.ts';
import { columnOf, columnsWithin } from '../../domain/list-columns.ts';
import type { RowSort } from '../../domain/row-sort.ts';
import type { RunSelection } from '../../domain/run-selection.ts';
import { chooseRange, isChosen, isWholePage, togglePage, toggleRun } from '../../domain/run-selection.ts';
import { formatCount } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { keepScroll, useKeptScroll } from '../../ui/kept-scroll.ts';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { SHEET_PX, useNarrow } from '../../ui/use-narrow.ts';
import { useMinute } from '../../ui/use-now.ts';
import { useWidth } from '../../ui/use-width.ts';
import type { Bulk } from './bulk-parts.tsx';
import { CellFilter } from './cell-filter.tsx';
import { ColumnHead } from './column-head.tsx';
import { ListRow, useRowDeeds } from './list-row.tsx';
import { RowMenuPlace } from './row-menu-place.tsx';
import { useOpenRow } from './use-open-row.ts';
import { useReadAhead } from './use-read-ahead.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useValues } from './use-values.ts';
import { useWaiting } from './use-waiting.ts';

export interface ExecutionTableProps {
  readonly namespace: string;
  readonly rows: readonly ExecutionRow[];
  readonly isPending: boolean;
  readonly isDim: boolean;
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onMore: () => void;
  readonly selection: RunSelection;
  readonly canTakeAll: boolean;
  readonly onSelect: (selection: RunSelection) => void;
  readonly onAct: (bulk: Bulk) => void;
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

/** As the style sheets have them. */
const ROW_PX: Readonly<Record<Density, number>> = { compact: 28, default: 32, comfortable: 40 };
const CARD_PX = 61;
const BOX_PX = 40;
/** Rows come and go this many at a time, so that most frames of scrolling change nothing. */
const CHUNK_ROWS = 8;

export function ExecutionTable(props: ExecutionTableProps) {
  const { namespace, rows, hasMore, isLoadingMore, onMore, selection, onSelect, sort } = props;
  const { columns: chosen, widths, setWidth } = useListColumns();
  const scroller = useRef<HTMLDivElement>(null);
  const isCards = useNarrow();
  const density = usePreference('density');
  const zone = usePreference('zone');
  const minute = useMinute();
  const rowPx = isCards ? CARD_PX : ROW_PX[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => rowPx, [rowPx]),
    rangeExtractor: chunksOf,
    useFlushSync: false,
    // What the server draws before there is a window to measure.
    initialRect: { width: 1, height: 720 },
    initialOffset: useKeptScroll(),
    getItemKey: useCallback((index: number) => rows[index]?.runId ?? index, [rows]),
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);
  const { follow, open } = useOpenRow(namespace, rows);
  const scrollTo = (index: number) => virtual.scrollToIndex(index);
  const { here, setHere, isPeeking, closePeek, peek } = useRowKeys({ ...props, open, scrollTo });
  useReadAhead({ namespace, rows, here, scroller });
  const choose = (row: ExecutionRow, isRange: boolean) => onSelect((isRange ? chooseRange : toggleRun)(selection, rows, row));
  const deeds = useRowDeeds({ go: follow, choose, stand: setHere });
  const items = virtual.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  const shown = rows.slice(startIndex, endIndex + 1);
  const waiting = useWaiting({ namespace, shown, isAsked: chosen.includes('waiting') && !virtual.isScrolling });
  const { of: valuesOf } = useValues({ namespace, shown, columns: chosen, isAsked: !virtual.isScrolling && !props.isDim });
  const isBeside = !useNarrow(SHEET_PX) && isPeeking;
  // Beside the inspector no column is cut through: the last ones make room for what it says of the row.
  const room = useWidth(scroller, isBeside);
  const offered = useMemo(() => (waiting.isOffered ? chosen : chosen.filter((id) => id !== 'waiting')), [chosen, waiting.isOffered]);
  const ids = useMemo(() => {
    return room === undefined ? offered : columnsWithin(offered, (id) => widths[id] ?? columnOf(id).width, room - BOX_PX);
  }, [offered, widths, room]);
  const columns = ids.map(columnOf);
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && rows.length > 0 && lastShown >= rows.length - 20 && sort === undefined) onMore();
  }, [hasMore, isLoadingMore, lastShown, rows.length, onMore, sort]);
  const [isAtTop, setAtTop] = useState(true);
  const onScroll = ({ currentTarget: { scrollTop } }: UIEvent<HTMLElement>) => {
    keepScroll(scrollTop);
    setAtTop(scrollTop < rowPx);
  };
  const { onReading } = props;
  useEffect(() => onReading(isPeeking || !isAtTop), [onReading, isPeeking, isAtTop]);
  const peeked = isPeeking ? rows[here] : undefined;
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const widthOf = (column: (typeof columns)[number]) => widths[column.id] ?? column.width;
  const least = columns.reduce((sum, column) => sum + widthOf(column), BOX_PX);
  // What is left over goes to the id, or to the last column once somebody gave the id a width.
  const wide = columns.find(({ id }) => id === 'id' && widths[id] === undefined) ?? columns.at(-1);
  const tracks = columns.map((column) => (column === wide ? `minmax(${widthOf(column)}px, 1fr)` : `${widthOf(column)}px`));
  return (
    <div className="scroll tblwrap" ref={scroller} onScroll={onScroll}>
      <NewsPill
        news={props.news}
        onNews={() => {
          scroller.current?.scrollTo({ top: 0 });
          props.onNews();
        }}
      />
      <table
        className={cx('grid cards runs', props.isDim && 'dimmed')}
        role="grid"
        aria-label="Workflows"
        aria-rowcount={1 + (props.total ?? rows.length)}
        aria-colcount={columns.length + 1}
        aria-busy={props.isPending}
        aria-multiselectable="true"
        style={isCards ? undefined : { minWidth: least, '--cols': `${BOX_PX}px ${tracks.join(' ')}` }}
      >
        <TableHead {...props} columns={columns} widthOf={widthOf} onWidth={setWidth} />
        <tbody role="rowgroup">
          {props.isPending ? <SkeletonRows columns={columns.length + 1} /> : null}
          {before > 0 ? <tr aria-hidden="true" className="gapr" style={{ height: before }} /> : null}
          {items.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <ListRow
                key={item.key}
                namespace={namespace}
                columns={ids}
                row={row}
                zone={zone}
                minute={minute}
                waiting={waiting.of(row.runId)}
                values={valuesOf(row)}
                index={item.index}
                isHere={item.index === here}
                isTaken={isChosen(selection, row.runId)}
                deeds={deeds}
              />
            );
          })}
          {after > 0 ? <tr aria-hidden="true" className="gapr" style={{ height: after }} /> : null}
        </tbody>
      </table>
      {isCards ? null : <CellFilter scroller={scroller} rows={rows} ids={ids} here={here} />}
      {props.foot}
      <p className="sr" role="status">
        {props.news > 0 ? `${formatCount(props.news)} new` : ''}
      </p>
      <RowMenuPlace {...props} scroller={scroller} open={open} peek={peek} />
      {peeked === undefined ? null : (
        <Suspense>
          <RunPeek namespace={namespace} row={peeked} without={offered.filter((id) => !ids.includes(id))} onClose={closePeek} />
        </Suspense>
      )}
    </div>
  );
}

function NewsPill({ news, onNews }: Pick<ExecutionTableProps, 'news' | 'onNews'>) {
  return news === 0 ? null : (
    <div className="newbar">
      <button className="newpill" type="button" onClick={onNews}>
        <Icon name="up" small />
        {formatCount(news)} new
      </button>
    </div>
  );
}

interface TableHeadProps extends Pick<ExecutionTableProps, 'rows' | 'selection' | 'onSelect' | 'sort' | 'onSort'> {
  readonly columns: readonly ListColumn[];
  readonly widthOf: (column: ListColumn) => number;
  readonly onWidth: (id: ColumnId, width: number | undefined) => void;
}

function TableHead({ rows, selection, onSelect, sort, onSort, columns, widthOf, onWidth }: TableHeadProps) {
  return (
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
            onWidth={(width) => onWidth(column.id, width)}
            sort={sort}
            onSort={onSort}
          />
        ))}
      </tr>
    </thead>
  );
}

/** The rows to hold: those in sight, whole chunks of them, and one more on either side. */
function chunksOf({ startIndex, endIndex, count }: Range): number[] {
  const first = Math.max(0, (Math.floor(startIndex / CHUNK_ROWS) - 1) * CHUNK_ROWS);
  const end = Math.min(count, (Math.floor(endIndex / CHUNK_ROWS) + 2) * CHUNK_ROWS);
  return Array.from({ length: end - first }, (_, index) => first + index);
}
