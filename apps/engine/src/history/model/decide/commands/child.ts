import { api } from '@tidemark/protocol/api';
import { fromDuration, toDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { faultOfCron } from '../../cron.ts';
import { faultOfPriority } from '../../priority.ts';
import { completeRetryPolicy, faultOfRetryPolicy } from '../../retry.ts';
import { faultOfTaskQueueName } from '../../task-queue-name.ts';
import type { CommandContext, Handler, Refusal } from './command.ts';
import { faultOfLength, metadataOf, namespaceOf, refuse } from './command.ts';

const { ParentClosePolicy, TaskQueueKind, WorkflowIdReusePolicy, WorkflowTaskFailedCause: Cause } = api.enums.v1;
type StartAttributes = temporal.api.command.v1.IStartChildWorkflowExecutionCommandAttributes;

/** Writes that the child is wanted; it is started once that is committed. */
export const startChildWorkflow: Handler<StartAttributes> = (context, attributes, command) => {
  const { step, completedEventId } = context;
  const refusal = faultOf(context, attributes);
  if (refusal !== undefined) return refusal;
  const { namespace, namespaceId } = namespaceOf(context, attributes.namespace);
  step.write({
    name: 'startChildWorkflowExecutionInitiated',
    attributes: {
      namespace: namespace || context.namespace,
      namespaceId,
      workflowId: attributes.workflowId ?? '',
      workflowType: attributes.workflowType ?? null,
      taskQueue: {
        name: attributes.taskQueue?.name || (step.derived.start.taskQueue?.name ?? ''),
        kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
      },
      ...(attributes.input ? { input: attributes.input } : {}),
      ...timeoutsOf(context, attributes),
      parentClosePolicy: attributes.parentClosePolicy || ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE,
      control: attributes.control ?? '',
      workflowTaskCompletedEventId: toLong(completedEventId),
      workflowIdReusePolicy: attributes.workflowIdReusePolicy || WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
      ...(attributes.retryPolicy ? { retryPolicy: completeRetryPolicy(attributes.retryPolicy) } : {}),
      cronSchedule: attributes.cronSchedule ?? '',
      ...(attributes.header ? { header: attributes.header } : {}),
      ...(attributes.memo ? { memo: attributes.memo } : {}),
      ...(attributes.searchAttributes ? { searchAttributes: attributes.searchAttributes } : {}),
      inheritBuildId: attributes.inheritBuildId ?? false,
      ...(attributes.priority ? { priority: attributes.priority } : {}),
    },
    ...metadataOf(command),
  });
  return undefined;
};

function faultOf(context: CommandContext, attributes: StartAttributes): Refusal | undefined {
  const { step, faultOfSearchAttributes } = context;
  const bad = (message: string): Refusal => refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_CHILD_EXECUTION_ATTRIBUTES, message);
  const { idBytesMax, pendingChildrenMax } = step.env.limits;
  if (namespaceOf(context, attributes.namespace).isOther) return bad('cross namespace commands are not allowed');
  if (!attributes.workflowId)
    return bad(`Required field WorkflowId is not set on StartChildWorkflowExecutionCommand.${whichOf(context, attributes)}`);
  if (!attributes.workflowType?.name)
    return bad(`Required field WorkflowType is not set on StartChildWorkflowExecutionCommand.${whichOf(context, attributes)}`);
  const lengthFault = faultOfLengths(context, attributes);
  if (lengthFault !== undefined) return bad(lengthFault);
  const which = whichOf(context, attributes);
  const queueFault = faultOfTaskQueueName(attributes.taskQueue?.name, idBytesMax);
  if (queueFault !== undefined) return bad(`invalid TaskQueue on StartChildWorkflowExecutionCommand: ${queueFault}.${which}`);
  for (const name of ['WorkflowExecutionTimeout', 'WorkflowRunTimeout', 'WorkflowTaskTimeout'] as const) {
    const value = attributes[`${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<typeof name>];
    if ((fromDuration(value) ?? 0) < 0) return bad(`Invalid ${name} on StartChildWorkflowExecutionCommand: negative duration.${which}`);
  }
  const retryFault = faultOfRetryPolicy(attributes.retryPolicy);
  if (retryFault !== undefined) return bad(`invalid WorkflowRetryPolicy on StartChildWorkflowExecutionCommand: ${retryFault}.${which}`);
  const cronFault = attributes.cronSchedule ? faultOfCron(attributes.cronSchedule) : undefined;
  if (cronFault !== undefined) return bad(`invalid CronSchedule on StartChildWorkflowExecutionCommand: ${cronFault}.${which}`);
  const priorityFault = faultOfPriority(attributes.priority);
  if (priorityFault !== undefined) return bad(priorityFault);
  const fault = attributes.searchAttributes ? faultOfSearchAttributes(attributes.searchAttributes) : undefined;
  if (fault !== undefined) return refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES, fault);
  if (step.derived.children.size < pendingChildrenMax) return undefined;
  const text = `the number of pending child workflow executions, ${step.derived.children.size}, has reached the limit of ${pendingChildrenMax}`;
  return refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED, text);
}

function faultOfLengths(context: CommandContext, { workflowId, workflowType }: StartAttributes): string | undefined {
  const { idBytesMax } = context.step.env.limits;
  const command = 'StartChildWorkflowExecutionCommand';
  const id = { field: 'WorkflowId', command, value: workflowId ?? '', after: whichOf(context, { workflowType: workflowType ?? null }) };
  const type = {
    field: 'WorkflowType',
    command,
    value: workflowType?.name ?? '',
    before: ` WorkflowId=${workflowId}`,
    after: whichOf(context, {}),
  };
  return faultOfLength(idBytesMax, id) ?? faultOfLength(idBytesMax, type);
}

/** Says which child is meant, as far as the command does. */
function whichOf({ namespace }: CommandContext, { workflowId, workflowType }: StartAttributes): string {
  const named = [workflowId ? ` WorkflowId=${workflowId}` : '', workflowType?.name ? ` WorkflowType=${workflowType.name}` : ''];
  return `${named.join('')} Namespace=${namespace}`;
}

type Timeouts = Pick<StartAttributes, 'workflowExecutionTimeout' | 'workflowRunTimeout' | 'workflowTaskTimeout'>;

/** A run never outlives its execution, and a task never its run. */
function timeoutsOf({ step }: CommandContext, attributes: StartAttributes): Timeouts {
  const { limits } = step.env;
  const execution = fromDuration(attributes.workflowExecutionTimeout) ?? 0;
  const givenRun = fromDuration(attributes.workflowRunTimeout) ?? 0;
  const run = execution > 0 ? Math.min(givenRun || execution, execution) : givenRun;
  const givenTask = fromDuration(attributes.workflowTaskTimeout) || limits.workflowTaskTimeoutDefaultMs;
  return {
    ...(execution > 0 ? { workflowExecutionTimeout: toDuration(execution) } : {}),
    ...(run > 0 ? { workflowRunTimeout: toDuration(run) } : {}),
    workflowTaskTimeout: toDuration(Math.min(givenTask, limits.workflowTaskTimeoutMaxMs, run || Infinity)),
  };
}
