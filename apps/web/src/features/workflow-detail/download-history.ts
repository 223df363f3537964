import { api } from '../../data/api-client.ts';
import type { RunId } from '../../data/queries.ts';

const BATCH = 200;

/** Reads every body and hands the file to the browser. */
export async function downloadHistory(run: RunId, length: number): Promise<void> {
  const events: unknown[] = [];
  for (let first = 1; first <= length; first += BATCH) {
    const ids = Array.from({ length: Math.min(BATCH, length - first + 1) }, (_, index) => first + index);
    const bodies = await api.workflow.events.query({ ...run, ids, full: true });
    events.push(...bodies.map((one) => one.body));
  }
  const url = URL.createObjectURL(new Blob([JSON.stringify({ events }, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${run.workflowId}.${run.runId}.history.json`;
  link.click();
  URL.revokeObjectURL(url);
}
