/** Commands as workers send them, with what does not matter filled in. */
import { api } from '@tidemark/protocol/api';
import { toDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Command } from '../../src/history/model/decide/commands/command.ts';

const { CommandType } = api.enums.v1;

export const activity = (activityId: string, over: temporal.api.command.v1.IScheduleActivityTaskCommandAttributes = {}): Command => ({
  commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
  scheduleActivityTaskCommandAttributes: {
    activityId,
    activityType: { name: 'step' },
    taskQueue: { name: 'queue' },
    startToCloseTimeout: toDuration(5000),
    ...over,
  },
});
export const cancelActivity = (scheduledEventId: number): Command => ({
  commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK,
  requestCancelActivityTaskCommandAttributes: { scheduledEventId: toLong(scheduledEventId) },
});
export const timer = (timerId: string, ms: number): Command => ({
  commandType: CommandType.COMMAND_TYPE_START_TIMER,
  startTimerCommandAttributes: { timerId, startToFireTimeout: toDuration(ms) },
});
export const cancelTimer = (timerId: string): Command => ({
  commandType: CommandType.COMMAND_TYPE_CANCEL_TIMER,
  cancelTimerCommandAttributes: { timerId },
});
export const marker = (markerName: string): Command => ({
  commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
  recordMarkerCommandAttributes: { markerName },
});
export const complete = (result?: temporal.api.common.v1.IPayloads): Command => ({
  commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: result === undefined ? {} : { result },
});
export const cancelWorkflow = (): Command => ({
  commandType: CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION,
  cancelWorkflowExecutionCommandAttributes: {},
});
export const fail = (type = 'Broken'): Command => ({
  commandType: CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
  failWorkflowExecutionCommandAttributes: { failure: { message: 'broken', applicationFailureInfo: { type } } },
});
export const continueAsNew = (attributes: temporal.api.command.v1.IContinueAsNewWorkflowExecutionCommandAttributes = {}): Command => ({
  commandType: CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
  continueAsNewWorkflowExecutionCommandAttributes: attributes,
});
export const startChild = (id: string, over: temporal.api.command.v1.IStartChildWorkflowExecutionCommandAttributes = {}): Command => ({
  commandType: CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION,
  startChildWorkflowExecutionCommandAttributes: { workflowId: id, workflowType: { name: 'child' }, ...over },
});
export const signalExternal = (
  id: string,
  over: temporal.api.command.v1.ISignalExternalWorkflowExecutionCommandAttributes = {},
): Command => ({
  commandType: CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
  signalExternalWorkflowExecutionCommandAttributes: { execution: { workflowId: id }, signalName: 'go', ...over },
});
export const cancelExternal = (workflowId: string): Command => ({
  commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION,
  requestCancelExternalWorkflowExecutionCommandAttributes: { workflowId },
});
