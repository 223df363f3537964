/** Histories for the tests of this folder, made in code. */
import type { PendingActivity, RunEvent } from './run-event.ts';

export const T0 = 1_700_000_000_000;

type Part = Partial<RunEvent> & { readonly type: string };

/** Gives ids and times: `after` is the distance to the event before. */
export function history(...parts: readonly (Part & { readonly after?: number })[]): RunEvent[] {
  let at = T0;
  return parts.map(({ after = 100, ...part }, index) => {
    at += index === 0 ? 0 : after;
    return { id: index + 1, at, bytes: 120, ...part };
  });
}

/** Started, one task, `count` activities that each wait 50 ms and run 200 ms, and the end. */
export function wideHistory(count: number): RunEvent[] {
  const events: RunEvent[] = [];
  const add = (at: number, part: Part): number => {
    events.push({ id: events.length + 1, at, bytes: 150, ...part });
    return events.length;
  };
  add(T0, { type: 'WorkflowExecutionStarted', name: 'OrderFlow' });
  const first = add(T0, { type: 'WorkflowTaskScheduled' });
  add(T0 + 5, { type: 'WorkflowTaskStarted', ref: first });
  add(T0 + 20, { type: 'WorkflowTaskCompleted', ref: first });
  for (let index = 0; index < count; index++) {
    const at = T0 + 20 + index * 10;
    const scheduled = add(at, { type: 'ActivityTaskScheduled', name: `step${index % 7}`, key: String(index), taskId: 4 });
    add(at + 50, { type: 'ActivityTaskStarted', ref: scheduled, attempt: 1, worker: 'worker-1' });
    add(at + 250, { type: 'ActivityTaskCompleted', ref: scheduled });
  }
  add(T0 + 20 + count * 10 + 300, { type: 'WorkflowExecutionCompleted' });
  return events;
}

export const pendingActivity = (part: Partial<PendingActivity>): PendingActivity => ({
  activityId: '1',
  type: 'chargeCard',
  state: 'Scheduled',
  attempt: 1,
  attemptsMax: 0,
  scheduledAt: null,
  startedAt: null,
  lastEndedAt: null,
  nextAt: null,
  expiresAt: null,
  heartbeatAt: null,
  heartbeat: null,
  retryMs: null,
  worker: null,
  isPaused: false,
  failure: null,
  options: null,
  ...part,
});
