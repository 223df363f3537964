'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { historyParsers } from '../../data/run-tab-state.ts';
import { useRunParams } from '../../data/run-params.ts';
import { useRunView } from '../../data/run-view.ts';
import type { HistoryRow } from '../../domain/history-rows.ts';
import { historyRows } from '../../domain/history-rows.ts';
import { useNow } from '../../ui/use-now.ts';
import { Hollow } from '../../ui/hollow.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { EventDetail } from './event-detail.tsx';
import { HistoryJson } from './history-json.tsx';
import { Row } from './history-row.tsx';
import { HistoryTools } from './history-tools.tsx';
import { matcher } from './match.ts';
import './event-history.css';

const ROW_PX = 32;
const DETAIL_PX = 220;

export const rowId = (row: HistoryRow): number => (row.kind === 'event' ? row.event.id : row.kind === 'task' ? row.last.id : row.group.id);
const isBadRow = (row: HistoryRow): boolean =>
  row.kind === 'event'
    ? /(Failed|TimedOut)$/.test(row.event.type)
    : row.kind === 'task'
      ? row.task.status === 'failed' || row.task.status === 'timedout'
      : row.group.status === 'retrying';

export function EventHistory() {
  const run = useRunParams();
  const view = useRunView(run);
  const [state, setState] = useQueryStates(historyParsers, { history: 'replace', scroll: false });
  const { as, e, find, oldest } = state;
  const now = useNow(view.description?.closedAt === null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(
    () => (as === 'json' ? [] : historyRows(view.events, view.groups, { mode: as, newestFirst: !oldest, accepts: matcher(find) })),
    [view.events, view.groups, as, oldest, find],
  );
  const isShown = (row: HistoryRow) => row.kind !== 'pending' && (opened.has(row.key) || covers(row, e));
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_PX + (rows[index] && isShown(rows[index]) ? DETAIL_PX : 0),
    overscan: 12,
    getItemKey: (index) => rows[index]?.key ?? index,
    scrollMargin: 28,
  });
  const here = rows.findIndex((row) => row.kind !== 'pending' && covers(row, e));
  const isPlaced = useRef(false);
  useEffect(() => {
    // An address that names an event opens at that event, once.
    if (isPlaced.current || here < 0) return;
    isPlaced.current = true;
    virtual.scrollToIndex(here, { align: 'center' });
  }, [here, virtual]);
  const go = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    void setState({ e: rowId(row) });
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const jump = (test: (row: HistoryRow) => boolean, by: 1 | -1) => {
    for (let step = 1; step <= rows.length; step++) {
      const index = (here + by * step + rows.length * 2) % rows.length;
      const row = rows[index];
      if (row && test(row)) return go(index);
    }
  };
  const expandable = rows.filter((row) => row.kind !== 'pending');
  const isAllOpen = opened.size > 0 && opened.size >= Math.min(expandable.length, OPEN_MAX);
  const toggleAll = () => setOpened(isAllOpen ? new Set() : new Set(expandable.slice(0, OPEN_MAX).map((row) => row.key)));
  useHistoryKeys({
    move: (by) => go(Math.min(Math.max(here + by, 0), rows.length - 1)),
    jump: (by) => jump(isBadRow, by),
    toggleAll,
    clear: () => void setState({ e: null }),
    mode: (next) => void setState({ as: next }),
  });
  const items = virtual.getVirtualItems();
  const before = (items[0]?.start ?? 28) - 28;
  const after = Math.max(0, virtual.getTotalSize() - ((items.at(-1)?.end ?? 28) - 28));
  const toggle = (row: HistoryRow) => {
    if (covers(row, e)) void setState({ e: null });
    else void setState({ e: rowId(row) });
    setOpened((old) => new Set([...old].filter((key) => key !== row.key)));
  };
  return (
    <div className="pg-history">
      <HistoryTools
        state={state}
        onChange={(change) => void setState(change)}
        failed={rows.filter(isBadRow).length}
        pending={rows.filter((row) => row.kind === 'pending').length}
        onJump={(kind, by) => jump(kind === 'failed' ? isBadRow : (row) => row.kind === 'pending', by)}
        onToggleAll={toggleAll}
        isAllOpen={isAllOpen}
        view={view}
      />
      {as === 'json' ? (
        <HistoryJson view={view} />
      ) : (
        <div className="scroll" ref={scroller}>
          <table
            className="grid hist cards"
            role="treegrid"
            aria-label={`History of ${run.workflowId}, ${oldest ? 'oldest' : 'newest'} first`}
            aria-rowcount={rows.length + 1}
          >
            <colgroup>
              <col style={{ width: 112 }} />
              <col style={{ width: 88 }} />
              <col style={{ width: 112 }} />
              <col style={{ width: 84 }} />
              <col style={{ width: '28%' }} />
              <col />
              <col style={{ width: 80 }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr">Group</span>
                </th>
                <th scope="col">Event</th>
                <th scope="col">Time</th>
                <th scope="col" className="num">
                  Δ previous
                </th>
                <th scope="col">What happened</th>
                <th scope="col">Summary</th>
                <th scope="col" className="num">
                  Size
                </th>
              </tr>
            </thead>
            {view.isLoading ? (
              <tbody>
                <SkeletonRows columns={7} />
              </tbody>
            ) : null}
            {before > 0 ? <Spacer height={before} /> : null}
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const isOpen = isShown(row);
              return (
                <tbody key={item.key} data-index={item.index} ref={virtual.measureElement}>
                  <Row
                    row={row}
                    now={now}
                    index={item.index}
                    isHere={item.index === here}
                    isFirst={item.index === 0 && here < 0}
                    isOpen={isOpen}
                    onToggle={() => toggle(row)}
                    selectedGroup={view.groups.byEvent.get(e ?? 0)?.id}
                  />
                  {isOpen && row.kind !== 'pending' ? <EventDetail view={view} row={row} /> : null}
                </tbody>
              );
            })}
            {after > 0 ? <Spacer height={after} /> : null}
          </table>
          {!view.isLoading && rows.length === 0 ? (
            <Hollow title={find ? <>No event of this run holds “{find}”.</> : 'No events yet.'} />
          ) : null}
        </div>
      )}
    </div>
  );
}

