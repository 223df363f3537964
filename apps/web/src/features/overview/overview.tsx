'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { toProblem } from '../../data/api-client.ts';
import { errors, overview, queueSurvey } from '../../data/estate-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { systemInfo, workers } from '../../data/queries.ts';
import { schedules } from '../../data/schedule-queries.ts';
import type { AttentionItem } from '../../domain/attention.ts';
import { attentionOf } from '../../domain/attention.ts';
import { firstSteps } from '../../domain/first-steps.ts';
import { formatAge } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import { ActLink } from '../../ui/act-button.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Steps } from '../../ui/steps.tsx';
import { Strip } from '../../ui/strip.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AttentionList } from './attention-list.tsx';
import { BusiestQueues } from './busiest-queues.tsx';
import { OverviewFigures } from './overview-figures.tsx';
import { Throughput } from './throughput.tsx';
import './overview.css';

const PAUSED = { id: '', type: '', isPaused: true } as const;
const PAUSED_MAX = 20;

/** The front page of a namespace: what needs somebody, how much runs, and where it runs. */
export function Overview({ namespace }: { namespace: string }) {
  const isLive = usePreference('isLive');
  const now = useNow();
  const { data: info } = useQuery(systemInfo());
  const counts = useQuery(overview(namespace, isLive));
  const failing = useQuery(errors(namespace, isLive));
  const queues = useQuery(queueSurvey(namespace, isLive));
  const beats = useQuery(workers(namespace));
  const paused = useQuery({ ...schedules(namespace, PAUSED, { rowsMax: PAUSED_MAX, isLive }), enabled: info?.hasSchedules === true });
  const isWhole = counts.data !== undefined && failing.data !== undefined && queues.data !== undefined;
  const items =
    counts.data === undefined
      ? []
      : attentionOf({
          now,
          overview: counts.data,
          errors: failing.data?.rows ?? [],
          queues: queues.data?.rows ?? [],
          pausedSchedules: (paused.data?.rows ?? []).map(({ id }) => id),
          workers: beats.data?.workers ?? [],
        });
  const isMissing = counts.data === undefined && counts.error !== null && toProblem(counts.error).code === 'NOT_FOUND';
  const isEmpty = counts.data?.total === 0 && queues.data?.rows.length === 0;
  return (
    <div className="page pg-overview">
      <main className="main" id="main">
        <div className="bar hd2">
          <h1>Overview</h1>
          {isWhole && items.length === 0 && !isEmpty ? <span className="dim">nothing needs attention</span> : null}
          <span className="grow" />
          {counts.dataUpdatedAt > 0 ? <span className="axis wide">updated {formatAge(now - counts.dataUpdatedAt)}</span> : null}
          {isMissing ? null : (
            <ActLink className="btn primary" href={paths.start(namespace)}>
              <Icon name="plus" /> Start workflow
            </ActLink>
          )}
        </div>
        {counts.error && counts.data === undefined ? (
          <Unread
            problem={toProblem(counts.error)}
            what="The overview"
            isOne
            missing={{ title: `There is no namespace ${namespace} on this server.` }}
            actions={
              isMissing ? (
                <Link className="btn" href={paths.namespaces}>
                  Namespaces
                </Link>
              ) : null
            }
          />
        ) : isEmpty ? (
          <Hollow
            title={
              <>
                Nothing has run in <b>{namespace}</b> yet.
              </>
            }
          >
            <Steps steps={firstSteps(info?.address)} />
          </Hollow>
        ) : (
          <>
            <Health items={items} />
            <div className="scroll">
              <AttentionList namespace={namespace} items={items} />
              <OverviewFigures namespace={namespace} counts={counts.data} errors={failing.data} workers={beats.data} />
              {counts.data === undefined ? null : <Throughput namespace={namespace} now={now} />}
              <BusiestQueues namespace={namespace} queues={queues.data?.rows} isPending={queues.isPending} />
            </div>
          </>
        )}
      </main>
    </div>
  );
}

/** One sentence; nothing at all while all is well. */
function Health({ items }: { items: readonly AttentionItem[] }) {
  const [first] = items;
  if (first === undefined) return null;
  const isGrave = items.some(({ tone }) => tone === 'failed' || tone === 'taskfail');
  return (
    <Strip tone={isGrave ? 'failed' : first.tone} glyph={isGrave ? 'taskfail' : 'retrying'}>
      <b>{plural(items.length, 'thing')}</b> {items.length === 1 ? 'needs' : 'need'} attention.
    </Strip>
  );
}
