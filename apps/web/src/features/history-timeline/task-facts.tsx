'use client';
import { usePreference } from '../../data/preferences.ts';
import type { RunView } from '../../data/run-view.ts';
import type { WorkflowTask } from '../../domain/event-groups.ts';
import { rootCause } from '../../domain/why.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatClock } from '../../lib/time.ts';
import { Fact } from './fact.tsx';
import { FailureBlock } from '../../ui/failure-block.tsx';
import { Moment } from '../../ui/moment.tsx';
import { ResetFact } from './reset-fact.tsx';

export function TaskFacts({ view, task }: { view: RunView; task: WorkflowTask }) {
  const zone = usePreference('zone');
  const clock = (ms: number) => <Moment at={ms}>{formatClock(ms, zone, 3)}</Moment>;
  return (
    <>
      <section className="sec">
        <dl className="kv">
          <Fact name="Scheduled" value={clock(task.scheduledAt)} />
          {task.startedAt ? <Fact name="Queue wait" value={<b>{formatDuration(task.startedAt - task.scheduledAt)}</b>} /> : null}
          {task.startedAt && task.endedAt ? <Fact name="Run" value={<b>{formatDuration(task.endedAt - task.startedAt)}</b>} /> : null}
          {task.worker ? <Fact name="Worker" value={<span className="mono">{task.worker}</span>} /> : null}
          {task.cause ? <Fact name="Cause" value={task.cause} /> : null}
          {task.status === 'open' ? null : <ResetFact view={view} choice={`task:${task.id}`} words="reset to this task…" />}
        </dl>
      </section>
      {task.failure ? <FailureBlock failure={rootCause(task.failure) ?? task.failure} tone="failed" note="Failure" /> : null}
    </>
  );
}
