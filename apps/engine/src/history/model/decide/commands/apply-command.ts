/** One command to its handler. A type this engine does not carry out fails the workflow task and says so. */
import { api } from '@tidemark/protocol/api';
import { requestCancelActivityTask, scheduleActivityTask } from './activity.ts';
import { startChildWorkflow } from './child.ts';
import type { Command, CommandContext, FailedCause, Handler, Refusal } from './command.ts';
import { refuse } from './command.ts';
import { cancelWorkflow, completeWorkflow, continueWorkflowAsNew, failWorkflow } from './endings.ts';
import { requestCancelExternal, signalExternal } from './external.ts';
import { modifyWorkflowProperties, recordMarker, upsertSearchAttributes } from './records.ts';
import { faultOfSize } from './sizes.ts';
import { cancelTimer, startTimer } from './timer.ts';

const { CommandType, WorkflowTaskFailedCause: Cause } = api.enums.v1;

const endings: ReadonlySet<number> = new Set([
  CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
  CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
  CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION,
  CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
]);
export const isEnding = (command: Command): boolean => endings.has(command.commandType ?? 0);

const known = new Set<number>(Object.values(CommandType).filter((value): value is number => typeof value === 'number' && value !== 0));
export const isKnown = (command: Command): boolean => known.has(command.commandType ?? 0);

type AttributesKey = Extract<keyof Command, `${string}CommandAttributes`>;
type Attributes<Key extends AttributesKey> = NonNullable<Command[Key]>;

interface Entry {
  readonly key: AttributesKey;
  /** Of a command that comes without attributes, or with more than fits. */
  readonly cause: FailedCause;
  readonly handle: Handler<never>;
}

const entry = <Key extends AttributesKey>(key: Key, cause: FailedCause, handle: Handler<Attributes<Key>>): Entry => ({
  key,
  cause,
  handle,
});

const entries: Readonly<Record<number, Entry>> = {
  [CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK]: entry(
    'scheduleActivityTaskCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES,
    scheduleActivityTask,
  ),
  [CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK]: entry(
    'requestCancelActivityTaskCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES,
    requestCancelActivityTask,
  ),
  [CommandType.COMMAND_TYPE_START_TIMER]: entry(
    'startTimerCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_TIMER_ATTRIBUTES,
    startTimer,
  ),
  [CommandType.COMMAND_TYPE_CANCEL_TIMER]: entry(
    'cancelTimerCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_TIMER_ATTRIBUTES,
    cancelTimer,
  ),
  [CommandType.COMMAND_TYPE_RECORD_MARKER]: entry(
    'recordMarkerCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_RECORD_MARKER_ATTRIBUTES,
    recordMarker,
  ),
  [CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES]: entry(
    'upsertWorkflowSearchAttributesCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES,
    upsertSearchAttributes,
  ),
  [CommandType.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES]: entry(
    'modifyWorkflowPropertiesCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES,
    modifyWorkflowProperties,
  ),
  [CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION]: entry(
    'completeWorkflowExecutionCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_COMPLETE_WORKFLOW_EXECUTION_ATTRIBUTES,
    completeWorkflow,
  ),
  [CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION]: entry(
    'failWorkflowExecutionCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES,
    failWorkflow,
  ),
  [CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION]: entry(
    'cancelWorkflowExecutionCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_WORKFLOW_EXECUTION_ATTRIBUTES,
    cancelWorkflow,
  ),
  [CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION]: entry(
    'continueAsNewWorkflowExecutionCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES,
    continueWorkflowAsNew,
  ),
  [CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION]: entry(
    'startChildWorkflowExecutionCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_CHILD_EXECUTION_ATTRIBUTES,
    startChildWorkflow,
  ),
  [CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION]: entry(
    'signalExternalWorkflowExecutionCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES,
    signalExternal,
  ),
  [CommandType.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION]: entry(
    'requestCancelExternalWorkflowExecutionCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES,
    requestCancelExternal,
  ),
  [CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE]: entry(
    'protocolMessageCommandAttributes',
    Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE,
    ({ messages }, { messageId }) => messages.takeNamed(messageId ?? ''),
  ),
};

export function applyCommand(context: CommandContext, command: Command): Refusal | undefined {
  const found = entries[command.commandType ?? 0];
  if (found === undefined) {
    const name = CommandType[command.commandType ?? 0] ?? 'this command';
    return refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_FEATURE_DISABLED, `${name} is not implemented by this server`);
  }
  const { key, cause, handle } = found;
  const name = key.charAt(0).toUpperCase() + key.slice(1);
  const attributes = command[key];
  if (!attributes) return refuse(cause, `${name} is not set on ${name.replace(/Attributes$/, '')}.`);
  const oversize = faultOfSize(attributes, context.step.env.limits);
  if (oversize !== undefined) {
    // The reference names this cause for a result, and clients have learnt it.
    const shown =
      key === 'completeWorkflowExecutionCommandAttributes' ? Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES : cause;
    return { ...refuse(shown, `${name}.${oversize} exceeds size limit.`), endsRun: true };
  }
  // Each entry ties its handler to the attributes its key names; `never` is what all of them have in common.
  return handle(context, attributes as never, command);
}
