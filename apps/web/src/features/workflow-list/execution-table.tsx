'use client';
import type { ExecutionRow } from '../../data/queries.ts';
import type { ReactNode, UIEvent } from 'react';
import { memo, Suspense, useEffect, useMemo, useRef, useState } from 'react';
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
import { late } from '../../ui/late.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { SHEET_PX, useNarrow } from '../../ui/use-narrow.ts';
import { useLasting } from '../../ui/use-lasting.ts';
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
import { useRowWindow } from './use-row-window.ts';
import { useValues } from './use-values.ts';
import { useWaiting } from './use-waiting.ts';

export interface ExecutionTableProps {
  readonly namespace: string;
  readonly chosen: readonly ColumnId[];
  /** Pixels of those that were dragged. */
  readonly widths: Readonly<Record<string, number>>;
  readonly onWidth: (id: ColumnId, width: number | undefined) => void;
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

const RunPeek = late('The inspector', () => import('./run-peek.tsx').then((module) => module.RunPeek));

/** As the style sheets have them. */
const ROW_PX: Readonly<Record<Density, number>> = { compact: 28, default: 32, comfortable: 40 };
const CARD_PX = 61;
const BOX_PX = 40;
/** For `aria-rowcount`. */
const UNKNOWN = -1;
/** An answer that comes within it replaces the rows without dimming them first. */
const DIM_MS = 150;

export function ExecutionTable(props: ExecutionTableProps) {
  const { namespace, chosen, widths, rows, hasMore, isLoadingMore, onMore, selection, onSelect, sort } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isCards = useNarrow();
  const density = usePreference('density');
  const zone = usePreference('zone');
  const minute = useMinute();
  const isDimmed = useLasting(props.isDim, DIM_MS);
  const rowPx = isCards ? CARD_PX : ROW_PX[density];
  const { first, end, seenFirst, seenEnd, isScrolling, scrollTo } = useRowWindow(scroller, {
    count: rows.length,
    rowPx,
    from: useKeptScroll(),
  });
  const { follow, open } = useOpenRow(namespace, rows);
  const { here, setHere, isPeeking, closePeek, peek } = useRowKeys({ ...props, open, scrollTo });
  useReadAhead({ namespace, rows, here, scroller });
  const choose = (row: ExecutionRow, isRange: boolean) => onSelect((isRange ? chooseRange : toggleRun)(selection, rows, row));
  const deeds = useRowDeeds({ go: follow, choose, stand: setHere });
  const shown = rows.slice(seenFirst, seenEnd);
  const waiting = useWaiting({ namespace, shown, isAsked: chosen.includes('waiting') && !isScrolling });
  const { of: valuesOf } = useValues({ namespace, shown, columns: chosen, isAsked: !isScrolling && !props.isDim });
  const isBeside = !useNarrow(SHEET_PX) && isPeeking;
  // Beside the inspector no column is cut through: the last ones make room for what it says of the row.
  const room = useWidth(scroller, isBeside);
  const offered = useMemo(() => (waiting.isOffered ? chosen : chosen.filter((id) => id !== 'waiting')), [chosen, waiting.isOffered]);
  const ids = useMemo(() => {
    return room === undefined ? offered : columnsWithin(offered, (id) => widths[id] ?? columnOf(id).width, room - BOX_PX);
  }, [offered, widths, room]);
  const columns = useMemo(() => ids.map(columnOf), [ids]);
  useEffect(() => {
    if (hasMore && !isLoadingMore && rows.length > 0 && end > rows.length - 20 && sort === undefined) onMore();
  }, [hasMore, isLoadingMore, end, rows.length, onMore, sort]);
  const [isAtTop, setAtTop] = useState(true);
  const onScroll = ({ currentTarget: { scrollTop } }: UIEvent<HTMLElement>) => {
    keepScroll(scrollTop);
    setAtTop(scrollTop < rowPx);
  };
  const { onReading } = props;
  useEffect(() => onReading(isPeeking || !isAtTop), [onReading, isPeeking, isAtTop]);
  const peeked = isPeeking ? rows[here] : undefined;
  const before = first * rowPx;
  const after = (rows.length - end) * rowPx;
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
        className={cx('grid cards runs', isDimmed && 'dimmed', Object.keys(widths).length > 0 && 'dragged')}
        role="grid"
        aria-label="Workflows"
        aria-rowcount={props.total === undefined && (hasMore || props.isPending) ? UNKNOWN : 1 + (props.total ?? rows.length)}
        aria-colcount={columns.length + 1}
        aria-busy={props.isPending}
        aria-multiselectable="true"
        style={isCards ? undefined : layoutOf(columns, widths)}
      >
        <TableHead
          rows={rows}
          selection={selection}
          onSelect={onSelect}
          sort={sort}
          onSort={props.onSort}
          columns={columns}
          widths={widths}
          onWidth={props.onWidth}
        />
        <tbody role="rowgroup">
          {props.isPending ? <SkeletonRows columns={columns.length + 1} /> : null}
          {before > 0 ? <tr aria-hidden="true" className="gapr" style={{ height: before }} /> : null}
          {rows.slice(first, end).map((row, place) => (
            <ListRow
              key={row.runId}
              namespace={namespace}
              columns={ids}
              row={row}
              zone={zone}
              minute={minute}
              waiting={waiting.of(row.runId)}
              values={valuesOf(row)}
              index={first + place}
              isHere={first + place === here}
              isTaken={isChosen(selection, row.runId)}
              deeds={deeds}
            />
          ))}
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

interface TableHeadProps extends Pick<ExecutionTableProps, 'rows' | 'selection' | 'onSelect' | 'sort' | 'onSort' | 'widths' | 'onWidth'> {
  readonly columns: readonly ListColumn[];
}

/** Stays as it is while rows come and go under it. */
const TableHead = memo(function TableHead({ rows, selection, onSelect, sort, onSort, columns, widths, onWidth }: TableHeadProps) {
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
            width={widths[column.id] ?? column.width}
            onWidth={(width) => onWidth(column.id, width)}
            sort={sort}
            onSort={onSort}
          />
        ))}
      </tr>
    </thead>
  );
});

/** How wide the table is at least, and its columns are. */
function layoutOf(columns: readonly ListColumn[], widths: ExecutionTableProps['widths']) {
  const widthOf = ({ id, width }: ListColumn) => widths[id] ?? width;
  // What is left over goes to the id, or to the last column once somebody gave the id a width.
  const wide = columns.find(({ id }) => id === 'id' && widths[id] === undefined) ?? columns.at(-1);
  const tracks = columns.map((column) => (column === wide ? `minmax(${widthOf(column)}px, 1fr)` : `${widthOf(column)}px`));
  return {
    minWidth: columns.reduce((sum, column) => sum + widthOf(column), BOX_PX),
    '--cols': `${BOX_PX}px ${tracks.join(' ')}`,
  };
}
