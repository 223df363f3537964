'use client';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { memo, Suspense, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isAway, toProblem } from '../../data/api-client.ts';
import { useListColumns, useListFilter, useListSort } from '../../data/list-filter.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import type { ListQuestion } from '../../data/queries.ts';
import { executionCounts, executions, LIST_PAGES_LIVE, LIST_PAGES_MAX, newest } from '../../data/queries.ts';
import { withTop } from '../../domain/held-rows.ts';
import { isField } from '../../domain/list-columns.ts';

import type { RunSelection } from '../../domain/run-selection.ts';
import { isNothing, noSelection } from '../../domain/run-selection.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { useAnnounced } from '../../ui/announcer.tsx';
import { Age } from '../../ui/age.tsx';
import { ActLink } from '../../ui/act-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { InspectorSlot } from '../../ui/inspector.tsx';
import { late } from '../../ui/late.tsx';
import { Living } from '../../ui/living.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { PaneBoundary } from '../../ui/pane-boundary.tsx';
import { useMinute } from '../../ui/use-now.ts';
import type { StartedBulk } from './bulk-dialog.tsx';
import type { Bulk } from './bulk-parts.tsx';
import { BulkParts } from './bulk-parts.tsx';
import { ExecutionTable } from './execution-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ListFoot, SortNote } from './list-foot.tsx';
import { StatusFacets } from './status-facets.tsx';
import { useEnter } from './use-enter.ts';
import { useHeldRows } from './use-held-rows.ts';
import { useSortedRows } from './use-sorted-rows.ts';
import { ViewTabs } from './view-tabs.tsx';
import './workflow-list.css';

// What a first look at the list does without.
const ActivityStrip = late('The picture of starts', () => import('./activity-strip.tsx').then((module) => module.ActivityStrip));
const BulkStrip = late('How the batch goes', () => import('./bulk-strip.tsx').then((module) => module.BulkStrip));
const ListTrouble = late('Why the list is empty', () => import('./list-trouble.tsx').then((module) => module.ListTrouble));

