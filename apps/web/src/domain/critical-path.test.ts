import { describe, expect, it } from 'vitest';
import { criticalPath } from './critical-path.ts';
import { groupEvents } from './event-groups.ts';
import { history, pendingActivity, T0, wideHistory } from './fixtures.ts';
import type { PendingActivity, RunEvent } from './run-event.ts';

function pathOf(events: readonly RunEvent[], { end, pending = [] }: { end?: number; pending?: readonly PendingActivity[] } = {}) {
  const groups = groupEvents(events, pending);
  const path = criticalPath({ events, groups, end: end ?? events.at(-1)?.at ?? T0 });
  return { path, groups, lines: path.steps.map(({ cause, from, to, name }) => `${cause} ${name} ${from - T0}-${to - T0}`) };
}

/** A workflow task of the event with this id: how long after what came before it, how long it waited and how long it took. */
const task = (ref: number, { after, waits, takes }: { readonly after: number; readonly waits: number; readonly takes: number }) =>
  [
    { type: 'WorkflowTaskScheduled', after },
    { type: 'WorkflowTaskStarted', ref, after: waits },
    { type: 'WorkflowTaskCompleted', ref, after: takes },
  ] as const;

/** Starts at 0 and decides at 100; what follows is given. */
const begun = [{ type: 'WorkflowExecutionStarted', name: 'OrderFlow' }, ...task(2, { after: 0, waits: 40, takes: 60 })] as const;

/** Two activities at once, and the end when both are there: fast until 300, slow until 900. */
const parallel = history(
  ...begun,
  { type: 'ActivityTaskScheduled', name: 'fast', key: 'f', taskId: 4, after: 0 },
  { type: 'ActivityTaskScheduled', name: 'slow', key: 's', taskId: 4, after: 0 },
  { type: 'ActivityTaskStarted', ref: 5, after: 50 },
  { type: 'ActivityTaskCompleted', ref: 5, after: 150 },
  ...task(9, { after: 0, waits: 10, takes: 10 }),
  { type: 'ActivityTaskStarted', ref: 6, after: 0 },
  { type: 'ActivityTaskCompleted', ref: 6, after: 580 },
  ...task(14, { after: 0, waits: 30, takes: 70 }),
  { type: 'WorkflowExecutionCompleted', taskId: 16, after: 0 },
);

