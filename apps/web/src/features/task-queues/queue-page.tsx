'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Fragment, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { executionCounts, queue, workers } from '../../data/queries.ts';
import { queueAnswer } from '../../domain/queue-answer.ts';
import { formatAge, formatDuration } from '../../lib/duration.ts';
import { openStatuses } from '../../domain/status.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Stat, Stats } from '../../ui/stats.tsx';
import { Strip } from '../../ui/strip.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useNow } from '../../ui/use-now.ts';
import { BacklogTrend } from './backlog-trend.tsx';
import { LimitDialog } from './limit-dialog.tsx';
import { QueueActivities } from './queue-activities.tsx';
import './task-queues.css';

type Side = ApiOutput['taskQueue']['describe']['workflow'];
const SIDES = ['workflow', 'activity'] as const;

export function QueuePage({ namespace, name }: { namespace: string; name: string }) {
  const [chosen, setSide] = useQueryState('type', parseAsStringLiteral(SIDES));
  const { data, error, isPending, dataUpdatedAt } = useQuery(queue(namespace, name));
  const beats = useQuery(workers(namespace));
  const [isLimiting, setLimiting] = useState(false);
  const now = useNow();
  // Without a choice the side that says more is shown.
  const kind = chosen ?? (data && data.workflow.pollers.length === 0 && data.activity.pollers.length > 0 ? 'activity' : 'workflow');
  const side = data?.[kind];
  const own = (beats.data?.workers ?? []).filter((one) => one.queue === name);
  const answer = side
    ? queueAnswer({
        kind,
        pollers: side.pollers.length,
        backlog: side.stats?.backlog ?? 0,
        oldestMs: side.stats?.oldestMs ?? 0,
        inPerSecond: side.stats?.inPerSecond ?? 0,
        outPerSecond: side.stats?.outPerSecond ?? 0,
      })
    : undefined;
  return (
    <div className="page pg-queue">
      <main className="main" id="main">
        <div className="bar qh">
          <Link className="btn quiet icon" href={paths.queues(namespace)} aria-label="Back to queues">
            <Icon name="back" />
          </Link>
          <h1 className="qn">{name}</h1>
          <CopyButton text={name} what="queue name" />
          <span className="join" role="group" aria-label="Kind of task">
            {SIDES.map((one) => (
              <button key={one} className="btn" type="button" aria-pressed={one === kind} onClick={() => void setSide(one)}>
                {one === 'workflow' ? 'Workflow' : 'Activity'}{' '}
                {data?.[one].stats ? <span className="n">{formatCount(data[one].stats.backlog)}</span> : null}
              </button>
            ))}
          </span>
          <span className="grow" />
          {dataUpdatedAt > 0 ? <span className="axis wide">updated {formatAge(now - dataUpdatedAt)}</span> : null}
          <ActButton onClick={() => setLimiting(true)}>Rate limit…</ActButton>
          <OpenRuns namespace={namespace} queue={name} />
        </div>
        <Answer namespace={namespace} answer={answer} closeName={data?.closeName ?? null} />
        {side?.setting ? <Setting setting={side.setting} /> : null}
        {error && data === undefined ? (
          <Unread problem={toProblem(error)} what="The queue" isOne />
        ) : (
          <div className="scroll">
            <Figures side={side} slots={own.length > 0 ? slotsOf(own, kind) : undefined} />
            <BacklogTrend key={kind} backlog={side?.stats?.backlog} at={dataUpdatedAt} />
            <Pollers namespace={namespace} side={side} kind={kind} isPending={isPending} now={now} workersSeen={own} />
            <Priorities side={side} />
            {kind === 'activity' ? <QueueActivities namespace={namespace} queue={name} /> : null}
          </div>
        )}
        {isLimiting ? <LimitDialog namespace={namespace} queue={name} side={data?.activity} onClose={() => setLimiting(false)} /> : null}
      </main>
    </div>
  );
}

interface AnswerProps {
  readonly namespace: string;
  readonly answer: ReturnType<typeof queueAnswer>;
  readonly closeName: string | null;
}

