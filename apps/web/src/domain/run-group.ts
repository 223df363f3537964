import type { Group } from './event-groups.ts';
import type { GroupStatus, RunStatus } from './status.ts';
import { isRunStatus } from './status.ts';

interface RunFacts {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly status: string;
  readonly queue: string;
  readonly startedAt: number;
  readonly closedAt: number | null;
}

const STATUS: Readonly<Record<RunStatus, GroupStatus>> = {
  Running: 'running',
  Completed: 'completed',
  Failed: 'failed',
  TimedOut: 'timedout',
  Canceled: 'canceled',
  Terminated: 'terminated',
  ContinuedAsNew: 'continued',
  Paused: 'paused',
};

/** A whole run as one step: a later run of a child, beneath the steps of the first. `turn` is from 1, undefined where those before it were not read. */
export const groupOfRun = (run: RunFacts, id: number, turn: number | undefined): Group => ({
  id,
  kind: 'child',
  name: `${turn === undefined ? 'A later run' : `Run ${turn}`} of ${run.type}`,
  key: run.workflowId,
  label: undefined,
  queue: run.queue,
  taskId: undefined,
  // What it was given stands in its first event.
  eventIds: [1],
  openedAt: run.startedAt,
  startedAt: run.startedAt,
  endedAt: run.closedAt ?? undefined,
  dueAt: undefined,
  status: isRunStatus(run.status) ? STATUS[run.status] : 'scheduled',
  attempt: 1,
  worker: undefined,
  failure: undefined,
  timeoutType: undefined,
  input: undefined,
  result: undefined,
  runId: run.runId,
  pending: undefined,
});
