/** Commands of the world's workflows that the other fixtures do not need. */
import { api } from '@tidemark/protocol/api';
import { toDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Command } from '../../fixtures/fake-worker.ts';
import { payload, payloads } from '../../fixtures/fake-worker.ts';
import type { Fault } from './world.ts';
import { failureOf } from './world.ts';

const { CommandType } = api.enums.v1;
type Message = temporal.api.protocol.v1.IMessage;

interface Step {
  readonly id: string;
  readonly input?: unknown;
  readonly queue?: string;
  readonly summary?: string;
  readonly retry?: { readonly firstMs: number; readonly factor: number; readonly mostMs: number; readonly attempts?: number };
  readonly timeouts?: { readonly startToClose?: number; readonly scheduleToClose?: number; readonly heartbeat?: number };
}

export function activity(type: string, { id, input, queue = 'orders', summary, retry, timeouts = {} }: Step): Command {
  const { startToClose = 30_000, scheduleToClose, heartbeat } = timeouts;
  return {
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    ...(summary === undefined ? {} : { userMetadata: { summary: payload(summary) } }),
    scheduleActivityTaskCommandAttributes: {
      activityId: id,
      activityType: { name: type },
      taskQueue: { name: queue },
      input: payloads(input ?? {}),
      startToCloseTimeout: toDuration(startToClose),
      ...(scheduleToClose === undefined ? {} : { scheduleToCloseTimeout: toDuration(scheduleToClose) }),
      ...(heartbeat === undefined ? {} : { heartbeatTimeout: toDuration(heartbeat) }),
      retryPolicy:
        retry === undefined
          ? { maximumAttempts: 1 }
          : {
              initialInterval: toDuration(retry.firstMs),
              backoffCoefficient: retry.factor,
              maximumInterval: toDuration(retry.mostMs),
              maximumAttempts: retry.attempts ?? 0,
            },
    },
  };
}

export const child = (
  workflowId: string,
  type: string,
  { input, queue = 'orders' }: { input?: unknown; queue?: string } = {},
): Command => ({
  commandType: CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION,
  startChildWorkflowExecutionCommandAttributes: {
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: queue },
    input: payloads(input ?? {}),
  },
});

export const attributes = (fields: Readonly<Record<string, unknown>>): Command => ({
  commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields: payloadMap(fields) } },
});

export const payloadMap = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, payload(value)]));

export const marker = (markerName: string, details: Readonly<Record<string, unknown>>): Command => ({
  commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
  recordMarkerCommandAttributes: {
    markerName,
    details: Object.fromEntries(Object.entries(details).map(([name, value]) => [name, payloads(value)])),
  },
});

export const failRun = (fault: Fault): Command => ({
  commandType: CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
  failWorkflowExecutionCommandAttributes: { failure: failureOf(fault) },
});

export const goOn = (type: string, queue: string, input: unknown): Command => ({
  commandType: CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
  continueAsNewWorkflowExecutionCommandAttributes: {
    workflowType: { name: type },
    taskQueue: { name: queue },
    input: payloads(input),
  },
});

export const signalOther = (workflowId: string, signalName: string, input: unknown): Command => ({
  commandType: CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
  signalExternalWorkflowExecutionCommandAttributes: { execution: { workflowId }, signalName, input: payloads(input) },
});

/** What a worker says to accept an update that a task brings, and what it answers with at once. */
export function answerOf(request: Message, result: unknown): { readonly commands: Command[]; readonly messages: Message[] } {
  const updateId = request.protocolInstanceId ?? '';
  const { Acceptance, Response } = api.update.v1;
  const accepted = Acceptance.encode({
    acceptedRequestMessageId: request.id ?? '',
    acceptedRequestSequencingEventId: toLong(Number(request.eventId ?? 0)),
  }).finish();
  const responded = Response.encode({
    meta: { updateId, identity: 'r.osei' },
    outcome: { success: payloads(result) },
  }).finish();
  const of = (kind: string, type: string, value: Uint8Array): Message => ({
    id: `${updateId}/${kind}`,
    protocolInstanceId: updateId,
    body: { type_url: `type.googleapis.com/temporal.api.update.v1.${type}`, value },
  });
  const messages = [of('accept', 'Acceptance', accepted), of('complete', 'Response', responded)];
  const commands = messages.map(({ id }) => ({
    commandType: CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE,
    protocolMessageCommandAttributes: { messageId: id ?? '' },
  }));
  return { commands, messages };
}
