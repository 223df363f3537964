/** Signals and cancel requests to other workflows: written here, carried out once that is committed. */
import { api } from '@tidemark/protocol/api';
import { toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { PendingExternal } from '../../derived.ts';
import type { CommandContext, FailedCause, Handler } from './command.ts';
import { faultOfLength, metadataOf, namespaceOf, refuse } from './command.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;
type SignalAttributes = temporal.api.command.v1.ISignalExternalWorkflowExecutionCommandAttributes;
type CancelAttributes = temporal.api.command.v1.IRequestCancelExternalWorkflowExecutionCommandAttributes;

export const signalExternal: Handler<SignalAttributes> = (context, attributes, command) => {
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES;
  const name = 'SignalExternalWorkflowExecutionCommand';
  if (!attributes.execution) return refuse(cause, `Execution is not set on ${name}.`);
  const { workflowId, runId } = attributes.execution;
  const signalName = attributes.signalName ?? '';
  const place = `Namespace=${attributes.namespace ?? ''} RunId=${runId ?? ''}`;
  const which = ` ${place} SignalName=${signalName}`;
  const fault = faultOfTarget(context, { name, workflowId, runId, namespace: attributes.namespace, which });
  if (fault !== undefined) return refuse(cause, fault);
  if (signalName === '') return refuse(cause, `SignalName is not set on ${name}. WorkflowId=${workflowId} ${place}`);
  const lengthFault = faultOfLength(context.step.env.limits.idBytesMax, { field: 'SignalName', command: name, value: signalName });
  if (lengthFault !== undefined) return refuse(cause, lengthFault);
  const tooMany = faultOfCount(context, 'signal', Cause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_SIGNALS_LIMIT_EXCEEDED);
  if (tooMany !== undefined) return tooMany;
  const { namespace, namespaceId } = namespaceOf(context, attributes.namespace);
  context.step.write({
    name: 'signalExternalWorkflowExecutionInitiated',
    attributes: {
      workflowTaskCompletedEventId: toLong(context.completedEventId),
      namespace,
      namespaceId,
      workflowExecution: { workflowId: workflowId ?? '', runId: runId ?? '' },
      signalName,
      ...(attributes.input ? { input: attributes.input } : {}),
      ...(attributes.header ? { header: attributes.header } : {}),
      control: attributes.control ?? '',
      childWorkflowOnly: attributes.childWorkflowOnly ?? false,
    },
    ...metadataOf(command),
  });
  return undefined;
};

export const requestCancelExternal: Handler<CancelAttributes> = (context, attributes, command) => {
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES;
  const name = 'RequestCancelExternalWorkflowExecutionCommand';
  const { workflowId, runId, namespace: given } = attributes;
  const which = ` RunId=${runId ?? ''} Namespace=${given ?? ''}`;
  const fault = faultOfTarget(context, { name, workflowId, runId, namespace: given, which });
  if (fault !== undefined) return refuse(cause, fault);
  if (startsInThisTask(context, workflowId ?? '')) {
    const text = 'Start and RequestCancel for child workflow is not allowed in same workflow task.';
    return refuse(cause, `${text} WorkflowId=${workflowId}${which}`);
  }
  const tooMany = faultOfCount(context, 'cancel', Cause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED);
  if (tooMany !== undefined) return tooMany;
  const { namespace, namespaceId } = namespaceOf(context, given);
  context.step.write({
    name: 'requestCancelExternalWorkflowExecutionInitiated',
    attributes: {
      workflowTaskCompletedEventId: toLong(context.completedEventId),
      namespace,
      namespaceId,
      workflowExecution: { workflowId: workflowId ?? '', runId: runId ?? '' },
      control: attributes.control ?? '',
      childWorkflowOnly: attributes.childWorkflowOnly ?? false,
      reason: attributes.reason ?? '',
    },
    ...metadataOf(command),
  });
  return undefined;
};

interface Target {
  /** Of the command, for messages. */
  readonly name: string;
  readonly workflowId: string | null | undefined;
  readonly runId: string | null | undefined;
  readonly namespace: string | null | undefined;
  /** What else the command says, for messages. */
  readonly which: string;
}

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function faultOfTarget(context: CommandContext, { name, workflowId, runId, namespace, which }: Target): string | undefined {
  if (namespaceOf(context, namespace).isOther) return 'cross namespace commands are not allowed';
  if (!workflowId) return `WorkflowId is not set on ${name}.${which}`;
  if (runId && !uuid.test(runId)) return `Invalid RunId set on ${name}. WorkflowId=${workflowId}${which}`;
  return faultOfLength(context.step.env.limits.idBytesMax, { field: 'WorkflowId', command: name, value: workflowId, after: which });
}

function startsInThisTask({ step, completedEventId }: CommandContext, workflowId: string): boolean {
  // What this task wrote has ids after its completion, so only those children are looked at.
  for (let id = completedEventId + 1; id < step.derived.nextEventId; id += 1) {
    if (step.derived.children.get(id)?.attributes.workflowId === workflowId) return true;
  }
  return false;
}

function faultOfCount({ step }: CommandContext, kind: PendingExternal['kind'], cause: FailedCause) {
  const { pendingExternalsMax } = step.env.limits;
  // Only a run with very many outstanding is worth counting by kind.
  if (step.derived.externals.size < pendingExternalsMax) return undefined;
  let count = 0;
  for (const external of step.derived.externals.values()) if (external.kind === kind) count += 1;
  if (count < pendingExternalsMax) return undefined;
  const what = kind === 'signal' ? 'signals to external workflows' : 'requests to cancel external workflows';
  return refuse(cause, `the number of pending ${what}, ${count}, has reached the limit of ${pendingExternalsMax}`);
}
