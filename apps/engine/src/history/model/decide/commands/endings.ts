/** Commands that end the run. None may while there is something the workflow has not seen. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { ContinueCommand } from '../../next-run.ts';
import { continueAsNew, cronRun, runAfterFailure } from '../../next-run.ts';
import { faultOfRetryPolicy } from '../../retry.ts';
import { faultOfTaskQueueName } from '../../task-queue-name.ts';
import type { CommandContext, Handler, Refusal } from './command.ts';
import { faultOfLength, metadataOf, refuse } from './command.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;

function unhandled({ hasUnseenEvents }: CommandContext): Refusal | undefined {
  return hasUnseenEvents ? refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND, '') : undefined;
}

export const completeWorkflow: Handler<temporal.api.command.v1.ICompleteWorkflowExecutionCommandAttributes> = (
  context,
  attributes,
  command,
) => {
  const refusal = unhandled(context);
  if (refusal !== undefined) return refusal;
  const next = cronRun(context.step, { lastCompletionResult: attributes.result ?? null });
  if (next !== undefined) context.following.push(next);
  context.step.write({
    name: 'workflowExecutionCompleted',
    attributes: {
      ...(attributes.result ? { result: attributes.result } : {}),
      workflowTaskCompletedEventId: toLong(context.completedEventId),
      newExecutionRunId: next?.key.runId ?? '',
    },
    ...metadataOf(command),
  });
  return undefined;
};

export const failWorkflow: Handler<temporal.api.command.v1.IFailWorkflowExecutionCommandAttributes> = (context, attributes, command) => {
  const refusal = unhandled(context);
  if (refusal !== undefined) return refusal;
  const { failure } = attributes;
  if (!failure)
    return refuse(
      Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES,
      'Failure is not set on FailWorkflowExecutionCommand.',
    );
  const { retryState, next } = runAfterFailure(context.step, failure);
  if (next !== undefined) context.following.push(next);
  context.step.write({
    name: 'workflowExecutionFailed',
    attributes: {
      failure,
      retryState,
      workflowTaskCompletedEventId: toLong(context.completedEventId),
      newExecutionRunId: next?.key.runId ?? '',
    },
    ...metadataOf(command),
  });
  return undefined;
};

export const cancelWorkflow: Handler<temporal.api.command.v1.ICancelWorkflowExecutionCommandAttributes> = (
  context,
  attributes,
  command,
) => {
  const refusal = unhandled(context);
  if (refusal !== undefined) return refusal;
  context.step.write({
    name: 'workflowExecutionCanceled',
    attributes: {
      ...(attributes.details ? { details: attributes.details } : {}),
      workflowTaskCompletedEventId: toLong(context.completedEventId),
    },
    ...metadataOf(command),
  });
  return undefined;
};

export const continueWorkflowAsNew: Handler<ContinueCommand> = (context, attributes, command) => {
  const refusal = unhandled(context) ?? faultOf(context, attributes);
  if (refusal !== undefined) return refusal;
  const { step, completedEventId } = context;
  const next = continueAsNew(context, attributes, step.env.newId());
  const { start } = next.state.derived;
  context.following.push(next);
  step.write({
    name: 'workflowExecutionContinuedAsNew',
    attributes: {
      newExecutionRunId: next.key.runId,
      workflowType: start.workflowType ?? null,
      taskQueue: start.taskQueue ?? null,
      input: attributes.input ?? null,
      workflowRunTimeout: start.workflowRunTimeout ?? null,
      workflowTaskTimeout: start.workflowTaskTimeout ?? null,
      workflowTaskCompletedEventId: toLong(completedEventId),
      backoffStartInterval: attributes.backoffStartInterval ?? null,
      initiator: attributes.initiator ?? 0,
      failure: attributes.failure ?? null,
      lastCompletionResult: attributes.lastCompletionResult ?? null,
      header: attributes.header ?? null,
      memo: attributes.memo ?? null,
      searchAttributes: attributes.searchAttributes ?? null,
    },
    ...metadataOf(command),
  });
  return undefined;
};

function faultOf({ step, faultOfSearchAttributes }: CommandContext, attributes: ContinueCommand): Refusal | undefined {
  const bad = (message: string): Refusal => refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES, message);
  const { idBytesMax } = step.env.limits;
  const command = 'ContinueAsNewWorkflowExecutionCommand';
  const type = attributes.workflowType?.name ?? '';
  const which = `WorkflowType=${type}`;
  const lengthFault = faultOfLength(idBytesMax, { field: 'WorkflowType', command, value: type });
  if (lengthFault !== undefined) return bad(lengthFault);
  const queueFault = faultOfTaskQueueName(attributes.taskQueue?.name, idBytesMax);
  if (queueFault !== undefined) return bad(`error validating ${command} TaskQueue: ${queueFault}. ${which}`);
  for (const name of ['WorkflowRunTimeout', 'WorkflowTaskTimeout', 'BackoffStartInterval'] as const) {
    const value = attributes[`${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<typeof name>];
    if ((fromDuration(value) ?? 0) < 0) return bad(`Invalid ${name} on ${command}: negative duration. ${which}`);
  }
  const retryFault = faultOfRetryPolicy(attributes.retryPolicy);
  if (retryFault !== undefined) return bad(`invalid WorkflowRetryPolicy on ${command}: ${retryFault}. ${which}`);
  const fault = attributes.searchAttributes ? faultOfSearchAttributes(attributes.searchAttributes) : undefined;
  return fault === undefined ? undefined : refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES, fault);
}
