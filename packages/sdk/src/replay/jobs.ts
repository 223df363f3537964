/** From events to what the code is told. */
import type { Job, Outcome, RunFacts } from '../workflow/commands.ts';
import type { WireFailure } from '../common/failures.ts';
import type { Payloads } from '../converter/payload.ts';
import type { HistoryEvent } from './events.ts';
import { EventType, eventTime } from './events.ts';
import type { FollowUp } from './machines.ts';

const completed = (payloads: Payloads | null | undefined): Outcome => ({ kind: 'completed', result: payloads?.payloads?.[0] });
const failed = (failure: WireFailure): Outcome => ({ kind: 'failed', failure });

/** For events that concern the execution itself. */
export function executionJob(event: HistoryEvent): Job | undefined {
  switch (event.eventType) {
    case EventType.workflowExecutionStarted:
      return { kind: 'start', args: event.workflowExecutionStartedEventAttributes?.input ?? undefined };
    case EventType.workflowExecutionSignaled: {
      const attributes = event.workflowExecutionSignaledEventAttributes;
      return { kind: 'signal', name: attributes?.signalName ?? '', input: attributes?.input ?? undefined };
    }
    case EventType.workflowExecutionCancelRequested:
      return { kind: 'cancelWorkflow', reason: event.workflowExecutionCancelRequestedEventAttributes?.cause ?? '' };
    case EventType.workflowTaskFailed: {
      const newRunId = event.workflowTaskFailedEventAttributes?.newRunId ?? '';
      return newRunId === '' ? undefined : { kind: 'newSeed', seed: newRunId };
    }
    default:
      return undefined;
  }
}

/** What an operation was when it was asked for, as far as its failures repeat it. */
export interface Operation {
  readonly seq: number;
  readonly type: string;
  readonly id: string;
}

/** For events that continue an operation; nothing for those the code does not hear of. */
export function operationJob(followUp: FollowUp, event: HistoryEvent, operation: Operation): Job | undefined {
  switch (followUp.kind) {
    case 'timer':
      return { kind: 'fireTimer', seq: operation.seq };
    case 'activity': {
      const outcome = activityOutcome(event, operation, followUp.initiatedBy);
      return outcome && { kind: 'resolveActivity', seq: operation.seq, outcome };
    }
    case 'child':
      return childJob(event, operation);
    case 'externalSignal':
    case 'externalCancel': {
      const message = followUp.input === 'failed' ? `the workflow ${operation.id} was not found` : undefined;
      const failure =
        message === undefined ? undefined : { message, applicationFailureInfo: { type: 'ExternalWorkflowNotFound', nonRetryable: true } };
      return { kind: 'resolveExternal', seq: operation.seq, failure };
    }
  }
}

function activityOutcome(event: HistoryEvent, operation: Operation, scheduledEventId: number): Outcome | undefined {
  const wrap = (
    message: string,
    fields: { cause: WireFailure; identity?: string | null; startedEventId?: unknown; retryState?: number | null },
  ): Outcome =>
    failed({
      message,
      cause: fields.cause,
      activityFailureInfo: {
        activityId: operation.id,
        activityType: { name: operation.type },
        identity: fields.identity ?? '',
        retryState: fields.retryState ?? 0,
        // The codec takes plain numbers where its type says Long.
        scheduledEventId: scheduledEventId as never,
        startedEventId: Number(fields.startedEventId ?? 0) as never,
      },
    });
  switch (event.eventType) {
    case EventType.activityTaskCompleted:
      return completed(event.activityTaskCompletedEventAttributes?.result);
    case EventType.activityTaskFailed: {
      const attributes = event.activityTaskFailedEventAttributes;
      return wrap('Activity task failed', { ...attributes, cause: attributes?.failure ?? {} });
    }
    case EventType.activityTaskTimedOut: {
      const attributes = event.activityTaskTimedOutEventAttributes;
      return wrap('Activity task timed out', { ...attributes, cause: attributes?.failure ?? {} });
    }
    case EventType.activityTaskCanceled: {
      const attributes = event.activityTaskCanceledEventAttributes;
      const details = attributes?.details;
      const info = details ? { details } : {};
      return wrap('Activity task cancelled', {
        cause: { message: 'Activity cancelled', canceledFailureInfo: info },
        identity: attributes?.identity ?? '',
        retryState: 7,
      });
    }
    default:
      return undefined;
  }
}

