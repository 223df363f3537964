'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useListFilter } from '../../data/list-filter.ts';
import { paths } from '../../data/paths.ts';
import { usePreferences } from '../../data/preferences.ts';
import { executionCounts, executions } from '../../data/queries.ts';
import { formatAge } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ExecutionTable } from './execution-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ListTrouble } from './list-trouble.tsx';
import { StatusFacets } from './status-facets.tsx';
import './workflow-list.css';

export function WorkflowList({ namespace }: { namespace: string }) {
  const { isLive } = usePreferences();
  const { filter, isEmpty } = useListFilter();
  const counts = useQuery(executionCounts(namespace, filter, isLive));
  const list = useInfiniteQuery(executions(namespace, filter, isLive));
  const now = useNow();
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = counts.data?.total;
  const scanned = list.data?.pages[0]?.scanned ?? null;
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
          <Link className="btn primary" href={paths.start(namespace)}>
            <Icon name="plus" small />
            Start workflow
          </Link>
        </div>
        <FilterBar rows={rows} />
        <StatusFacets counts={counts.data} />
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
          />
        ) : null}
      </main>
    </div>
  );
}
