'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { usePreferences } from '../../data/preferences.ts';
import { isOpen, runLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatBytes, formatCount } from '../../lib/number.ts';
import { cx, middleCut } from '../../lib/text.ts';
import { formatMoment } from '../../lib/time.ts';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { WaitingOn } from './use-waiting.ts';
import { useWaiting } from './use-waiting.ts';
import { WaitingCell } from './waiting-cell.tsx';

export type ExecutionRow = ApiOutput['workflow']['list']['rows'][number];

export interface ExecutionTableProps {
  readonly namespace: string;
  readonly rows: readonly ExecutionRow[];
  readonly now: number;
  readonly isPending: boolean;
  readonly isDim: boolean;
  readonly total: number | undefined;
  readonly scanned: number | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onMore: () => void;
}

const ROW_PX = 32;
const CARD_PX = 61;
const COLUMNS = ['Status', 'Workflow ID', 'Type', 'Started', 'Duration', 'Waiting on', 'Task queue', 'Events'] as const;
const WITHOUT_WAITING = COLUMNS.filter((name) => name !== 'Waiting on');

export function ExecutionTable(props: ExecutionTableProps) {
  const { namespace, rows, hasMore, isLoadingMore, onMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isCards = useNarrow();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isCards ? CARD_PX : ROW_PX),
    overscan: 16,
    getItemKey: (index) => rows[index]?.runId ?? index,
  });
  const { here, setHere } = useRowKeys({ namespace, rows, scrollTo: (index) => virtual.scrollToIndex(index) });
  const items = virtual.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  const waiting = useWaiting({ namespace, shown: rows.slice(startIndex, endIndex + 1), isStill: !virtual.isScrolling });
  const columns = waiting.isOffered ? COLUMNS : WITHOUT_WAITING;
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && rows.length > 0 && lastShown >= rows.length - 20) onMore();
  }, [hasMore, isLoadingMore, lastShown, rows.length, onMore]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="scroll tblwrap" ref={scroller}>
      <table
        className={cx('grid cards', props.isDim && 'dimmed')}
        role="grid"
        aria-label="Workflows"
        aria-rowcount={props.total ?? rows.length}
        aria-colcount={columns.length}
        aria-busy={props.isPending}
      >
        <colgroup>
          <col style={{ width: 136 }} />
          <col />
          <col style={{ width: '15%' }} />
          <col style={{ width: 124 }} />
          <col style={{ width: 84 }} />
          {waiting.isOffered ? <col style={{ width: '26%' }} /> : null}
          <col className="w13" style={{ width: '12%' }} />
          <col style={{ width: 84 }} />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((name) => (
              <th
                role="columnheader"
                key={name}
                scope="col"
                className={cx(['Started', 'Duration', 'Events'].includes(name) && 'num', name === 'Task queue' && 'w13')}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.isPending ? <SkeletonRows columns={columns.length} /> : null}
          {before > 0 ? <tr aria-hidden="true" className="gapr" style={{ height: before }} /> : null}
          {items.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <Row
                key={item.key}
                {...props}
                row={row}
                index={item.index}
                waiting={waiting}
                isHere={item.index === here}
                onHere={() => setHere(item.index)}
              />
            );
          })}
          {after > 0 ? <tr aria-hidden="true" className="gapr" style={{ height: after }} /> : null}
        </tbody>
      </table>
      <p className="tail axis">
        {props.scanned !== null
          ? `Prefix matches are complete; matches in the middle are from the newest ${formatCount(props.scanned)} runs. `
          : ''}
        {isLoadingMore
          ? 'Reading the next 100…'
          : !hasMore && rows.length > 0 && !props.isPending
            ? `${formatCount(rows.length)} shown, that is all.`
            : ''}
      </p>
    </div>
  );
}

interface RowProps extends ExecutionTableProps {
  readonly row: ExecutionRow;
  readonly index: number;
  readonly waiting: WaitingOn;
  readonly isHere: boolean;
  readonly onHere: () => void;
}

