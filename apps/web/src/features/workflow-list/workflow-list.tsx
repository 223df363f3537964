'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useListColumns, useListFilter } from '../../data/list-filter.ts';
import { paths } from '../../data/paths.ts';
import { usePreferences } from '../../data/preferences.ts';
import { executionCounts, executions } from '../../data/queries.ts';
import { isField } from '../../domain/list-columns.ts';
import type { RunSelection } from '../../domain/run-selection.ts';
import { isNothing, noSelection } from '../../domain/run-selection.ts';
import { formatAge } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { ActLink } from '../../ui/act-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ActivityHistogram } from './activity-histogram.tsx';
import type { StartedBulk } from './bulk-dialog.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { BulkStrip } from './bulk-strip.tsx';
import type { BulkKind } from './bulk-words.ts';
import { ExecutionTable } from './execution-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ListTrouble } from './list-trouble.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { StatusFacets } from './status-facets.tsx';
import { ViewTabs } from './view-tabs.tsx';
import './workflow-list.css';

export function WorkflowList({ namespace }: { namespace: string }) {
  const { isLive } = usePreferences();
  const { state, filter, isEmpty } = useListFilter();
  const { columns } = useListColumns();
  const counts = useQuery(executionCounts(namespace, filter, isLive));
  const list = useInfiniteQuery(executions({ namespace, filter, fields: columns.filter(isField).toSorted() }, isLive));
  const now = useNow();
  const [selection, setSelection] = useSelection(state);
  const [kind, setKind] = useState<BulkKind>();
  const [started, setStarted] = useState<StartedBulk>();
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = counts.data?.total;
  const scanned = list.data?.pages[0]?.scanned ?? null;
  const matching =
    filter.status.length === 0 ? total : filter.status.reduce((sum, status) => sum + (counts.data?.byStatus[status] ?? 0), 0);
  const whyNotAll = isEmpty
    ? 'Filter the list first: every run of a namespace is too many.'
    : scanned === null
      ? undefined
      : 'Matches in the middle of an id cannot be named by a query.';
  return (
    <div className="page pg-list">
      <main className="main" id="main">
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
          {counts.dataUpdatedAt > 0 ? <span className="axis wide">counted {formatAge(now - counts.dataUpdatedAt)}</span> : null}
          <ActLink className="btn primary" href={paths.start(namespace)}>
            <Icon name="plus" small />
            Start workflow
          </ActLink>
        </div>
        {started === undefined ? null : <BulkStrip namespace={namespace} started={started} onClose={() => setStarted(undefined)} />}
        <ViewTabs namespace={namespace} />
        <FilterBar namespace={namespace} rows={rows} now={now} question={list.data?.pages[0]?.query} />
        <StatusFacets counts={counts.data} />
        {rows.length > 0 ? <ActivityHistogram namespace={namespace} now={now} /> : null}
        <ListTrouble
          hasRows={rows.length > 0}
          namespace={namespace}
          error={list.error}
          isEmpty={list.isSuccess && rows.length === 0}
          isUnfiltered={isEmpty}
        />
        {rows.length > 0 || list.isPending ? (
          <ExecutionTable
            namespace={namespace}
            rows={rows}
            now={now}
            isPending={list.isPending}
            isDim={list.isPlaceholderData}
            total={total}
            scanned={scanned}
            hasMore={list.hasNextPage}
            isLoadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
            selection={selection}
            canTakeAll={whyNotAll === undefined}
            onSelect={setSelection}
          />
        ) : null}
        {isNothing(selection) ? null : (
          <SelectionBar selection={selection} matching={matching} whyNotAll={whyNotAll} onSelect={setSelection} onAct={setKind} />
        )}
        {kind === undefined ? null : (
          <BulkDialog
            target={{ namespace, filter, selection }}
            kind={kind}
            onClose={() => setKind(undefined)}
            onStarted={(one) => {
              setKind(undefined);
              setSelection(noSelection);
              setStarted(one);
            }}
          />
        )}
      </main>
    </div>
  );
}

/**
 * What was chosen under other filters is not chosen under these: nothing is acted on that cannot be seen.
 * The filters as the address has them: the moment that `last hour` stands for moves on, and the choice stays.
 */
function useSelection(filters: object) {
  const under = JSON.stringify(filters);
  const [kept, setKept] = useState<{ readonly under: string; readonly selection: RunSelection }>({ under, selection: noSelection });
  const selection = kept.under === under ? kept.selection : noSelection;
  return [selection, (next: RunSelection) => setKept({ under, selection: next })] as const;
}
