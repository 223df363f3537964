import { StatusCode } from '@tidemark/protocol/errors';
import type { ApiContext } from '../procedure.ts';
import { deadline, hasCode } from '../procedure.ts';

const RECENT = 500;
const WORKERS = 500;

export interface QueueRow {
  readonly name: string;
  /** Among the newest runs. */
  readonly runs: number;
  readonly openRuns: number;
  /** Workers that send heartbeats and poll this queue. */
  readonly workers: number;
}

/** The protocol has no list of queues. These are the ones that recent runs and workers with heartbeats name. */
export async function rowsOf({ workflow }: Pick<ApiContext, 'workflow'>, namespace: string): Promise<readonly QueueRow[]> {
  const [executions, workers] = await Promise.all([
    workflow.listWorkflowExecutions({ namespace, pageSize: RECENT }, deadline()),
    workflow.listWorkers({ namespace, pageSize: WORKERS }, deadline()).catch((error: unknown) => {
      if (hasCode(error, StatusCode.UNIMPLEMENTED, StatusCode.PERMISSION_DENIED, StatusCode.FAILED_PRECONDITION)) return undefined;
      throw error;
    }),
  ]);
  const rows = new Map<string, { runs: number; openRuns: number; workers: number }>();
  const row = (name: string) => {
    const found = rows.get(name) ?? { runs: 0, openRuns: 0, workers: 0 };
    rows.set(name, found);
    return found;
  };
  for (const one of executions.executions) {
    if (!one.taskQueue) continue;
    row(one.taskQueue).runs += 1;
    if (!one.closeTime) row(one.taskQueue).openRuns += 1;
  }
  for (const one of workers?.workersInfo ?? []) {
    const queue = one.workerHeartbeat?.taskQueue;
    if (queue) row(queue).workers += 1;
  }
  return [...rows].map(([name, counts]) => ({ name, ...counts })).sort((a, b) => b.openRuns - a.openRuns || a.name.localeCompare(b.name));
}
