import type { ExecutionRow } from '@tidemark/engine/api/model/execution-row';
import type { Group } from './event-groups.ts';
import { BLANK_GROUP } from './event-groups.ts';
import type { GroupStatus, RunStatus } from './status.ts';
import { isRunStatus } from './status.ts';

type RunFacts = Pick<ExecutionRow, 'workflowId' | 'runId' | 'type' | 'status' | 'queue' | 'startedAt' | 'closedAt'>;

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
  ...BLANK_GROUP,
  id,
  kind: 'child',
  name: `${turn === undefined ? 'A later run' : `Run ${turn}`} of ${run.type}`,
  key: run.workflowId,
  queue: run.queue,
  // What it was given stands in its first event.
  eventIds: [1],
  openedAt: run.startedAt,
  startedAt: run.startedAt,
  endedAt: run.closedAt ?? undefined,
  status: isRunStatus(run.status) ? STATUS[run.status] : 'scheduled',
  runId: run.runId,
});
