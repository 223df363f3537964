/** What the last events of a run say of what is open in it. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { enumNames } from '../json/to-json.ts';
import { firstTaskOf } from '../model/first-task.ts';
import type { ExternalFacts, RunFacts, RunInside, TaskFailure, TimerFacts, UpdateFacts } from '../model/run-facts.ts';
import type { HistoryEvent } from '../run/event-row.ts';
import { labelOf } from '../run/event-row.ts';
import type { Survey } from './survey.ts';

const causes = enumNames(api.enums.v1.WorkflowTaskFailedCause, 'WORKFLOW_TASK_FAILED_CAUSE_');
const EVENTS = 500;

export interface Tail {
  readonly inside: RunInside;
  readonly taskFailure: TaskFailure | undefined;
  readonly cancel: RunFacts['cancel'];
  /** Names of updates by id. */
  readonly updateNames: ReadonlyMap<string, string>;
}

/** Of a long history the last 500 events alone. */
export async function readTail(survey: Survey, execution: temporal.api.common.v1.IWorkflowExecution): Promise<Tail> {
  const { history } = await survey.ctx.workflow.getWorkflowExecutionHistoryReverse(
    { namespace: survey.namespace, execution, maximumPageSize: EVENTS },
    survey.call,
  );
  return toTail([...(history?.events ?? [])].reverse());
}

/** Folds events in their order. */
class Open {
  readonly timers = new Map<number, TimerFacts>();
  readonly externals = new Map<number, ExternalFacts>();
  readonly updates = new Map<number, UpdateFacts>();
  readonly updateNames = new Map<string, string>();
  taskFailure: TaskFailure | undefined;
  cancel: RunFacts['cancel'];
  firstTask: RunInside['firstTask'];
  taskWorker = '';

  add(event: HistoryEvent): void {
    const eventId = toNumber(event.eventId);
    const at = fromTimestamp(event.eventTime) ?? 0;
    this.addTask(event, eventId, at);
    this.addMessage(event, eventId, at);
    this.addExternal(event, eventId);
    const timer = event.timerStartedEventAttributes;
    if (timer)
      this.timers.set(eventId, {
        id: timer.timerId ?? '',
        label: labelOf(event) ?? '',
        eventId,
        firesAt: at + (fromDuration(timer.startToFireTimeout) ?? 0),
      });
    const ended = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    if (ended) this.timers.delete(toNumber(ended.startedEventId));
  }

  private addTask(event: HistoryEvent, eventId: number, at: number): void {
    const { workflowExecutionStartedEventAttributes: started, workflowTaskFailedEventAttributes: failed } = event;
    const backoff = fromDuration(started?.firstWorkflowTaskBackoff) ?? 0;
    if (started && backoff > 0) this.firstTask = firstTaskOf(started, at + backoff);
    if (event.workflowTaskScheduledEventAttributes) this.firstTask = undefined;
    if (event.workflowTaskStartedEventAttributes) this.taskWorker = event.workflowTaskStartedEventAttributes.identity ?? '';
    if (event.workflowTaskCompletedEventAttributes) this.taskFailure = undefined;
    if (failed) {
      const cause = causes.get(failed.cause ?? 0) ?? '';
      this.taskFailure = { eventId, at, cause, message: failed.failure?.message ?? '', worker: failed.identity ?? '' };
    }
    if (event.workflowTaskTimedOutEventAttributes)
      this.taskFailure = { eventId, at, cause: 'Timeout', message: '', worker: this.taskWorker };
  }

  private addMessage(event: HistoryEvent, eventId: number, at: number): void {
    if (event.workflowExecutionCancelRequestedEventAttributes) this.cancel = { eventId, at };
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (accepted) {
      const { meta, input } = accepted.acceptedRequest ?? {};
      const id = meta?.updateId ?? accepted.protocolInstanceId ?? '';
      this.updateNames.set(id, input?.name ?? '');
      this.updates.set(eventId, { id, name: input?.name ?? '', stage: 'accepted', eventId });
    }
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    if (completed) this.updates.delete(toNumber(completed.acceptedEventId));
  }

  private addExternal(event: HistoryEvent, eventId: number): void {
    const signal = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
    const cancel = event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes;
    const workflowId = (signal ?? cancel)?.workflowExecution?.workflowId ?? '';
    if (signal) this.externals.set(eventId, { kind: 'signal', eventId, workflowId, name: signal.signalName ?? '' });
    if (cancel) this.externals.set(eventId, { kind: 'cancel', eventId, workflowId, name: '' });
    const ended =
      event.externalWorkflowExecutionSignaledEventAttributes ??
      event.signalExternalWorkflowExecutionFailedEventAttributes ??
      event.externalWorkflowExecutionCancelRequestedEventAttributes ??
      event.requestCancelExternalWorkflowExecutionFailedEventAttributes;
    if (ended) this.externals.delete(toNumber(ended.initiatedEventId));
  }
}

export function toTail(events: readonly HistoryEvent[]): Tail {
  const open = new Open();
  for (const event of events) open.add(event);
  return {
    inside: {
      timers: [...open.timers.values()],
      externals: [...open.externals.values()],
      updates: [...open.updates.values()],
      buffered: 0,
      firstTask: open.firstTask,
      taskWorker: open.taskWorker,
      sticky: undefined,
      isPartial: toNumber(events[0]?.eventId ?? 1) > 1,
    },
    taskFailure: open.taskFailure,
    cancel: open.cancel,
    updateNames: open.updateNames,
  };
}