const NOT_STARTED = 'Failed to start child workflow: an execution with this id is already running';

function childJob(event: HistoryEvent, operation: Operation): Job | undefined {
  const { seq } = operation;
  const wrap = (message: string, cause: WireFailure): Job => ({
    kind: 'resolveChild',
    seq,
    outcome: failed({
      message,
      cause,
      childWorkflowExecutionFailureInfo: { workflowType: { name: operation.type }, workflowExecution: { workflowId: operation.id } },
    }),
  });
  switch (event.eventType) {
    case EventType.childStarted:
      return {
        kind: 'resolveChildStart',
        seq,
        outcome: { runId: event.childWorkflowExecutionStartedEventAttributes?.workflowExecution?.runId ?? '' },
      };
    case EventType.startChildFailed:
      return {
        kind: 'resolveChildStart',
        seq,
        outcome: { failure: { message: NOT_STARTED, applicationFailureInfo: { type: 'WorkflowAlreadyStarted', nonRetryable: true } } },
      };
    case EventType.childCompleted:
      return { kind: 'resolveChild', seq, outcome: completed(event.childWorkflowExecutionCompletedEventAttributes?.result) };
    case EventType.childFailed:
      return wrap('Child Workflow execution failed', event.childWorkflowExecutionFailedEventAttributes?.failure ?? {});
    case EventType.childCanceled:
      return wrap('Child Workflow execution cancelled', { message: 'Child Workflow execution cancelled', canceledFailureInfo: {} });
    case EventType.childTimedOut:
      return wrap('Child Workflow execution timed out', {
        message: 'Child Workflow execution timed out',
        timeoutFailureInfo: { timeoutType: 1 },
      });
    case EventType.childTerminated:
      return wrap('Child Workflow execution terminated', { message: 'Child Workflow execution terminated', terminatedFailureInfo: {} });
    default:
      return undefined;
  }
}

export interface Execution {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

/** The facts of the run, from its first event. */
export function factsOf(event: HistoryEvent, execution: Execution): RunFacts {
  const attributes = event.workflowExecutionStartedEventAttributes ?? {};
  const lastResult = attributes.lastCompletionResult?.payloads?.[0];
  return {
    workflowId: execution.workflowId,
    runId: execution.runId,
    namespace: execution.namespace,
    workflowType: attributes.workflowType?.name ?? '',
    taskQueue: attributes.taskQueue?.name ?? '',
    attempt: attributes.attempt ?? 1,
    startTime: eventTime(event),
    runStartTime: eventTime(event),
    firstExecutionRunId: attributes.firstExecutionRunId ?? execution.runId,
    originalRunId: attributes.originalExecutionRunId || execution.runId,
    memo: attributes.memo?.fields ?? {},
    searchAttributes: attributes.searchAttributes?.indexedFields ?? {},
    ...(attributes.continuedExecutionRunId ? { continuedFromRunId: attributes.continuedExecutionRunId } : {}),
    ...(attributes.cronSchedule ? { cronSchedule: attributes.cronSchedule } : {}),
    ...relativesOf(attributes, execution.namespace),
    ...(lastResult ? { lastResult } : {}),
    ...(attributes.continuedFailure ? { lastFailure: attributes.continuedFailure } : {}),
  };
}

type StartedAttributes = NonNullable<HistoryEvent['workflowExecutionStartedEventAttributes']>;

function relativesOf(attributes: StartedAttributes, namespace: string): Pick<RunFacts, 'parent' | 'root'> {
  const { parentWorkflowExecution: parent, rootWorkflowExecution: root } = attributes;
  return {
    ...(parent?.workflowId
      ? { parent: { workflowId: parent.workflowId, runId: parent.runId ?? '', namespace: attributes.parentWorkflowNamespace ?? namespace } }
      : {}),
    ...(root?.workflowId ? { root: { workflowId: root.workflowId, runId: root.runId ?? '' } } : {}),
  };
}