/** Opening more bodies than this at once would load and draw megabytes. */
const OPEN_MAX = 100;

const covers = (row: HistoryRow, id: number | null): boolean =>
  id !== null && (row.kind === 'event' ? row.event.id === id : row.kind === 'task' && row.task.eventIds.includes(id));

function Spacer({ height }: { height: number }) {
  return (
    <tbody aria-hidden="true">
      <tr style={{ height }} />
    </tbody>
  );
}

interface HistoryKeys {
  readonly move: (by: number) => void;
  readonly jump: (by: 1 | -1) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
  readonly mode: (mode: 'groups' | 'events' | 'json') => void;
}

function useHistoryKeys(keys: HistoryKeys): void {
  const key = ([bound, shown]: readonly [string, string], label: string, run: () => void): Shortcut => ({
    keys: bound,
    shown,
    label,
    scope: 'History',
    run,
  });
  useShortcuts([
    key(['j', 'j'], 'Next event', () => keys.move(1)),
    key(['k', 'k'], 'Previous event', () => keys.move(-1)),
    key(['ArrowDown', '↓'], 'Next event', () => keys.move(1)),
    key(['ArrowUp', '↑'], 'Previous event', () => keys.move(-1)),
    key(['e', 'e'], 'Next failure', () => keys.jump(1)),
    key(['Shift+E', '⇧ E'], 'Previous failure', () => keys.jump(-1)),
    key(['Alt+ArrowRight', '⌥ →'], 'Open or close all', () => keys.toggleAll()),
    key(['v g', 'v g'], 'As groups', () => keys.mode('groups')),
    key(['v e', 'v e'], 'As events', () => keys.mode('events')),
    key(['v j', 'v j'], 'As JSON', () => keys.mode('json')),
    key(['/', '/'], 'Find in the history', () => document.querySelector<HTMLInputElement>('#find-in-history')?.focus()),
    key(['Escape', 'Esc'], 'Close the event', () => keys.clear()),
  ]);
}
