/** Commands that cannot be carried out: their task fails with the cause, in words that name what is wrong. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { activity, cancelExternal, cancelTimer, continueAsNew, marker, signalExternal, startChild, timer } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { eventOf, openWholeEngine } from '../support/whole-engine.ts';

const { CommandType, WorkflowTaskFailedCause: Cause } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const long = 'n'.repeat(1001);
const measured = `${long} Length=1001 Limit=1000`;
const negative = toDuration(-1000);
const noRun = 'Namespace= RunId=';
const bare = (type: keyof typeof CommandType): Command => ({ commandType: CommandType[type] });
const upsert = (attributes: object): Command => ({
  commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  upsertWorkflowSearchAttributesCommandAttributes: attributes,
});
const modify = (attributes: object): Command => ({
  commandType: CommandType.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES,
  modifyWorkflowPropertiesCommandAttributes: attributes,
});

const TIMER = 'BadStartTimerAttributes';
const MARKER = 'BadRecordMarkerAttributes';
const SIGNAL = 'BadSignalWorkflowExecutionAttributes';
const CANCEL = 'BadRequestCancelExternalWorkflowExecutionAttributes';
const CHILD = 'BadStartChildExecutionAttributes';
const CONTINUE = 'BadContinueAsNewAttributes';
const child = 'StartChildWorkflowExecutionCommand';
const signal = 'SignalExternalWorkflowExecutionCommand';
const cancel = 'RequestCancelExternalWorkflowExecutionCommand';
const next = 'ContinueAsNewWorkflowExecutionCommand';

it.each<[string, ...Command[]]>([
  [`${TIMER}: TimerId is not set on StartTimerCommand.`, timer('', 1)],
  [`${TIMER}: TimerId on StartTimerCommand exceeds length limit. TimerId=${measured}`, timer(long, 1)],
  [`${TIMER}: An invalid StartToFireTimeout is set on StartTimerCommand: negative duration. TimerId=t`, timer('t', -1000)],
  [`BadCancelTimerAttributes: TimerId on CancelTimerCommand exceeds length limit. TimerId=${measured}`, cancelTimer(long)],
  [`${MARKER}: MarkerName on RecordMarkerCommand exceeds length limit. MarkerName=${measured}`, marker(long)],
  [`${MARKER}: RecordMarkerCommandAttributes is not set on RecordMarkerCommand.`, bare('COMMAND_TYPE_RECORD_MARKER')],
  [`${SIGNAL}: Execution is not set on ${signal}.`, signalExternal('', { execution: null })],
  [`${SIGNAL}: WorkflowId is not set on ${signal}. ${noRun} SignalName=go`, signalExternal('')],
  [
    `${SIGNAL}: Invalid RunId set on ${signal}. WorkflowId=w Namespace= RunId=bad SignalName=go`,
    signalExternal('', { execution: { workflowId: 'w', runId: 'bad' } }),
  ],
  [`${SIGNAL}: WorkflowId on ${signal} exceeds length limit. WorkflowId=${measured} ${noRun} SignalName=go`, signalExternal(long)],
  [`${SIGNAL}: SignalName is not set on ${signal}. WorkflowId=w ${noRun}`, signalExternal('w', { signalName: '' })],
  [`${CANCEL}: WorkflowId is not set on ${cancel}. RunId= Namespace=`, cancelExternal('')],
  [`${CANCEL}: WorkflowId on ${cancel} exceeds length limit. WorkflowId=${measured} RunId= Namespace=`, cancelExternal(long)],
  [
    `${CANCEL}: Start and RequestCancel for child workflow is not allowed in same workflow task. WorkflowId=own RunId= Namespace=`,
    startChild('own'),
    cancelExternal('own'),
  ],
  [`${CHILD}: WorkflowId on ${child} exceeds length limit. WorkflowId=${measured} WorkflowType=child Namespace=default`, startChild(long)],
  [
    `${CHILD}: WorkflowType on ${child} exceeds length limit. WorkflowId=c WorkflowType=${measured} Namespace=default`,
    startChild('c', { workflowType: { name: long } }),
  ],
  [
    `${CHILD}: invalid TaskQueue on ${child}: taskQueue length exceeds limit. WorkflowId=c WorkflowType=child Namespace=default`,
    startChild('c', { taskQueue: { name: long } }),
  ],
  [
    `${CHILD}: Invalid WorkflowRunTimeout on ${child}: negative duration. WorkflowId=c WorkflowType=child Namespace=default`,
    startChild('c', { workflowRunTimeout: negative }),
  ],
  [`${CONTINUE}: WorkflowType on ${next} exceeds length limit. WorkflowType=${measured}`, continueAsNew({ workflowType: { name: long } })],
  [
    `${CONTINUE}: error validating ${next} TaskQueue: taskQueue length exceeds limit. WorkflowType=n`,
    continueAsNew({ workflowType: { name: 'n' }, taskQueue: { name: long } }),
  ],
  [
    `${CONTINUE}: Invalid BackoffStartInterval on ${next}: negative duration. WorkflowType=n`,
    continueAsNew({ workflowType: { name: 'n' }, backoffStartInterval: negative }),
  ],
  [
    'BadScheduleActivityAttributes: invalid TaskQueue on ScheduleActivityTaskCommand: taskQueue length exceeds limit. ActivityId=a ActivityType=step',
    activity('a', { taskQueue: { name: long } }),
  ],
  ['BadSearchAttributes: SearchAttributes is not set on UpsertWorkflowSearchAttributesCommand.', upsert({})],
  ['BadSearchAttributes: IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.', upsert({ searchAttributes: {} })],
  ['BadModifyWorkflowPropertiesAttributes: UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.', modify({})],
  [
    'BadModifyWorkflowPropertiesAttributes: UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.',
    modify({ upsertedMemo: {} }),
  ],
  [
    'BadUpdateWorkflowExecutionMessage: MessageID is not set on ProtocolMessageCommand.',
    { commandType: CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE, protocolMessageCommandAttributes: {} },
  ],
])('%s', async (text, ...commands) => {
  const run = await engine.start();
  const error = await refusal(engine.complete(await engine.workflowTask(run.taskQueue), commands));
  expect([error.code, error.message]).toEqual([StatusCode.INVALID_ARGUMENT, text]);
  const failed = eventOf(await engine.history(run), 'WORKFLOW_TASK_FAILED').workflowTaskFailedEventAttributes;
  const causeName = `WORKFLOW_TASK_FAILED_CAUSE_${text
    .slice(0, text.indexOf(':'))
    .replaceAll(/(?<=[a-z])([A-Z])/g, '_$1')
    .toUpperCase()}`;
  expect(Cause[failed?.cause ?? 0]).toBe(causeName);
  expect(failed?.failure?.message).toBe(text);
});
