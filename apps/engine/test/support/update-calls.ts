/** Updates over the wire: as clients send them to a whole engine, and as workers answer them there. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { payloadsOf, valuesOf } from './payloads.ts';
import type { RunName, WholeEngine, WorkflowTask } from './whole-engine.ts';
import { NAMESPACE } from './whole-engine.ts';

const { CommandType, UpdateWorkflowExecutionLifecycleStage: Stage } = api.enums.v1;
const { Acceptance, Rejection, Response } = api.update.v1;
const PACKAGE = 'type.googleapis.com/temporal.api.update.v1.';
type Stage = temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
type Message = temporal.api.protocol.v1.IMessage;
type UpdateResponse = WorkflowMethods['updateWorkflowExecution']['response'];
type UpdateRequest = WorkflowMethods['updateWorkflowExecution']['request'];

export const ACCEPTED = Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED;
export const UNSPECIFIED = Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_UNSPECIFIED;
export const COMPLETED = Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED;

/** Without `until` the caller waits for the outcome, for ten seconds at most. */
export const updateRequest = ({ workflowId, runId = '' }: RunName, updateId: string, until: Stage = COMPLETED): UpdateRequest => ({
  namespace: NAMESPACE,
  workflowExecution: { workflowId, runId },
  waitPolicy: { lifecycleStage: until },
  request: { meta: { updateId, identity: 'client' }, input: { name: 'add', args: payloadsOf(updateId) } },
});
export const sendUpdate = (engine: WholeEngine, run: RunName, updateId: string, until: Stage = COMPLETED): Promise<UpdateResponse> =>
  engine.workflow.updateWorkflowExecution(updateRequest(run, updateId, until), { deadline: Date.now() + 10_000 });

/** Sends an update and waits until the engine knows it, so that the next task carries it. */
export async function admitUpdate(engine: WholeEngine, run: RunName, updateId: string, until: Stage = COMPLETED) {
  const response = sendUpdate(engine, run, updateId, until);
  // Whoever asks for the response hears of a refusal.
  const over = response.then(
    () => true,
    () => true,
  );
  const isKnown = () =>
    pollUpdate(engine, run, updateId, UNSPECIFIED).then(
      () => true,
      () => false,
    );
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await Promise.race([over, isKnown()])) return { response };
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`update ${updateId} was not admitted`);
}

export const pollUpdate = (engine: WholeEngine, { workflowId, runId = '' }: RunName, updateId: string, until: Stage = COMPLETED) =>
  engine.workflow.pollWorkflowExecutionUpdate(
    {
      namespace: NAMESPACE,
      updateRef: { workflowExecution: { workflowId, runId }, updateId },
      waitPolicy: { lifecycleStage: until },
    },
    { deadline: Date.now() + 10_000 },
  );

/** The value of a success, or the type and message of a failure. */
export function outcomeOf({ outcome }: Pick<UpdateResponse, 'outcome'>): unknown {
  if (outcome?.failure) return outcome.failure.applicationFailureInfo?.type || outcome.failure.message;
  return outcome?.success ? valuesOf(outcome.success)[0] : undefined;
}

/** The ids of the updates that a task carries, in their order. */
export const updatesIn = ({ messages }: WorkflowTask): readonly string[] =>
  messages.map(({ protocolInstanceId }) => protocolInstanceId ?? '');

export const acceptance = (updateId: string, over: temporal.api.update.v1.IAcceptance = {}): Message => ({
  id: `${updateId}/accept`,
  protocolInstanceId: updateId,
  body: {
    type_url: `${PACKAGE}Acceptance`,
    value: Acceptance.encode({
      acceptedRequestMessageId: `${updateId}/request`,
      acceptedRequestSequencingEventId: toLong(2),
      ...over,
    }).finish(),
  },
});
export const rejection = (updateId: string, message = 'no'): Message => ({
  id: `${updateId}/reject`,
  protocolInstanceId: updateId,
  body: {
    type_url: `${PACKAGE}Rejection`,
    value: Rejection.encode({
      rejectedRequestMessageId: `${updateId}/request`,
      rejectedRequestSequencingEventId: toLong(2),
      failure: { message },
    }).finish(),
  },
});
export const completion = (updateId: string, value: unknown = 'done'): Message => ({
  id: `${updateId}/complete`,
  protocolInstanceId: updateId,
  body: {
    type_url: `${PACKAGE}Response`,
    value: Response.encode({ meta: { updateId, identity: 'worker' }, outcome: { success: payloadsOf(value) } }).finish(),
  },
});

/** The command that gives a message its place among the others. */
export const placed = ({ id }: Message): Command => ({
  commandType: CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE,
  protocolMessageCommandAttributes: { messageId: id ?? '' },
});

/** Answers a task with these messages, each in its place, and then with these commands. */
export const answerUpdates = (engine: WholeEngine, task: WorkflowTask, messages: readonly Message[], ...commands: readonly Command[]) =>
  engine.complete(task, [...messages.filter(({ id }) => !id?.endsWith('/reject')).map(placed), ...commands], {
    messages: [...messages],
    capabilities: { discardSpeculativeWorkflowTaskWithEvents: true },
  });

export const accepted = (updateId: string) => [acceptance(updateId)];
export const carriedOut = (updateId: string, value: unknown = 'done') => [acceptance(updateId), completion(updateId, value)];
