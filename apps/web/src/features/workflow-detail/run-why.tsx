'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { paths } from '../../data/paths.ts';
import { usePreferences } from '../../data/preferences.ts';
import { queue } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import { isOpen } from '../../domain/status.ts';
import type { WhyAction } from '../../domain/why.ts';
import { whyOf } from '../../domain/why.ts';
import { formatClock } from '../../lib/time.ts';
import { Strip } from '../../ui/strip.tsx';
import { useNow } from '../../ui/use-now.ts';

/** The conclusion, before any detail. Nothing is shown when nothing is wrong. */
export function RunWhy({ view }: { view: RunView }) {
  const { description, events, groups, run } = view;
  const open = description !== undefined && isOpen(description.status);
  const clock = useNow(open && view.stoppedAt === undefined);
  const now = view.stoppedAt ?? clock;
  const { zone } = usePreferences();
  const waitsForWorker = open && description.task !== null && description.task.state !== 'Started';
  const isOnReplay = usePathname().endsWith('/replay');
  const polled = useQuery(queue(run.namespace, description?.queue ?? '', waitsForWorker));
  if (description === undefined) return null;
  const why = whyOf({
    status: description.status,
    queue: description.queue,
    now,
    task: description.task,
    activities: description.activities,
    events,
    groups,
    pollers: polled.data?.workflow.pollers.length,
    formatTime: (ms) => formatClock(ms, zone),
  });
  if (why === undefined) return null;
  // The page's own button replays; a second one beside it would only lead here. From a file only its own events can be reached.
  const isUseless = (why.action?.kind === 'replay' && isOnReplay) || (view.stoppedAt !== undefined && why.action?.kind !== 'event');
  const action = isUseless ? undefined : why.action;
  return (
    <Strip tone={why.tone} glyph={why.tone} actions={action ? <WhyButton view={view} action={action} /> : undefined}>
      {why.phrases.map((phrase, index) =>
        typeof phrase === 'string' ? <span key={index}>{phrase}</span> : <b key={index}>{phrase.strong}</b>,
      )}
    </Strip>
  );
}

function WhyButton({ view, action }: { view: RunView; action: WhyAction }) {
  const { namespace, workflowId, runId } = view.run;
  switch (action.kind) {
    case 'replay':
      return (
        <Link className="btn primary" href={paths.run({ namespace, workflowId, runId }, 'replay')}>
          Replay it
        </Link>
      );
    case 'queue':
      return (
        <Link className="btn primary" href={paths.queue(namespace, action.queue)}>
          See the queue
        </Link>
      );
    case 'event':
      return (
        <Link className="btn" href={paths.event({ namespace, workflowId, runId }, action.eventId)}>
          See event {action.eventId}
        </Link>
      );
    case 'run':
      return (
        <Link className="btn" href={paths.run({ namespace, workflowId, runId: action.runId })}>
          Next run
        </Link>
      );
  }
}
