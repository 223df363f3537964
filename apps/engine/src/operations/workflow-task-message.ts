/** A started workflow task as its worker is given it: what the run is, its history so far, what is asked of it. */
import { api } from '@tidemark/protocol/api';
import { EncodedResponse } from '@tidemark/protocol/server';
import { encodeWith } from '@tidemark/protocol/splice';
import { toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { RunState } from '../history/model/state.ts';
import type { WorkflowTask } from '../history/model/volatile.ts';
import type { RunKey } from '../kernel/ids.ts';
import type { Engine } from './engine.ts';
import { encodeCursor, encodeTransient, readSlice } from './history-page.ts';
import type { Scaling } from './poller.ts';
import type { WorkflowTaskToken } from './task-token.ts';
import { encodeTaskToken } from './task-token.ts';
import { updateRequests } from './update-wire.ts';

const { PollWorkflowTaskQueueResponse } = api.workflowservice.v1;
const { TaskQueueKind } = api.enums.v1;

export interface TaskFacts {
  readonly key: RunKey;
  readonly task: WorkflowTask;
  readonly workflowType: temporal.api.common.v1.IWorkflowType | null | undefined;
  readonly taskQueue: string;
  readonly previousStartedEventId: number;
  readonly nextEventId: number;
  readonly transient: Uint8Array;
  readonly messages: readonly temporal.api.protocol.v1.IMessage[];
}

export function factsOf({ derived, volatile }: RunState, task: WorkflowTask): TaskFacts {
  return {
    key: derived.key,
    task,
    workflowType: derived.start.workflowType,
    taskQueue: derived.start.taskQueue?.name ?? '',
    previousStartedEventId: derived.lastCompletedStartedEventId,
    nextEventId: derived.nextEventId,
    transient: encodeTransient({ derived, volatile }),
    messages: updateRequests({ derived, volatile }, task.startedEventId),
  };
}

export interface Delivery {
  readonly isSticky: boolean;
  readonly backlog: number;
  /** What the worker is told of how many polls to hold. */
  readonly scaling?: Scaling;
}

export async function taskResponse(engine: Engine, started: TaskFacts, delivery: Delivery): Promise<EncodedResponse> {
  const message = await taskMessage(engine, started, delivery);
  return new EncodedResponse(encodeWith(PollWorkflowTaskQueueResponse, message.fields, { field: 'history', bytes: message.history }));
}

/** A worker that has the run in its cache gets what is new, any other the whole history; a long one in pages. */
export async function taskMessage(
  engine: Engine,
  started: TaskFacts,
  { isSticky, backlog, scaling }: Delivery,
): Promise<{ fields: object; history: Uint8Array }> {
  const { key, task } = started;
  const fromEventId = isSticky ? started.previousStartedEventId + 1 : 1;
  const slice = await readSlice(engine, key, { fromEventId, toEventId: started.nextEventId, batchesMax: 0 });
  const isWhole = slice.nextEventId >= started.nextEventId;
  const carried = engine.queries.carry(key.runId, carrierOf(task));
  return {
    fields: {
      taskToken: encodeTaskToken(tokenOf(started)),
      workflowExecution: { workflowId: key.workflowId, runId: key.runId },
      workflowType: started.workflowType,
      previousStartedEventId: toLong(started.previousStartedEventId),
      startedEventId: toLong(task.startedEventId),
      attempt: task.attempt,
      backlogCountHint: toLong(backlog),
      scheduledTime: toTimestamp(task.scheduledAt),
      startedTime: toTimestamp(task.startedAt ?? task.scheduledAt),
      workflowExecutionTaskQueue: { name: started.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
      ...scaling,
      queries: carried,
      messages: started.messages,
      ...(isWhole ? {} : { nextPageToken: encodeCursor({ runId: key.runId, nextEventId: slice.nextEventId, endEventId: 0 }) }),
    },
    history: isWhole ? Buffer.concat([slice.bytes, started.transient]) : slice.bytes,
  };
}

export const carrierOf = (task: WorkflowTask): string => `${task.startedEventId}/${task.attempt}`;

function tokenOf({ key, task }: TaskFacts): WorkflowTaskToken {
  return {
    kind: 'workflow',
    namespaceId: key.namespaceId,
    workflowId: key.workflowId,
    runId: key.runId,
    scheduledEventId: task.scheduledEventId,
    startedEventId: task.startedEventId,
    attempt: task.attempt,
    startedAt: task.startedAt ?? 0,
  };
}
