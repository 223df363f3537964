/** Pages of history, as bytes. One token format for polls and reads, so that a worker can fetch the rest of what its task began. */
import { api } from '@tidemark/protocol/api';
import { entriesOf } from '@tidemark/protocol/splice';
import { toLong, toTimestamp, toDuration } from '@tidemark/protocol/time';
import type { HistoryEvent } from '../history/model/events.ts';
import { eventTypeOf } from '../history/model/events.ts';
import type { RunState } from '../history/model/state.ts';
import { encodeEvents } from '../history/codec.ts';
import type { RunKey } from '../kernel/ids.ts';
import { runId } from '../kernel/ids.ts';
import type { HistoryBatch } from '../persistence/ports/run-store.ts';
import type { Engine } from './engine.ts';
import { pageSize } from './page-size.ts';
import { invalid } from './validate.ts';

const { TaskQueueKind } = api.enums.v1;

export interface HistoryCursor {
  readonly runId: string;
  /** The next event to be read. */
  readonly nextEventId: number;
  /** Reads stop before this one; 0 while the run may still grow. */
  readonly endEventId: number;
}

export const encodeCursor = (cursor: HistoryCursor): Uint8Array =>
  Buffer.from(JSON.stringify([cursor.runId, cursor.nextEventId, cursor.endEventId]));

export function decodeCursor(bytes: Uint8Array): HistoryCursor {
  try {
    const [run, nextEventId, endEventId] = JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown[];
    if (typeof run === 'string' && typeof nextEventId === 'number' && typeof endEventId === 'number')
      return { runId: runId(run), nextEventId, endEventId };
  } catch {
    // Falls through to the one refusal there is for a token nobody handed out.
  }
  throw invalid('Invalid NextPageToken.');
}

export interface HistorySlice {
  /** Entries of `History.events`. */
  readonly bytes: Uint8Array;
  /** The first event that is not in the slice; equal to the end that was asked for when nothing is left. */
  readonly nextEventId: number;
}

export interface SliceRequest {
  readonly fromEventId: number;
  readonly toEventId: number;
  readonly batchesMax: number;
}

export async function readSlice({ store, limits }: Engine, key: RunKey, request: SliceRequest): Promise<HistorySlice> {
  const batchesMax = pageSize(request.batchesMax, limits.historyPageBatchesMax);
  if (request.fromEventId >= request.toEventId) return { bytes: new Uint8Array(), nextEventId: request.toEventId };
  const batches = await store.runs.readHistory(key, { fromEventId: request.fromEventId, toEventId: request.toEventId, batchesMax });
  const last = batches.at(-1);
  return {
    bytes: Buffer.concat(batches.map((batch) => trim(batch, request))),
    nextEventId: last === undefined ? request.toEventId : Math.min(last.firstEventId + last.eventCount, request.toEventId),
  };
}

/** A batch may begin before the range or end after it. */
function trim(batch: HistoryBatch, { fromEventId, toEventId }: SliceRequest): Uint8Array {
  const end = batch.firstEventId + batch.eventCount;
  if (batch.firstEventId >= fromEventId && end <= toEventId) return batch.events;
  let eventId = batch.firstEventId;
  let from = 0;
  let to = batch.events.byteLength;
  for (const entry of entriesOf(batch.events)) {
    if (eventId === fromEventId) from = entry.start;
    if (eventId === toEventId) to = entry.start;
    eventId += 1;
  }
  return batch.events.subarray(from, to);
}

/** The two events of a later attempt, which history does not hold but its worker must see. */
export function transientEvents(state: RunState): readonly HistoryEvent[] {
  const task = state.volatile.workflowTask;
  if (task === undefined || task.kind === 'normal') return [];
  if (task.startedEventId === 0 && task.scheduledEventId !== state.derived.nextEventId) return [];
  const event = (eventId: number, at: number): HistoryEvent => ({
    eventId: toLong(eventId),
    eventTime: toTimestamp(at),
    taskId: toLong(eventId),
  });
  const scheduled: HistoryEvent = {
    ...event(task.scheduledEventId, task.scheduledAt),
    eventType: eventTypeOf('workflowTaskScheduled'),
    workflowTaskScheduledEventAttributes: {
      taskQueue: { name: state.derived.start.taskQueue?.name ?? '', kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
      startToCloseTimeout: toDuration(task.startToClose),
      attempt: task.attempt,
    },
  };
  if (task.startedEventId === 0 || task.startedAt === undefined) return [scheduled];
  const started: HistoryEvent = {
    ...event(task.startedEventId, task.startedAt),
    eventType: eventTypeOf('workflowTaskStarted'),
    workflowTaskStartedEventAttributes: {
      scheduledEventId: toLong(task.scheduledEventId),
      identity: task.identity,
      requestId: task.requestId,
      historySizeBytes: toLong(task.historySizeBytes),
      suggestContinueAsNew: task.suggestContinueAsNew,
    },
  };
  return [scheduled, started];
}

export const encodeTransient = (state: RunState): Uint8Array => encodeEvents(transientEvents(state));
