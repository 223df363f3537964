/** Pages of long histories, read by `history-worker.ts`; by the page's own thread where there is no worker, or where it failed. */
import type { EventColumns } from '../domain/event-columns.ts';
import { rowsOf } from '../domain/event-columns.ts';
import type { PageGroups } from '../domain/grouped-page.ts';
import { tellMeasured } from '../lib/measured.ts';
import { api } from './api-client.ts';
import type { RunId } from './queries.ts';
import type { HistoryPage } from './run-source.ts';

export type ToWorker =
  | { readonly kind: 'read'; readonly call: number; readonly run: RunId; readonly after: number }
  | { readonly kind: 'stop'; readonly call: number };

export interface FromWorker {
  readonly call: number;
  /** Undefined when it could not be read. */
  readonly page: (Omit<HistoryPage, 'rows'> & PageApart) | undefined;
}

interface PageApart {
  readonly columns: EventColumns;
  readonly groups: PageGroups;
  /** How long the grouping took. */
  readonly groupedMs: number;
}

/** A worker that has had nothing to do for so long is let go. */
const IDLE_MS = 10_000;

interface Reader {
  readonly worker: Worker;
  readonly waiting: Map<number, (page: FromWorker['page']) => void>;
  idle: ReturnType<typeof setTimeout> | undefined;
}

let reader: Reader | undefined;
let calls = 0;

export async function readApart(run: RunId, after: number, signal: AbortSignal | undefined): Promise<HistoryPage> {
  const page = await ask(run, after, signal);
  signal?.throwIfAborted();
  if (page === undefined) return await api.workflow.history.query({ ...run, after }, signal ? { signal } : {});
  const { columns, groups, groupedMs, ...rest } = page;
  tellMeasured('timeline: grouping apart', groupedMs);
  return { ...rest, rows: rowsOf(columns, groups) };
}

function ask(run: RunId, after: number, signal: AbortSignal | undefined): Promise<FromWorker['page']> {
  reader ??= begin();
  if (reader === undefined) return Promise.resolve(undefined);
  const { worker, waiting } = reader;
  clearTimeout(reader.idle);
  const call = (calls += 1);
  const send = (message: ToWorker) => worker.postMessage(message, []);
  return new Promise((resolve) => {
    waiting.set(call, resolve);
    signal?.addEventListener('abort', () => send({ kind: 'stop', call }), { once: true });
    send({ kind: 'read', call, run, after });
  });
}

function begin(): Reader | undefined {
  if (typeof Worker === 'undefined') return undefined;
  const worker = new Worker(new URL('./history-worker.ts', import.meta.url), { type: 'module', name: 'history' });
  const begun: Reader = { worker, waiting: new Map(), idle: undefined };
  const end = () => {
    worker.terminate();
    if (reader === begun) reader = undefined;
    for (const resolve of begun.waiting.values()) resolve(undefined);
    begun.waiting.clear();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    begun.waiting.get(data.call)?.(data.page);
    begun.waiting.delete(data.call);
    if (begun.waiting.size === 0) begun.idle = setTimeout(end, IDLE_MS);
  });
  worker.addEventListener('error', end);
  return begun;
}