/** What is wrong here, and the name that was perhaps meant. */
function Answer({ namespace, answer, closeName }: AnswerProps) {
  if (answer === undefined && closeName === null) return null;
  return (
    <Strip tone={answer?.tone ?? 'retrying'} glyph="taskfail">
      {(answer?.phrases ?? ['Nobody polls this queue.']).map((phrase, index) =>
        typeof phrase === 'string' ? <span key={index}>{phrase}</span> : <b key={index}>{phrase.strong}</b>,
      )}
      {closeName === null ? null : (
        <>
          {' '}
          Workers poll <Link href={paths.queue(namespace, closeName)}>{closeName}</Link>: is one of the names a slip?
        </>
      )}
    </Strip>
  );
}

/** Who limited the queue last, or took the limit away. */
function Setting({ setting }: { setting: NonNullable<Side['setting']> }) {
  const zone = usePreference('zone');
  const now = useNow();
  return (
    <p className="setl mid">
      {setting.perSecond === null ? 'The limit was taken away' : `Limited to ${setting.perSecond} activity tasks a second`}
      {setting.by ? ` by ${setting.by}` : ''}
      {setting.at === null ? '' : `, ${formatMoment(setting.at, zone, now)}`}
      {setting.reason ? `: ${setting.reason}` : ''}
    </p>
  );
}

const NO_FILTER = { status: [], type: '', id: '', query: '' } as const;

/** Leads to the runs of the queue, and says how many are open. */
function OpenRuns({ namespace, queue: name }: { namespace: string; queue: string }) {
  const isLive = usePreference('isLive');
  const { data } = useQuery(executionCounts(namespace, { ...NO_FILTER, queue: name }, isLive));
  const open = (data?.byStatus['Running'] ?? 0) + (data?.byStatus['Paused'] ?? 0);
  return (
    <Link className="btn" href={paths.workflows(namespace, `queue=${encodeURIComponent(name)}&status=${openStatuses(data?.byStatus)}`)}>
      {data === undefined ? 'Open runs' : plural(open, 'open run')}
    </Link>
  );
}

/** Where the server parts its backlog by priority. */
function Priorities({ side }: { side: Side | undefined }) {
  if (side === undefined || side.byPriority.length === 0) return null;
  const most = Math.max(1, ...side.byPriority.map(({ backlog }) => backlog));
  return (
    <section>
      <div className="sh">
        <h2>Backlog by priority</h2>
      </div>
      <div className="pr">
        {side.byPriority.map(({ priority, backlog, oldestMs }) => (
          <Fragment key={priority}>
            <span className="mid">{priority}</span>
            <span className="pb" aria-hidden="true">
              <i style={{ width: `${(backlog / most) * 100}%` }} />
            </span>
            <span className="num">{formatCount(backlog)}</span>
            <span className="num mid">{backlog > 0 ? formatDuration(oldestMs) : ''}</span>
          </Fragment>
        ))}
      </div>
    </section>
  );
}

type WorkerRow = ApiOutput['worker']['list']['workers'][number];

function slotsOf(own: readonly WorkerRow[], kind: 'workflow' | 'activity'): { used: number; all: number } {
  const slots = own.map((one) => (kind === 'workflow' ? one.workflowSlots : one.activitySlots));
  const used = slots.reduce((sum, one) => sum + (one?.used ?? 0), 0);
  return { used, all: used + slots.reduce((sum, one) => sum + (one?.available ?? 0), 0) };
}

