/** Reads of a run's history: pages, the closing event alone, long polls, newest first. */
import { EncodedResponse } from '@tidemark/protocol/server';
import { encodeWith } from '@tidemark/protocol/splice';
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { decodeEvents } from '../history/codec.ts';
import { isOpen } from '../history/model/state.ts';
import type { RunKey } from '../kernel/ids.ts';
import { runId } from '../kernel/ids.ts';
import type { Target } from '../history/history.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { waitUntil } from './engine.ts';
import type { HistoryCursor } from './history-page.ts';
import { decodeCursor, encodeCursor, encodeTransient, readSlice } from './history-page.ts';
import { pageSize } from './page-size.ts';
import { requireTarget } from './validate.ts';

const { GetWorkflowExecutionHistoryResponse } = api.workflowservice.v1;
const { HistoryEventFilterType } = api.enums.v1;
type Request = temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryRequest;

interface Facts {
  readonly key: RunKey;
  readonly nextEventId: number;
  readonly isOpen: boolean;
  readonly transient: Uint8Array;
}

export async function getHistory(engine: Engine, request: Request, call: NamespaceCall): Promise<EncodedResponse> {
  const target = requireTarget(engine, call, request.execution);
  const cursor = request.nextPageToken?.length ? decodeCursor(request.nextPageToken) : undefined;
  const run = cursor === undefined ? target : { ...target, runId: runId(cursor.runId) };
  const onlyClose = request.historyEventFilterType === HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT;
  const from = cursor?.nextEventId ?? 1;
  const facts = request.waitNewEvent ? await waitFor(engine, run, { call, from, onlyClose }) : await look(engine, run);
  if (onlyClose) return await closeEvent(engine, facts, request.waitNewEvent === true);
  return await page(engine, facts, { request, from, endEventId: cursor?.endEventId ?? 0, call });
}

function look({ history }: Engine, target: Target): Promise<Facts> {
  return history.read(target, (state) => ({
    key: state.derived.key,
    nextEventId: state.derived.nextEventId,
    isOpen: isOpen(state),
    transient: encodeTransient(state),
  }));
}

interface Wait {
  readonly call: NamespaceCall;
  readonly from: number;
  readonly onlyClose: boolean;
}

/** Until there is something new (or the end, where only that is wanted), or the time of a long poll is over. */
async function waitFor(engine: Engine, target: Target, { call, from, onlyClose }: Wait): Promise<Facts> {
  const deadline = waitUntil(engine, call);
  let facts = await look(engine, target);
  const fixed = { ...target, runId: facts.key.runId };
  const watch = engine.changefeed.watch(facts.key.runId);
  try {
    for (;;) {
      facts = await look(engine, fixed);
      if (!facts.isOpen || (!onlyClose && facts.nextEventId > from)) return facts;
      if (!(await watch.next({ deadline, signal: call.signal }))) return facts;
    }
  } finally {
    watch.close();
  }
}

function respond(bytes: Uint8Array, cursor: HistoryCursor | undefined): EncodedResponse {
  const rest = cursor === undefined ? {} : { nextPageToken: encodeCursor(cursor) };
  return new EncodedResponse(encodeWith(GetWorkflowExecutionHistoryResponse, rest, { field: 'history', bytes }));
}

/** The last event of a closed run; nothing of a run that goes on, with a token for those who wait. */
async function closeEvent(engine: Engine, facts: Facts, waits: boolean): Promise<EncodedResponse> {
  if (facts.isOpen)
    return respond(new Uint8Array(), waits ? { runId: facts.key.runId, nextEventId: facts.nextEventId, endEventId: 0 } : undefined);
  const { bytes } = await readSlice(engine, facts.key, { fromEventId: facts.nextEventId - 1, toEventId: facts.nextEventId, batchesMax: 1 });
  return respond(bytes, undefined);
}

interface Page {
  readonly request: Request;
  readonly from: number;
  readonly endEventId: number;
  readonly call: NamespaceCall;
}

async function page(engine: Engine, facts: Facts, { request, from, endEventId, call }: Page): Promise<EncodedResponse> {
  const to = endEventId === 0 ? facts.nextEventId : Math.min(endEventId, facts.nextEventId);
  const slice = await readSlice(engine, facts.key, { fromEventId: from, toEventId: to, batchesMax: request.maximumPageSize ?? 0 });
  const isLast = slice.nextEventId >= to;
  const next = { runId: facts.key.runId, nextEventId: slice.nextEventId, endEventId };
  if (!isLast) return respond(slice.bytes, next);
  // A worker's own task ends with events that are not written yet; people's tools show what is written.
  const bytes = facts.isOpen && !isTool(call) && !request.waitNewEvent ? Buffer.concat([slice.bytes, facts.transient]) : slice.bytes;
  return respond(bytes, request.waitNewEvent && facts.isOpen ? next : undefined);
}

function isTool({ headers }: NamespaceCall): boolean {
  const name = headers.get('client-name');
  return name === 'temporal-cli' || name === 'temporal-ui' || name === 'tidemark-console';
}

type ReverseRequest = temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryReverseRequest;
type ReverseResponse = temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryReverseResponse;

export async function getHistoryReverse(engine: Engine, request: ReverseRequest, call: NamespaceCall): Promise<ReverseResponse> {
  const target = requireTarget(engine, call, request.execution);
  const cursor = request.nextPageToken?.length ? decodeCursor(request.nextPageToken) : undefined;
  const facts = await look(engine, cursor === undefined ? target : { ...target, runId: runId(cursor.runId) });
  const { limits, store } = engine;
  const batchesMax = pageSize(request.maximumPageSize, limits.historyPageBatchesMax);
  const toEventId = cursor?.nextEventId ?? facts.nextEventId;
  const batches = await store.runs.readHistory(facts.key, { fromEventId: 1, toEventId, batchesMax, newestFirst: true });
  const events = batches.flatMap((batch) => decodeEvents(batch.events).reverse());
  const first = batches.at(-1)?.firstEventId ?? 1;
  const rest = first > 1 ? { nextPageToken: encodeCursor({ runId: facts.key.runId, nextEventId: first, endEventId: 0 }) } : {};
  return { history: { events }, ...rest };
}
