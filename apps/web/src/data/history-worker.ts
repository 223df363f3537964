/**
 * Reads pages of long histories beside the page's own thread: asks, parses, and hands over columns (`domain/event-columns.ts`). It keeps
 * nothing; the groups, and all that is drawn or found, are worked out by the page, page by page of the history, of rows over these columns.
 */
import { buffersOf, columnsOf } from '../domain/event-columns.ts';
import { api } from './api-client.ts';
import type { FromWorker, ToWorker } from './history-apart.ts';

const calls = new Map<number, AbortController>();

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'stop') calls.get(data.call)?.abort();
  else void answer(data);
});

async function answer({ call, run, after }: Extract<ToWorker, { kind: 'read' }>): Promise<void> {
  const stopping = new AbortController();
  calls.set(call, stopping);
  try {
    const { rows, ...page } = await api.workflow.history.query({ ...run, after }, { signal: stopping.signal });
    const columns = columnsOf(rows);
    tell({ call, page: { ...page, columns } }, buffersOf(columns));
  } catch {
    // The page asks again by itself, and hears what is the matter.
    tell({ call, page: undefined }, []);
  } finally {
    calls.delete(call);
  }
}

function tell(message: FromWorker, transfer: ArrayBuffer[]): void {
  self.postMessage(message, { transfer });
}