function Figures({ side, slots }: { side: Side | undefined; slots: { used: number; all: number } | undefined }) {
  const stats = side?.stats;
  const pollers = side?.pollers.length;
  const rate = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(value < 10 ? 1 : 0));
  return (
    <Stats>
      <Stat
        name="Backlog"
        value={stats ? formatCount(stats.backlog) : '–'}
        unit="tasks"
        isBad={(stats?.backlog ?? 0) > 0 && pollers === 0}
        note={stats ? (stats.backlog === 0 ? 'nothing waits' : 'approximate') : 'this server keeps no statistics'}
      />
      <Stat name="Oldest waits" value={stats && stats.backlog > 0 ? formatDuration(stats.oldestMs) : '–'} note="since it was added" />
      <Stat name="In" value={rate(stats?.inPerSecond)} unit="/s" note="last 30 s" />
      <Stat
        name="Out"
        value={rate(stats?.outPerSecond)}
        unit="/s"
        note={side?.limit ? `limit ${side.limit.perSecond} /s, ${SOURCES[side.limit.source]}` : 'last 30 s'}
      />
      <Stat
        name="Pollers"
        value={pollers === undefined ? '–' : formatCount(pollers)}
        isBad={pollers === 0}
        note={buildWords(side?.pollers ?? []) || 'seen in the last 5 min'}
      />
      {slots ? (
        <Stat
          name="Slots"
          value={formatCount(slots.used)}
          unit={`of ${formatCount(slots.all)}`}
          isBad={slots.all > 0 && slots.used === slots.all}
          note="from heartbeats"
        />
      ) : null}
    </Stats>
  );
}

const SOURCES = { api: 'set here', worker: 'asked for by workers', system: 'of the server' } as const;

/** `7f3c ×4, 8a1d ×2`; nothing when no poller names a build. */
function buildWords(pollers: Side['pollers']): string {
  const counts = new Map<string, number>();
  for (const { build, deployment } of pollers) {
    const name = build === null ? '' : deployment === null ? build.slice(0, 12) : `${deployment} ${build.slice(0, 12)}`;
    if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name} ×${count}`).join(', ');
}

interface PollersProps {
  readonly namespace: string;
  readonly side: Side | undefined;
  readonly kind: 'workflow' | 'activity';
  readonly isPending: boolean;
  readonly now: number;
  readonly workersSeen: readonly WorkerRow[];
}

function Pollers({ namespace, side, kind, isPending, now, workersSeen }: PollersProps) {
  const byIdentity = new Map(workersSeen.map((one) => [one.identity, one]));
  return (
    <section>
      <div className="sh">
        <h2>Polling for {kind} tasks</h2>
        <span className="axis">{side ? plural(side.pollers.length, 'worker') : ''}</span>
      </div>
      {side && side.pollers.length === 0 ? (
        <p className="mid" style={{ padding: '4px 16px 16px' }}>
          Nobody. A task that is added here waits until a worker polls.
        </p>
      ) : (
        <table role="table" className="grid cards plist" aria-label={`Pollers for ${kind} tasks`}>
          <colgroup>
            <col />
            <col style={{ width: '22%' }} />
            <col style={{ width: 140 }} />
            <col style={{ width: 140 }} />
            <col style={{ width: 130 }} />
          </colgroup>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                Worker
              </th>
              <th role="columnheader" scope="col">
                SDK
              </th>
              <th role="columnheader" scope="col">
                Build
              </th>
              <th role="columnheader" scope="col" className="num">
                Slots used
              </th>
              <th role="columnheader" scope="col" className="num">
                Polled
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {isPending ? <SkeletonRows columns={5} rows={4} /> : null}
            {(side?.pollers ?? []).map((poller) => {
              const beat = byIdentity.get(poller.identity);
              const slots = kind === 'workflow' ? beat?.workflowSlots : beat?.activitySlots;
              return (
                <tr role="row" key={poller.identity}>
                  <td role="cell" className="mono">
                    {beat === undefined ? poller.identity : <Link href={paths.worker(namespace, beat.key)}>{poller.identity}</Link>}
                  </td>
                  <td role="cell" className="mid">
                    {beat?.sdk ?? ''}
                  </td>
                  <td role="cell" className="mono mid">
                    {poller.build?.slice(0, 16) ?? ''}
                  </td>
                  <td role="cell" className="num">
                    {slots ? `${slots.used} / ${slots.used + slots.available}` : ''}
                  </td>
                  <td role="cell" className="num mid" data-at={poller.lastAccessAt}>
                    {formatAge(now - poller.lastAccessAt)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
