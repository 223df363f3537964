/** One command to its handler. A type this engine does not carry out fails the workflow task and says so. */
import { api } from '@tidemark/protocol/api';
import { requestCancelActivityTask, scheduleActivityTask } from './activity.ts';
import type { Command, CommandContext, Refusal } from './command.ts';
import { refuse } from './command.ts';
import { startChildWorkflow } from './child.ts';
import { cancelWorkflow, completeWorkflow, continueWorkflowAsNew, failWorkflow } from './endings.ts';
import { requestCancelExternal, signalExternal } from './external.ts';
import { modifyWorkflowProperties, recordMarker, upsertSearchAttributes } from './records.ts';
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

export function applyCommand(context: CommandContext, command: Command): Refusal | undefined {
  switch (command.commandType) {
    case CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK:
      return scheduleActivityTask(context, command.scheduleActivityTaskCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK:
      return requestCancelActivityTask(context, command.requestCancelActivityTaskCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_START_TIMER:
      return startTimer(context, command.startTimerCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_CANCEL_TIMER:
      return cancelTimer(context, command.cancelTimerCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_RECORD_MARKER:
      return recordMarker(context, command.recordMarkerCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
      return upsertSearchAttributes(context, command.upsertWorkflowSearchAttributesCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES:
      return modifyWorkflowProperties(context, command.modifyWorkflowPropertiesCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION:
      return completeWorkflow(context, command.completeWorkflowExecutionCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION:
      return failWorkflow(context, command.failWorkflowExecutionCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION:
      return cancelWorkflow(context, command.cancelWorkflowExecutionCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION:
      return continueWorkflowAsNew(context, command.continueAsNewWorkflowExecutionCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION:
      return startChildWorkflow(context, command.startChildWorkflowExecutionCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION:
      return signalExternal(context, command.signalExternalWorkflowExecutionCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION:
      return requestCancelExternal(context, command.requestCancelExternalWorkflowExecutionCommandAttributes ?? {}, command);
    case CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE:
      return context.messages.takeNamed(command.protocolMessageCommandAttributes?.messageId ?? '');
    default:
      return refuse(
        Cause.WORKFLOW_TASK_FAILED_CAUSE_FEATURE_DISABLED,
        `${CommandType[command.commandType ?? 0] ?? 'this command'} is not implemented by this server`,
      );
  }
}
