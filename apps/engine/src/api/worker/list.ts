import { deadline, namespaceInput, procedure } from '../procedure.ts';
import type { WorkerRow } from './worker-row.ts';
import { keepsNoHeartbeats, toWorkerRow } from './worker-row.ts';

const PAGE = 500;

export interface WorkerList {
  /** The server does not keep heartbeats; the page says so. */
  readonly isSupported: boolean;
  readonly workers: readonly WorkerRow[];
}

export const list = procedure.input(namespaceInput).query(async ({ ctx, input }): Promise<WorkerList> => {
  try {
    const response = await ctx.workflow.listWorkers({ namespace: input.namespace, pageSize: PAGE }, deadline());
    const workers = response.workersInfo.flatMap((one) => (one.workerHeartbeat ? [toWorkerRow(one.workerHeartbeat)] : []));
    return { isSupported: true, workers: workers.sort((a, b) => a.queue.localeCompare(b.queue) || a.identity.localeCompare(b.identity)) };
  } catch (error) {
    if (keepsNoHeartbeats(error)) return { isSupported: false, workers: [] };
    throw error;
  }
});