export function WorkflowList({ namespace }: { namespace: string }) {
  const isLive = usePreference('isLive');
  const { state, filter, isEmpty } = useListFilter();
  const { columns, widths, setWidth } = useListColumns();
  const minute = useMinute();
  const [selection, setSelection] = useUnder<RunSelection>(state, noSelection);
  const [after, setAfter] = useUnder<string | null>(state, null);
  const { sort, setSort } = useListSort(columns);
  const { list, pages, fresh, isAnswered } = useRuns({ namespace, filter, fields: columns.filter(isField).toSorted(), after }, isLive);
  const counts = useQuery({ ...executionCounts(namespace, filter, isLive), enabled: isAnswered });
  const [isReading, setReading] = useState(false);
  const sorted = useSortedRows(namespace, fresh, { sort, pages: pages.length, at: list.dataUpdatedAt });
  const under = JSON.stringify([state, after, list.isPending, list.isPlaceholderData, sorted.question]);
  const { rows, waiting, release } = useHeldRows(under, sorted.rows, isReading || sort !== undefined || !isNothing(selection));
  const onEnter = useEnter({ namespace, rows, id: filter.id, list });
  const [bulk, setBulk] = useState<Bulk>();
  const [started, setStarted] = useState<StartedBulk>();
  // What the middle of an id was found in is counted nowhere.
  const isNamed = (list.data?.pages[0]?.beyondQuery ?? 0) === 0;
  const counted = isNamed ? counts.data : undefined;
  const total = counted?.total;
  const isRefused = list.error !== null && !isAway(list.error);
  const further = pages.at(-1)?.cursor ?? null;
  const ofStatus = (status: string) => counted?.byStatus[status] ?? 0;
  const isOfAll = counted === undefined || filter.status.length === 0;
  const matching = isOfAll ? total : filter.status.reduce((sum, status) => sum + ofStatus(status), 0);
  useFoundAnnounced(state, { isAnswered, isCounted: !counts.isPlaceholderData, isNamed, matching, loaded: rows.length });
  const whyNotAll = whyNotAllOf(isEmpty, !isNamed);
  return (
    <div className="page pg-list">
      <main className="main" id="main">
        <ListHead namespace={namespace} total={matching} isEmpty={isEmpty} counted={counted && counts.dataUpdatedAt} error={list.error} />
        <Suspense>
          {started === undefined ? null : <BulkStrip namespace={namespace} started={started} onClose={() => setStarted(undefined)} />}
        </Suspense>
        <ViewTabs namespace={namespace} />
        <FilterBar
          namespace={namespace}
          rows={rows}
          now={minute}
          question={list.data?.pages[0]?.query}
          refusal={refusalOf(list.error)}
          onEnter={onEnter}
        />
        <StatusFacets counts={counted} />
        {rows.length > 0 || list.isPending ? (
          <PictureRoom isDrawn={!list.isPending && isNamed}>
            <ActivityStrip namespace={namespace} now={minute} isAsked={isAnswered} />
          </PictureRoom>
        ) : null}
        {isAway(list.error) && rows.length === 0 ? <NotHereYet what="The list is" /> : null}
        <Suspense>
          {isRefused || (list.isSuccess && rows.length === 0) ? (
            <ListTrouble namespace={namespace} error={isRefused ? list.error : null} isUnfiltered={isEmpty} />
          ) : null}
        </Suspense>
        {sort === undefined || rows.length === 0 ? null : (
          <SortNote
            sort={sort}
            known={sorted.known}
            loaded={rows.length}
            hasMore={list.hasNextPage}
            isLoadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
            onSort={setSort}
          />
        )}
        {rows.length > 0 || list.isPending ? (
          <PaneBoundary pane="table">
            <ExecutionTable
              namespace={namespace}
              chosen={columns}
              widths={widths}
              onWidth={setWidth}
              rows={rows}
              isPending={list.isPending}
              isDim={list.isPlaceholderData}
              total={total}
              hasMore={list.hasNextPage}
              isLoadingMore={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
              selection={selection}
              canTakeAll={whyNotAll === undefined}
              onSelect={setSelection}
              onAct={setBulk}
              sort={sort}
              onSort={setSort}
              news={waiting}
              onNews={release}
              onReading={setReading}
              foot={
                <ListFoot
                  loaded={rows.length}
                  scanned={list.data?.pages[0]?.scanned ?? null}
                  hasMore={list.hasNextPage}
                  isLoadingMore={list.isFetchingNextPage}
                  isPending={list.isPending}
                  isFull={pages.length >= LIST_PAGES_MAX && further !== null}
                  isFurther={after !== null}
                  onFurther={() => setAfter(further)}
                  onNewest={() => setAfter(null)}
                />
              }
            />
          </PaneBoundary>
        ) : null}
        <BulkParts
          target={{ namespace, filter, selection }}
          matching={matching}
          whyNotAll={whyNotAll}
          onSelect={setSelection}
          bulk={bulk}
          onBulk={setBulk}
          onStarted={setStarted}
        />
      </main>
      <InspectorSlot />
    </div>
  );
}

/** Why what matches cannot be chosen as a whole; undefined when it can. */
function whyNotAllOf(isEmpty: boolean, isBeyondQuery: boolean): string | undefined {
  if (isEmpty) return 'Filter the list first: every run of a namespace is too many.';
  return isBeyondQuery ? 'Matches in the middle of an id cannot be named by a query.' : undefined;
}

interface Found {
  readonly isAnswered: boolean;
  /** The count is of the filters that are set. */
  readonly isCounted: boolean;
  /** A query says what matches, and the server counts it; else there is what is loaded. */
  readonly isNamed: boolean;
  readonly matching: number | undefined;
  readonly loaded: number;
}

/** Once for each change of the filters. */
function useFoundAnnounced(filters: object, { isAnswered, isCounted, isNamed, matching, loaded }: Found): void {
  const found = isNamed ? (isCounted ? matching : undefined) : loaded;
  useAnnounced(isAnswered && found !== undefined ? JSON.stringify(filters) : undefined, `${plural(found ?? 0, 'run')} found`);
}

/** As high as the picture, whether it is there yet or not. */
const PictureRoom = ({ isDrawn, children }: { readonly isDrawn: boolean; readonly children: ReactNode }) => (
  <Suspense fallback={stripRoom}>{isDrawn ? <Living fallback={stripRoom}>{children}</Living> : stripRoom}</Suspense>
);

interface ListHeadProps {
  readonly namespace: string;
  readonly total: number | undefined;
  readonly isEmpty: boolean;
  /** Milliseconds since the epoch; nothing for not yet. */
  readonly counted: number | undefined;
  /** What was answered instead of the list. */
  readonly error: unknown;
}

const ListHead = memo(function ListHead({ namespace, total, isEmpty, counted, error }: ListHeadProps) {
  return (
    <div className="bar head">
      <h1>Workflows</h1>
      <span className="mid">
        {total === undefined ? null : (
          <>
            {formatCount(total)} <span className="dim">{isEmpty ? (total === 1 ? 'run' : 'runs') : 'match'}</span>
          </>
        )}
      </span>
      <span className="grow" />
      {counted === undefined ? null : (
        <span className="axis wide">
          counted <Age at={counted} />
        </span>
      )}
      {/* In a namespace that is not there nothing can be started. */}
      {toProblem(error).code === 'NOT_FOUND' ? null : (
        <ActLink className="btn primary" href={paths.start(namespace)}>
          <Icon name="plus" small />
          Start workflow
        </ActLink>
      )}
    </div>
  );
});

/** All that is loaded, with the first page as it is now. */
function useRuns(question: ListQuestion, isLive: boolean) {
  useAskedEarly(question, isLive);
  const list = useInfiniteQuery(executions(question, isLive));
  const pages = list.data?.pages ?? none;
  const isDeep = pages.length > LIST_PAGES_LIVE && question.after === null && !list.isPlaceholderData;
  const top = useQuery(newest(question, isLive && isDeep)).data?.rows;
  const fresh = useMemo(() => {
    const rows = pages.flatMap((page) => page.rows);
    return isDeep && top !== undefined ? withTop(rows, top) : rows;
  }, [pages, top, isDeep]);
  // Whatever else is asked takes the store's time from the rows, and comes after them.
  return { list, pages, fresh, isAnswered: !list.isPending && !list.isPlaceholderData };
}

/** Before the page is painted with another question, and not after it: the answer is on its way meanwhile. */
function useAskedEarly(question: ListQuestion, isLive: boolean): void {
  const client = useQueryClient();
  const latest = useRef(executions(question, isLive));
  useLayoutEffect(() => {
    latest.current = executions(question, isLive);
  });
  const asked = JSON.stringify(question);
  const known = useRef(asked);
  useLayoutEffect(() => {
    // The first is asked as any query is: the page comes to life first.
    if (known.current === asked) return;
    known.current = asked;
    void client.prefetchInfiniteQuery(latest.current);
  }, [client, asked]);
}

const none: readonly never[] = [];
/** What comes later pushes nothing down. */
const stripRoom = <div className="hist bare" aria-hidden="true" />;

/** A question that the server did not take, as against one it did not get. */
function refusalOf(error: unknown): string | undefined {
  const problem = error === null ? undefined : toProblem(error);
  return problem?.code === 'INVALID_ARGUMENT' ? problem.message : undefined;
}

/**
 * What was chosen under other filters is not chosen under these: nothing is acted on that cannot be seen.
 * The filters as the address has them: the moment that `last hour` stands for moves on, and the choice stays.
 */
function useUnder<Value>(filters: object, empty: Value) {
  const under = JSON.stringify(filters);
  const [kept, setKept] = useState<{ readonly under: string; readonly value: Value }>({ under, value: empty });
  return [kept.under === under ? kept.value : empty, (value: Value) => setKept({ under, value })] as const;
}
