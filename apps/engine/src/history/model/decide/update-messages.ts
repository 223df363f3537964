/** What a worker says of updates with its completion: accepted, rejected, completed. */
import { api } from '@tidemark/protocol/api';
import { toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Step } from '../step.ts';
import type { UpdateRefusal } from '../volatile.ts';
import type { Refusal } from './commands/command.ts';
import { refuse } from './commands/command.ts';
import { waitingUpdates } from './update.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;

/** A message of a completion, its body decoded. */
export type UpdateMessage = { readonly id: string; readonly updateId: string } & (
  | { readonly kind: 'acceptance'; readonly body: temporal.api.update.v1.IAcceptance }
  | { readonly kind: 'rejection'; readonly body: temporal.api.update.v1.IRejection }
  | { readonly kind: 'response'; readonly body: temporal.api.update.v1.IResponse }
);

const bad = (message: string): Refusal => refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE, message);

/** Takes the messages of one completion in the order its commands ask for; what no command names comes last. */
export class UpdateMessages {
  private readonly left: Map<string, UpdateMessage>;

  constructor(
    private readonly step: Step,
    messages: readonly UpdateMessage[],
  ) {
    this.left = new Map(messages.map((message) => [message.id, message]));
  }

  takeNamed(messageId: string): Refusal | undefined {
    const message = this.left.get(messageId);
    if (messageId === '') return bad('MessageID is not set on ProtocolMessageCommand.');
    if (message === undefined) return bad(`ProtocolMessageCommand referenced absent message ID ${messageId}`);
    this.left.delete(messageId);
    return take(this.step, message);
  }

  takeRest(): Refusal | undefined {
    for (const message of this.left.values()) {
      // A closed run takes no more events; what is rejected needs none.
      if (this.step.derived.closedAt !== undefined && message.kind !== 'rejection') continue;
      const refusal = take(this.step, message);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }
}

function take(step: Step, message: UpdateMessage): Refusal | undefined {
  switch (message.kind) {
    case 'acceptance':
      return accept(step, message.updateId, message.body);
    case 'rejection':
      return reject(step, message.updateId, message.body);
    case 'response':
      return complete(step, message.updateId, message.body);
  }
}

function accept(step: Step, updateId: string, body: temporal.api.update.v1.IAcceptance): Refusal | undefined {
  const record = step.derived.updates.get(updateId);
  if (record !== undefined && record.acceptedEventId !== 0) return bad(`update ${updateId} was accepted already`);
  const admitted = step.volatile.admitted.get(updateId);
  // A worker that brings the whole request revives an update that was lost here meanwhile.
  const acceptedRequest = admitted?.request ?? body.acceptedRequest ?? undefined;
  if (record === undefined && acceptedRequest === undefined) return bad(`update ${updateId} not found`);
  if (admitted !== undefined) step.note({ type: 'updateGone', updateId, refusal: undefined });
  step.write({
    name: 'workflowExecutionUpdateAccepted',
    attributes: {
      protocolInstanceId: updateId,
      acceptedRequestMessageId: body.acceptedRequestMessageId ?? '',
      acceptedRequestSequencingEventId: body.acceptedRequestSequencingEventId ?? toLong(0),
      ...(record === undefined && acceptedRequest !== undefined ? { acceptedRequest } : {}),
    },
  });
  return undefined;
}

function reject(step: Step, updateId: string, body: temporal.api.update.v1.IRejection): Refusal | undefined {
  const record = step.derived.updates.get(updateId);
  if (record !== undefined && record.acceptedEventId !== 0) return bad(`update ${updateId} was accepted already`);
  if (!body.failure) return bad(`rejection of update ${updateId} holds no failure`);
  step.note({ type: 'updateGone', updateId, refusal: { kind: 'rejected', failure: body.failure } });
  return undefined;
}

function complete(step: Step, updateId: string, body: temporal.api.update.v1.IResponse): Refusal | undefined {
  const record = step.derived.updates.get(updateId);
  if (record === undefined || record.acceptedEventId === 0) return bad(`update ${updateId} was not accepted`);
  if (record.completedEventId !== 0) return bad(`update ${updateId} was completed already`);
  if (!body.outcome) return bad(`response to update ${updateId} holds no outcome`);
  step.write({
    name: 'workflowExecutionUpdateCompleted',
    attributes: {
      meta: { updateId, identity: body.meta?.identity ?? '' },
      acceptedEventId: toLong(record.acceptedEventId),
      outcome: body.outcome,
    },
  });
  return undefined;
}

const unprocessed: UpdateRefusal = {
  kind: 'rejected',
  failure: {
    message: 'The worker neither accepted nor rejected the update; most likely its SDK does not support updates.',
    source: 'Server',
    applicationFailureInfo: { type: 'UnprocessedUpdate', nonRetryable: true },
  },
};

/** Updates the worker was given and said nothing of are rejected in its place. */
export function rejectUnprocessed(step: Step): void {
  refuseSent(step, unprocessed);
}

/** Ends the wait for every update that went out with the task in flight. */
export function refuseSent(step: Step, refusal: UpdateRefusal): void {
  for (const { updateId, isSent } of waitingUpdates(step.state)) {
    if (isSent) step.note({ type: 'updateGone', updateId, refusal });
  }
}

/** All that wait go out with the task that a worker takes. */
export function markSent(step: Step): void {
  const admitted = [...step.volatile.admitted.entries()];
  for (const [updateId, update] of admitted) {
    if (!update.isSent) step.note({ type: 'updateAdmitted', updateId, update: { ...update, isSent: true } });
  }
}
