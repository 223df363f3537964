/**
 * Reads pages of long histories beside the page's own thread: asks, parses, groups each by itself, and hands over columns
 * (`domain/event-columns.ts`, `domain/grouped-page.ts`). It keeps nothing: the page joins what it gets.
 */
import { buffersOf, columnsOf } from '../domain/event-columns.ts';
import { buffersOfGroups, groupPage } from '../domain/group-page.ts';
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
    const start = performance.now();
    const groups = groupPage(rows);
    const groupedMs = performance.now() - start;
    tell({ call, page: { ...page, columns, groups, groupedMs } }, [...buffersOf(columns), ...buffersOfGroups(groups)]);
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
