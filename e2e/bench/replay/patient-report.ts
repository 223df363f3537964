/** What the replay of a run of ten thousand workflow tasks says: a real one, of a history that parts from the code near its end. */
import { api } from '@tidemark/protocol/api';
import { toDuration, toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { ReplayReport } from '@tidemark/sdk/replay';
import { Replayer } from '@tidemark/sdk/worker';
import { payloads } from '../../fixtures/fake-worker.ts';

type Event = temporal.api.history.v1.IHistoryEvent;

const types = api.enums.v1.EventType;
const T0 = Date.parse('2026-05-01T08:00:00Z');
const QUEUE = { name: 'patient' };

/** Of so many workflow tasks; at the one that `parts` the history goes another way than the code. */
export async function patientReport(tasks: number, parts: number): Promise<ReplayReport> {
  await using replayer = new Replayer({ workflows: new URL('./patient.ts', import.meta.url) });
  return await replayer.replay({
    workflowId: 'patient',
    runId: '0198a4b1-7c2e-7c2e-8c2e-000000010000',
    events: patientHistory(tasks, parts),
  });
}

function patientHistory(tasks: number, parts: number): Event[] {
  const events: Event[] = [];
  const add = (eventType: number, attributes: Event): number => {
    const id = events.length + 1;
    events.push({ eventId: toLong(id), eventTime: toTimestamp(T0 + id * 200), eventType, ...attributes });
    return id;
  };
  add(types.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, {
    workflowExecutionStartedEventAttributes: { workflowType: { name: 'Patient' }, taskQueue: QUEUE, input: payloads(tasks) },
  });
  for (let task = 1; task <= tasks; task += 1) {
    const scheduled = add(types.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, {
      workflowTaskScheduledEventAttributes: { taskQueue: QUEUE, attempt: 1 },
    });
    const started = add(types.EVENT_TYPE_WORKFLOW_TASK_STARTED, {
      workflowTaskStartedEventAttributes: { scheduledEventId: toLong(scheduled), identity: 'worker-1' },
    });
    if (task === tasks) break;
    const completed = add(types.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, {
      workflowTaskCompletedEventAttributes: { scheduledEventId: toLong(scheduled), startedEventId: toLong(started), identity: 'worker-1' },
    });
    const workflowTaskCompletedEventId = toLong(completed);
    if (task === parts) {
      const activity = { activityId: String(task), activityType: { name: 'wake' }, taskQueue: QUEUE };
      const asked = add(types.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, {
        activityTaskScheduledEventAttributes: { ...activity, startToCloseTimeout: toDuration(1000), workflowTaskCompletedEventId },
      });
      const taken = add(types.EVENT_TYPE_ACTIVITY_TASK_STARTED, {
        activityTaskStartedEventAttributes: { scheduledEventId: toLong(asked), attempt: 1 },
      });
      add(types.EVENT_TYPE_ACTIVITY_TASK_COMPLETED, {
        activityTaskCompletedEventAttributes: { scheduledEventId: toLong(asked), startedEventId: toLong(taken) },
      });
      continue;
    }
    const timerId = String(task);
    const timer = add(types.EVENT_TYPE_TIMER_STARTED, {
      timerStartedEventAttributes: { timerId, startToFireTimeout: toDuration(1000), workflowTaskCompletedEventId },
    });
    add(types.EVENT_TYPE_TIMER_FIRED, { timerFiredEventAttributes: { timerId, startedEventId: toLong(timer) } });
  }
  return events;
}