function Row({ namespace, row, now, index, waiting, isHere, onHere }: RowProps) {
  const { zone } = usePreferences();
  const element = useRef<HTMLTableRowElement>(null);
  const router = useRouter();
  useEffect(() => {
    if (isHere && document.activeElement?.closest('tr[data-row]') !== element.current) element.current?.focus({ preventScroll: true });
  }, [isHere]);
  const href = paths.run({ namespace, ...row });
  const isRunning = isOpen(row.status);
  return (
    <tr
      role="row"
      ref={element}
      data-row
      className={isHere ? 'here' : ''}
      tabIndex={isHere || (index === 0 && !isHere) ? 0 : -1}
      aria-rowindex={index + 2}
      onFocus={onHere}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('a') === null && window.getSelection()?.isCollapsed) router.push(href);
      }}
    >
      <td role="gridcell" className="c-st">
        <StatusMark look={runLook(row.status)} />
      </td>
      <td role="gridcell" className="c-id">
        <Link className="mono idl" href={href} title={row.workflowId} tabIndex={-1} prefetch={false}>
          {middleCut(row.workflowId, 48)}
        </Link>
      </td>
      <td role="gridcell" className="c-type mid">
        {row.type}
      </td>
      <td role="gridcell" className="c-t num mid" title={new Date(row.startedAt).toISOString()}>
        {formatMoment(row.startedAt, zone, now)}
      </td>
      <td role="gridcell" className="c-d num">
        {formatDuration((row.closedAt ?? now) - row.startedAt)}
      </td>
      {waiting.isOffered ? (
        <td role="gridcell" className="c-wait mid">
          {isRunning ? <WaitingCell found={waiting.of(row.runId)} now={now} /> : null}
        </td>
      ) : null}
      <td role="gridcell" className="c-now mid w13">
        <Link className="quietl" href={paths.queue(namespace, row.queue)} tabIndex={-1} prefetch={false}>
          {row.queue}
        </Link>
      </td>
      <td role="gridcell" className="c-ev num dim" title={isRunning ? undefined : formatBytes(row.bytes)}>
        {row.events > 0 ? formatCount(row.events) : ''}
      </td>
    </tr>
  );
}

function useRowKeys({
  namespace,
  rows,
  scrollTo,
}: {
  namespace: string;
  rows: readonly ExecutionRow[];
  scrollTo: (index: number) => void;
}) {
  const router = useRouter();
  const [hereId, setHereId] = useState<string>();
  const here = rows.findIndex((row) => row.runId === hereId);
  const move = (by: number) => {
    const next = Math.min(Math.max(here + by, 0), rows.length - 1);
    setHereId(rows[next]?.runId);
    if (next >= 0) scrollTo(next);
  };
  const open = () => {
    const row = rows[here];
    if (row) router.push(paths.run({ namespace, ...row }));
  };
  const key = ([keys, shown]: readonly [string, string], label: string, run: () => void): Shortcut => ({
    keys,
    shown,
    label,
    scope: 'List',
    run,
  });
  useShortcuts([
    key(['j', 'j'], 'Next row', () => move(1)),
    key(['k', 'k'], 'Previous row', () => move(-1)),
    key(['ArrowDown', '↓'], 'Next row', () => move(1)),
    key(['ArrowUp', '↑'], 'Previous row', () => move(-1)),
    key(['o', 'o'], 'Open the row', open),
    key(['Enter', 'Enter'], 'Open the row', () => {
      const focused = document.activeElement;
      if (focused instanceof HTMLElement && focused.matches('a, button')) focused.click();
      else open();
    }),
  ]);
  return { here, setHere: (index: number) => setHereId(rows[index]?.runId) };
}

function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useEffect(() => {
    const query = matchMedia('(max-width: 640px)');
    const look = () => setNarrow(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return isNarrow;
}
