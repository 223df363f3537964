'use client';
import { useQueries } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';
import { isAway } from '../../data/api-client.ts';
import { fileOf, paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { queue } from '../../data/queries.ts';
import { useRunAttempts } from '../../data/run-attempts.ts';
import { useRunParams } from '../../data/run-params.ts';
import type { RunView } from '../../data/run-view.ts';
import { useRunView } from '../../data/run-view.ts';
import type { QueuePollers, RunWorker } from '../../domain/run-workers.ts';
import { runWorkers } from '../../domain/run-workers.ts';
import { isOpen } from '../../domain/status.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { Moment } from '../../ui/moment.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import './run-workers.css';

/** So many queues of a run are asked who polls them. */
const QUEUES_MAX = 4;
const POLLS = { tone: 'completed', glyph: 'completed', word: 'Polling', isCalm: true } as const;
const GONE = { tone: 'canceled', glyph: 'paused', word: 'Not polling', isCalm: true } as const;
const COLUMNS = ['Worker', 'Now', 'Build', 'SDK', 'Workflow tasks', 'Activities', 'Other attempts', 'First seen', 'Last seen'] as const;
const NUMBERS: ReadonlySet<string> = new Set<string>(['Workflow tasks', 'Activities', 'Other attempts']);

/** Who ran this run, whatever is left of them, and who would run its next task. */
export function RunWorkers() {
  const view = useRunView(useRunParams());
  const attempts = useRunAttempts(view);
  const { queues, isAsked } = usePollers(view);
  const rows = useMemo(
    () =>
      runWorkers({
        events: view.events,
        pending: view.description?.activities ?? [],
        unwritten: attempts.kept?.unwritten ?? [],
        queues,
      }),
    [view.events, view.description, attempts.kept, queues],
  );
  if (view.events.length === 0 && !view.isLoading) return isAway(view.error) ? <NotHereYet what="The workers are" /> : null;
  const ran = rows.filter(({ firstAt }) => firstAt !== undefined).length;
  if (!view.isLoading && rows.length === 0)
    return <Hollow icon="workers" title="No worker has run any of it yet, and nobody polls its queue." />;
  return (
    <div className="pg-run-workers">
      <p className="rw-sum small mid">
        {view.isLoading ? '' : `${plural(ran, 'worker')} ran it.`}
        {attempts.kept === null ? ' Counted from history: attempts that were tried again are not in it.' : ''}
      </p>
      <div className="scroll">
        <table role="table" className="grid cards rw-t" aria-label="Workers of this run">
          <colgroup>
            <col />
            <col style={{ width: 124 }} />
            <col style={{ width: '13%' }} />
            <col style={{ width: '17%' }} />
            <col style={{ width: 120 }} />
            <col style={{ width: 92 }} />
            <col style={{ width: 124 }} />
            <col style={{ width: 112 }} />
            <col style={{ width: 112 }} />
          </colgroup>
          <thead role="rowgroup">
            <tr role="row">
              {COLUMNS.map((name) => (
                <th key={name} role="columnheader" scope="col" className={NUMBERS.has(name) ? 'num' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {view.isLoading ? <SkeletonRows columns={COLUMNS.length} rows={3} /> : null}
            {rows.map((row) => (
              <Row key={row.identity} view={view} row={row} isAsked={isAsked} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Row({ view, row, isAsked }: { view: RunView; row: RunWorker; isAsked: boolean }) {
  const zone = usePreference('zone');
  const now = useNow();
  const { namespace } = view.run;
  const moment = (ms: number | undefined) => (ms === undefined ? '' : <Moment at={ms}>{formatMoment(ms, zone, now)}</Moment>);
  const isFile = fileOf(namespace) !== undefined;
  return (
    <tr role="row">
      <td role="cell" className="mono">
        {isFile ? row.identity : <Link href={paths.workers(namespace)}>{row.identity}</Link>}
      </td>
      <td role="cell" title={row.polls.join(', ')}>
        {isAsked ? <StatusMark look={row.polls.length > 0 ? POLLS : GONE} /> : null}
      </td>
      <td role="cell" className="mono mid cut" title={row.builds.join(', ')}>
        {row.builds.at(-1) ?? ''}
        {row.builds.length > 1 ? <span className="dim"> +{row.builds.length - 1}</span> : null}
      </td>
      <td role="cell" className="mid">
        {row.sdk}
      </td>
      <Count value={row.workflowTasks} of="task" />
      <Count value={row.activities} of="activity" ofMany="activities" />
      <Count value={row.unwritten} of="other attempt" />
      <td role="cell" className="mid">
        {moment(row.firstAt)}
      </td>
      <td role="cell" className="mid">
        {row.firstAt === undefined ? 'never ran it' : moment(row.lastAt)}
      </td>
    </tr>
  );
}

function Count({ value, of, ofMany = `${of}s` }: { value: number; of: string; ofMany?: string }) {
  return (
    <td role="cell" className="num" data-label={value === 0 ? undefined : value === 1 ? of : ofMany}>
      {value > 0 ? formatCount(value) : ''}
    </td>
  );
}

/** Who polls the queue of the run and those of its activities. A closed run needs nobody. */
function usePollers({ run, description, groups }: RunView): { queues: readonly QueuePollers[]; isAsked: boolean } {
  const isAsked = fileOf(run.namespace) === undefined && description !== undefined && isOpen(description.status);
  const names = useMemo(() => {
    const open = groups.groups.flatMap((group) =>
      group.kind === 'activity' && group.endedAt === undefined && group.queue ? [group.queue] : [],
    );
    return [...new Set([description?.queue ?? '', ...open])].filter(Boolean).slice(0, QUEUES_MAX);
  }, [groups, description?.queue]);
  return useQueries({
    queries: names.map((name) => queue(run.namespace, name, isAsked)),
    combine: (results) => ({
      isAsked: isAsked && results.length > 0 && results.every(({ data }) => data !== undefined),
      queues: results.flatMap(({ data }, at) =>
        data === undefined ? [] : [{ queue: names[at] ?? '', pollers: [...data.workflow.pollers, ...data.activity.pollers] }],
      ),
    }),
  });
}
