import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history } from './fixtures.ts';
import type { BuildPoint, ResetSubject } from './reset-plan.ts';
import { namesOf, planReset, resetChoiceOf, resetChoices, stepChoices } from './reset-plan.ts';
import type { RunEvent } from './run-event.ts';

const subject = (events: readonly RunEvent[], builds: readonly BuildPoint[] = []): ResetSubject => ({
  events,
  groups: groupEvents(events),
  runId: 'run-1',
  builds,
});

/** reserve (5) and hold (6) are asked for by task 4, charge (15) by task 14; two signals, one before the second task. */
const order = history(
  { type: 'WorkflowExecutionStarted', name: 'OrderFlow' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 2 },
  { type: 'WorkflowTaskCompleted', ref: 2 },
  { type: 'ActivityTaskScheduled', name: 'reserve', key: 'r', taskId: 4 },
  { type: 'StartChildWorkflowExecutionInitiated', name: 'Notify', key: 'n', taskId: 4 },
  { type: 'ChildWorkflowExecutionStarted', ref: 6, runId: 'n-1' },
  { type: 'WorkflowExecutionSignaled', name: 'approve' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 9 },
  { type: 'ActivityTaskStarted', ref: 5 },
  { type: 'ActivityTaskCompleted', ref: 5 },
  { type: 'WorkflowExecutionSignaled', name: 'change' },
  { type: 'WorkflowTaskCompleted', ref: 9 },
  { type: 'ActivityTaskScheduled', name: 'charge', key: 'c', taskId: 14 },
  { type: 'StartChildWorkflowExecutionInitiated', name: 'Ship', key: 's', taskId: 14 },
  { type: 'WorkflowExecutionUpdateAccepted', name: 'address', key: 'u' },
  { type: 'ActivityTaskStarted', ref: 15 },
  { type: 'ActivityTaskFailed', ref: 15, failure: { message: '502', type: 'GatewayError' } },
);

describe('where a run can be reset to', () => {
  it('offers the failure first, then the tasks, then the builds of this run', () => {
    const builds = [
      { build: 'b1', runId: 'run-1', taskCompletedId: 4, isResettable: true },
      { build: 'b2', runId: 'run-1', taskCompletedId: 14, isResettable: false },
      { build: 'b0', runId: 'run-0', taskCompletedId: 4, isResettable: true },
    ];
    expect(resetChoices(subject(order, builds)).map(({ key, finishId }) => [key, finishId])).toEqual([
      ['failure', 14],
      ['last', 14],
      ['first', 4],
      ['build:b1', 4],
    ]);
  });

  it('goes before a step by the task that asked for it', () => {
    expect(stepChoices(subject(order)).map(({ key, finishId }) => [key, finishId])).toEqual([
      ['step:16', 14],
      ['step:15', 14],
      ['step:6', 4],
      ['step:5', 4],
    ]);
    expect(resetChoiceOf('step:19', subject(order))).toMatchObject({ key: 'step:15', finishId: 14 });
    expect(resetChoiceOf('task:9', subject(order))?.finishId).toBe(14);
    expect([
      resetChoiceOf('step:8', subject(order)),
      resetChoiceOf('step:999', subject(order)),
      resetChoiceOf('nonsense', subject(order)),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it('takes a failing workflow task for the failure, but not what a reset left behind', () => {
    const failing = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'WorkflowTaskScheduled' },
      { type: 'WorkflowTaskStarted', ref: 2 },
      { type: 'WorkflowTaskFailed', ref: 2, cause: 'NonDeterministicError' },
    );
    expect(resetChoices(subject(failing)).map(({ key, finishId }) => [key, finishId])).toEqual([['failure', 4]]);
    const wasReset = failing.map((event) => (event.id === 4 ? { ...event, cause: 'ResetWorkflow' } : event));
    expect(resetChoices(subject(wasReset))).toEqual([]);
  });

  it('offers nothing where no task has ended', () => {
    expect(resetChoices(subject(order.slice(0, 3)))).toEqual([]);
  });
});

describe('what a reset does', () => {
  it('drops what came after the point and does messages again', () => {
    const plan = planReset(4, subject(order));
    expect([plan.kept, plan.dropped]).toEqual([3, 16]);
    expect(plan.again.map(({ name }) => name)).toEqual(['reserve', 'Notify', 'charge', 'Ship']);
    expect([plan.signals, plan.updates]).toEqual([['approve', 'change'], ['address']]);
    expect(plan.childrenLeft.map(({ name }) => name)).toEqual(['Notify', 'Ship']);
    expect([plan.restarted, plan.childrenKept]).toEqual([[], []]);
  });

  it('keeps what was begun before the point: results that are there, children that run', () => {
    const plan = planReset(14, subject(order));
    expect([plan.kept, plan.dropped]).toEqual([13, 6]);
    expect(plan.again.map(({ name }) => name)).toEqual(['charge', 'Ship']);
    expect([plan.restarted, plan.signals]).toEqual([[], []]);
    expect(plan.childrenKept.map(({ name }) => name)).toEqual(['Notify']);
  });

  it('begins activities again whose result came after the point, also when the run has ended', () => {
    const ended = [...order, { id: 20, type: 'WorkflowExecutionTerminated', at: order.at(-1)?.at ?? 0, bytes: 1 }];
    const plan = planReset(10, subject(ended));
    expect(plan.restarted.map(({ name }) => name)).toEqual(['reserve']);
    expect(plan.childrenKept.map(({ name }) => name)).toEqual(['Notify']);
  });

  it('counts an update once that was admitted and then accepted, and says that a request to cancel is dropped', () => {
    const events = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'WorkflowTaskScheduled' },
      { type: 'WorkflowTaskStarted', ref: 2 },
      { type: 'WorkflowTaskCompleted', ref: 2 },
      { type: 'WorkflowExecutionUpdateAdmitted', name: 'address', key: 'u' },
      { type: 'WorkflowExecutionUpdateAccepted' },
      { type: 'WorkflowExecutionCancelRequested' },
    );
    const plan = planReset(4, subject(events));
    expect([plan.updates, plan.isCancelDropped, plan.isContinued]).toEqual([['address'], true, false]);
  });

  it('tells names once, with their number', () => {
    expect(namesOf(['a', 'b', 'a'])).toBe('a ×2, b');
    expect(namesOf('abcdefgh'.split(''), 2)).toBe('a, b and 6 more');
  });
});
