'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useQueryStates } from 'nuqs';
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isAway } from '../../data/api-client.ts';
import { useBodyFind } from '../../data/body-find.ts';
import { historyParsers } from '../../data/run-tab-state.ts';
import { useRunParams } from '../../data/run-params.ts';
import { useRunView } from '../../data/run-view.ts';
import type { HistoryRow } from '../../domain/history-rows.ts';
import { historyRows } from '../../domain/history-rows.ts';
import { formatCount } from '../../lib/number.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useNow } from '../../ui/use-now.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { FindNote } from './find-note.tsx';
import { HistoryJson } from './history-json.tsx';
import { HEAD_PX, HistoryTable } from './history-table.tsx';
import { HistoryTools } from './history-tools.tsx';
import { matcher } from './match.ts';
import { useHeldPlace } from './use-held-place.ts';
import { useHistoryKeys } from './use-history-keys.ts';
import './event-history.css';

const ROW_PX = 32;
/** Of rows that are stacked. */
const CARD_PX = 57;
const DETAIL_PX = 220;
/** After a letter, before bodies are looked into for it. */
const SETTLE_MS = 300;
const NONE: ReadonlySet<number> = new Set();

const rowId = (row: HistoryRow): number => (row.kind === 'event' ? row.event.id : row.kind === 'task' ? row.last.id : row.group.id);
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
  const { as, e, find, bodies, oldest } = state;
  const clock = useNow(view.description?.closedAt === null && view.stoppedAt === undefined);
  const now = view.stoppedAt ?? clock;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const sought = useSettled(bodies ? find : '', SETTLE_MS);
  const bodyFind = useBodyFind(view, sought);
  const found = sought === find ? bodyFind.found : NONE;
  const rows = useMemo(
    () => (as === 'json' ? [] : historyRows(view.events, view.groups, { mode: as, newestFirst: !oldest, accepts: matcher(find, found) })),
    [view.events, view.groups, as, oldest, find, found],
  );
  const isShown = (row: HistoryRow) => row.kind !== 'pending' && (opened.has(row.key) || covers(row, e));
  const scroller = useRef<HTMLDivElement>(null);
  const isCards = useNarrow();
  const aboveCards = useAbove(scroller, isCards);
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    // On a narrow page there is one scroll for all of it.
    getScrollElement: () => (isCards ? (scroller.current?.closest<HTMLDivElement>('.main') ?? null) : scroller.current),
    estimateSize: (index) => (isCards ? CARD_PX : ROW_PX) + (rows[index] && isShown(rows[index]) ? DETAIL_PX : 0),
    overscan: 12,
    getItemKey: (index) => rows[index]?.key ?? index,
    scrollMargin: isCards ? aboveCards : HEAD_PX,
  });
  const here = rows.findIndex((row) => row.kind !== 'pending' && covers(row, e));
  useHeldPlace({ virtual, rows, here, topPx: ROW_PX });
  const placed = useRef<boolean>(undefined);
  useEffect(() => {
    // An address that names an event opens at that event, once in either scroll.
    if (placed.current === isCards || here < 0) return;
    placed.current = isCards;
    virtual.scrollToIndex(here, { align: 'center' });
  }, [here, virtual, isCards]);
  // What is pending has the number of its first event, so the address alone does not say which of the two rows was gone to.
  const reached = useRef(-1);
  const go = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    reached.current = index;
    void setState({ e: rowId(row) });
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const jump = (test: (row: HistoryRow) => boolean, by: 1 | -1) => {
    const last = rows[reached.current];
    const from = last !== undefined && rowId(last) === e ? reached.current : here;
    for (let step = 1; step <= rows.length; step++) {
      const index = (from + by * step + rows.length * 2) % rows.length;
      const row = rows[index];
      if (row && test(row)) return go(index);
    }
  };
  const expandable = rows.filter((row) => row.kind !== 'pending');
  const isAllOpen = opened.size > 0 && opened.size >= Math.min(expandable.length, OPEN_MAX);
  const openAll = (opens: boolean) => setOpened(opens ? new Set(expandable.slice(0, OPEN_MAX).map((row) => row.key)) : new Set());
  useHistoryKeys({
    move: (by) => go(Math.min(Math.max(here + by, 0), rows.length - 1)),
    jump: (by) => jump(isBadRow, by),
    jumpPending: () => jump((row) => row.kind === 'pending', 1),
    openAll,
    clear: () => void setState({ e: null }),
    mode: (next) => void setState({ as: next }),
    bodies: () => void setState((old) => ({ bodies: old.bodies ? null : true })),
  });
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
        onToggleAll={() => openAll(!isAllOpen)}
        isAllOpen={isAllOpen}
        view={view}
      />
      {as === 'json' ? (
        <HistoryJson view={view} />
      ) : (
        <div className="scroll" ref={scroller}>
          <HistoryTable
            label={`History of ${run.workflowId}, ${oldest ? 'oldest' : 'newest'} first`}
            view={view}
            rows={rows}
            virtual={virtual}
            here={here}
            now={now}
            selectedGroup={view.groups.byEvent.get(e ?? 0)?.id}
            isShown={isShown}
            onToggle={toggle}
          />
          {!view.isLoading && rows.length === 0 ? (
            isAway(view.error) ? (
              <NotHereYet what="The history is" />
            ) : (
              <Hollow
                title={find ? <Missing find={find} isLooking={bodyFind.isReading || sought !== (bodies ? find : '')} /> : 'No events yet.'}
              />
            )
          ) : null}
        </div>
      )}
      <FindNote find={bodyFind} total={view.total} />
      {view.isLoading && view.events.length > 0 ? (
        <div className="bar dim small late" role="status">
          {formatCount(view.events.length)} of {formatCount(view.total)} events are here; the rest is being read.
        </div>
      ) : null}
    </div>
  );
}

const Missing = ({ find, isLooking }: { find: string; isLooking: boolean }) => (
  <>
    No event of this run holds “{find}”{isLooking ? ' so far' : ''}.
  </>
);

/** What stands above the table in the page that scrolls it, in pixels; it changes as the head of the run comes and wraps. */
function useAbove(table: RefObject<HTMLElement | null>, isAsked: boolean): number {
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    const element = table.current;
    const page = element?.closest('.main');
    if (!isAsked || !element || !page) return;
    const look = () => setAbove(Math.round(element.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop));
    const sizes = new ResizeObserver(look);
    const watch = () => {
      for (const child of page.children) sizes.observe(child);
    };
    const parts = new MutationObserver(watch);
    parts.observe(page, { childList: true });
    watch();
    look();
    return () => {
      sizes.disconnect();
      parts.disconnect();
    };
  }, [table, isAsked]);
  return above;
}

/** Opening more bodies than this at once would load and draw megabytes. */
const OPEN_MAX = 100;

const covers = (row: HistoryRow, id: number | null): boolean =>
  id !== null && (row.kind === 'event' ? row.event.id === id : row.kind === 'task' && row.task.eventIds.includes(id));