describe('criticalPath', () => {
  it('goes back from the end over the slower of two, and says what the other one had to spare', () => {
    const { path, lines, groups } = pathOf(parallel);
    expect(lines).toEqual([
      'taskQueue workflow task 1 0-40',
      'task workflow task 1 40-100',
      'queue slow 100-320',
      'run slow 320-900',
      'taskQueue workflow task 3 900-930',
      'task workflow task 3 930-1000',
    ]);
    const [fast, slow] = groups.groups;
    expect([fast && path.slackOf(fast), slow && path.slackOf(slow)]).toEqual([600, undefined]);
    expect(path.totals[0]).toEqual({ cause: 'run', ms: 580, top: [{ name: 'slow', ms: 580 }] });
    expect(path.guesses).toEqual([]);
  });

  it('covers a run without gaps or overlap', () => {
    for (const events of [parallel, wideHistory(300)]) {
      const { path } = pathOf(events);
      expect(path.steps[0]?.from).toBe(T0);
      expect(path.steps.at(-1)?.to).toBe(events.at(-1)?.at);
      for (const [index, step] of path.steps.slice(1).entries()) expect(step.from).toBe(path.steps[index]?.to);
    }
  });

  it('follows a timer and a child, and takes the last of what arrived together for the cause', () => {
    const events = history(
      ...begun,
      { type: 'TimerStarted', key: 't', label: 'hold', delayMs: 500, taskId: 4, after: 0 },
      { type: 'StartChildWorkflowExecutionInitiated', name: 'Notify', key: 'n', taskId: 4, after: 0 },
      { type: 'ChildWorkflowExecutionStarted', ref: 6, after: 100 },
      { type: 'TimerFired', ref: 5, after: 400 },
      { type: 'WorkflowTaskScheduled', after: 0 },
      { type: 'ChildWorkflowExecutionCompleted', ref: 6, after: 20 },
      { type: 'WorkflowTaskStarted', ref: 9, after: 5 },
      { type: 'WorkflowTaskCompleted', ref: 9, after: 5 },
      { type: 'WorkflowExecutionCompleted', taskId: 12, after: 0 },
    );
    const { path, lines } = pathOf(events);
    expect(lines.slice(2)).toEqual(['child Notify 100-620', 'taskQueue workflow task 2 620-625', 'task workflow task 2 625-630']);
    expect(path.guesses).toEqual([T0 + 620]);
  });

  it('tells the wait for a signal from the task that waited', () => {
    const events = history(
      ...begun,
      { type: 'WorkflowExecutionSignaled', name: 'approve', after: 5_000 },
      ...task(6, { after: 0, waits: 10, takes: 10 }),
      { type: 'WorkflowExecutionCompleted', taskId: 8, after: 0 },
    );
    expect(pathOf(events).lines.slice(2)).toEqual([
      'message approve 100-5100',
      'taskQueue workflow task 2 5100-5110',
      'task workflow task 2 5110-5120',
    ]);
  });

  it('counts the wait for an update, which no event before the task tells of', () => {
    const events = history(
      ...begun,
      ...task(5, { after: 900, waits: 0, takes: 0 }),
      { type: 'WorkflowExecutionUpdateAccepted', name: 'address', key: 'u', after: 0 },
      { type: 'WorkflowExecutionCompleted', taskId: 7, after: 0 },
    );
    expect(pathOf(events).lines.slice(2)).toEqual(['message address 100-1000']);
  });

  it('shows a task that failed and was tried again', () => {
    const events = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'WorkflowTaskScheduled', after: 0 },
      { type: 'WorkflowTaskStarted', ref: 2, after: 10 },
      { type: 'WorkflowTaskFailed', ref: 2, after: 10 },
      ...task(5, { after: 200, waits: 0, takes: 10 }),
      { type: 'WorkflowExecutionCompleted', taskId: 7, after: 0 },
    );
    expect(pathOf(events).lines).toEqual([
      'taskQueue workflow task 1 0-10',
      'task workflow task 1 10-20',
      'taskRetry workflow task 1 20-220',
      'task workflow task 2 220-230',
    ]);
  });

  it('of an open run ends at what it seems to wait for: work before timers', () => {
    const events = history(
      ...begun,
      { type: 'ActivityTaskScheduled', name: 'charge', key: 'c', taskId: 4, after: 0 },
      { type: 'TimerStarted', key: 't', label: 'deadline', delayMs: 60_000, taskId: 4, after: 0 },
    );
    const pending = [
      pendingActivity({ activityId: 'c', attempt: 3, state: 'Scheduled', startedAt: T0 + 500, lastEndedAt: T0 + 600, nextAt: T0 + 2_000 }),
    ];
    const { path, lines } = pathOf(events, { end: T0 + 1_000, pending });
    expect(lines.slice(2)).toEqual(['backoff charge 100-500', 'failed charge 500-600', 'backoff charge 600-1000']);
    expect(path.guesses).toEqual([T0 + 1_000]);
  });

  it('of a run that was ended from outside says what it waited for until then', () => {
    const events = history(
      ...begun,
      { type: 'TimerStarted', key: 't', label: 'hold', delayMs: 60_000, taskId: 4, after: 0 },
      { type: 'WorkflowExecutionTerminated', after: 900 },
    );
    expect(pathOf(events).lines.slice(2)).toEqual(['timer hold 100-1000']);
    expect(pathOf(history(...begun, { type: 'WorkflowExecutionTerminated', after: 900 })).lines.slice(2)).toEqual([
      'message a message 100-1000',
    ]);
  });

  it('has an answer for what has hardly begun', () => {
    expect(pathOf([]).lines).toEqual([]);
    expect(pathOf(history({ type: 'WorkflowExecutionStarted' }), { end: T0 + 50 }).lines).toEqual(['other before the first task 0-50']);
    expect(
      pathOf(history({ type: 'WorkflowExecutionStarted' }, { type: 'WorkflowTaskScheduled', after: 0 }), { end: T0 + 50 }).lines,
    ).toEqual(['taskQueue workflow task 1 0-50']);
  });
});
