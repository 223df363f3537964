import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { activity, complete, timer } from '../../../../test/support/commands.ts';
import { ModelRun, startRequest } from '../../../../test/support/model-run.ts';
import { decideDue, nextDueAt } from './due.ts';
import { decideResetSticky } from './reset-sticky.ts';
import { decideSignal } from './signal.ts';

const { TimeoutType } = api.enums.v1;

const due = (run: ModelRun): void => run.do((state, env) => decideDue(state, undefined, env));
function pass(run: ModelRun, ms: number): void {
  run.now += ms;
  due(run);
}
const signal = (name: string) => ({ signalName: name, requestId: name, input: null, header: null, identity: 'c', links: [] });

function afterFirstTask(...commands: Parameters<ModelRun['complete']>): ModelRun {
  const run = new ModelRun().start();
  run.poll();
  run.complete(...commands);
  return run;
}

describe('timers', () => {
  it('fire at their moment and not before', () => {
    const run = afterFirstTask([timer('t', 1000)]);
    expect(nextDueAt(run.known)).toBe(run.now + 1000);
    const before = run.records.length;
    pass(run, 999);
    expect(run.records).toHaveLength(before);
    pass(run, 1);
    expect(run.names.slice(5)).toEqual(['timerFired', 'workflowTaskScheduled']);
    expect(run.events[5]?.timerFiredEventAttributes).toMatchObject({ timerId: 't' });
    expect(run.events[5]?.timerFiredEventAttributes?.startedEventId?.toString()).toBe('5');
  });

  it('that fell due together fire in the order of their moments, then of their events', () => {
    const run = afterFirstTask([timer('late', 300), timer('early', 100), timer('same', 300)]);
    pass(run, 500);
    expect(run.events.flatMap(({ timerFiredEventAttributes: fired }) => fired?.timerId ?? [])).toEqual(['early', 'late', 'same']);
    expect(run.names.filter((name) => name === 'workflowTaskScheduled')).toHaveLength(2);
  });

  it('fire once although the event has to wait for the task in flight', () => {
    const run = afterFirstTask([timer('t', 100)], { forceNewTask: true });
    run.poll();
    pass(run, 100);
    pass(run, 50);
    expect(run.known.volatile.buffered).toHaveLength(1);
    expect(run.names).not.toContain('timerFired');
    run.complete([]);
    expect(run.names.filter((name) => name === 'timerFired')).toHaveLength(1);
  });

  it('of no length fire at once', () => {
    const run = afterFirstTask([timer('t', 0)]);
    pass(run, 0);
    expect(run.names.at(-2)).toBe('timerFired');
  });
});

describe('a workflow task', () => {
  it('that runs too long times out once in history, and is then repeated unseen', () => {
    const run = new ModelRun().start();
    run.poll();
    pass(run, 9999);
    expect(run.names).toHaveLength(3);
    pass(run, 1);
    expect(run.names.slice(3)).toEqual(['workflowTaskTimedOut']);
    expect(run.events[3]?.workflowTaskTimedOutEventAttributes?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE);
    expect(run.known.volatile.workflowTask).toMatchObject({ kind: 'transient', attempt: 2, startedEventId: 0 });
    expect(run.poll()).toMatchObject({ scheduledEventId: 5, startedEventId: 6 });
    pass(run, 10_000);
    expect(run.names).toHaveLength(4);
    expect(run.known.volatile.workflowTask?.attempt).toBe(3);
  });

  it('gets more time from its fourth attempt on', () => {
    const run = new ModelRun().start();
    const spans: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const task = run.poll();
      spans.push(task.startToClose);
      pass(run, task.startToClose);
    }
    expect(spans.slice(0, 3)).toEqual([10_000, 10_000, 10_000]);
    expect(spans.slice(3).every((span, at) => span > (spans[at + 2] ?? 0))).toBe(true);
    for (let attempt = 9; attempt <= 30; attempt += 1) pass(run, run.poll().startToClose);
    expect(run.poll().startToClose).toBeLessThanOrEqual(11 * 60_000);
  });

  it('that nobody polls on the normal queue waits for ever', () => {
    const run = new ModelRun().start();
    expect(nextDueAt(run.known)).toBeUndefined();
  });

  it('of a run whose stickiness was reset goes to any worker', () => {
    const run = afterFirstTask([timer('t', 100)], { stickyQueue: 'sticky' });
    run.do((state, env) => decideResetSticky(state, env));
    pass(run, 100);
    expect(run.known.volatile.workflowTask?.sticky).toBeUndefined();
    expect(run.names).not.toContain('workflowTaskTimedOut');
  });
});

describe('heartbeats of a workflow task', () => {
  it('write a row of tasks', () => {
    const run = afterFirstTask([], { forceNewTask: true });
    run.poll();
    run.complete([], { forceNewTask: true });
    expect(run.names.slice(3)).toEqual([
      'workflowTaskCompleted',
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
      'workflowTaskScheduled',
    ]);
  });

  it('hand the next task over with the answer', () => {
    const run = new ModelRun().start();
    run.poll();
    const { newTask } = run.complete([], { forceNewTask: true, returnNewTask: true, stickyQueue: 'sticky' });
    expect(newTask).toMatchObject({ scheduledEventId: 5, startedEventId: 6 });
    expect(run.names.at(-1)).toBe('workflowTaskStarted');
  });

  it('end after half an hour', () => {
    const run = new ModelRun().start();
    run.poll();
    let minutes = 0;
    let error: unknown;
    while (error === undefined && minutes < 60) {
      run.now += 60_000;
      minutes += 1;
      error = run.complete([], { forceNewTask: true, returnNewTask: true }).error;
    }
    expect(minutes).toBe(30);
    expect(error).toMatchObject({ code: 'not-found', message: 'workflow task heartbeat timeout' });
    expect(run.names.slice(-2)).toEqual(['workflowTaskTimedOut', 'workflowTaskScheduled']);
  });
});

describe('a run timeout', () => {
  const limited = (attributes: object = {}) =>
    new ModelRun().start(startRequest({ attributes: { workflowRunTimeout: toDuration(5000), ...attributes } }));

  it('ends the run, whatever else is due, and shows what waited', () => {
    const run = limited();
    run.poll();
    run.do((state, env) => decideSignal(state, signal('unseen'), env));
    pass(run, 5000);
    expect(run.names.slice(3)).toEqual(['workflowTaskFailed', 'workflowExecutionSignaled', 'workflowExecutionTimedOut']);
    expect(nextDueAt(run.known)).toBeUndefined();
    pass(run, 5000);
    expect(run.names.at(-1)).toBe('workflowExecutionTimedOut');
    expect(run.names.filter((name) => name === 'workflowExecutionTimedOut')).toHaveLength(1);
  });

  it('comes too late for a run that ended', () => {
    const run = limited();
    run.poll();
    run.complete([complete()]);
    pass(run, 5000);
    expect(run.names.at(-1)).toBe('workflowExecutionCompleted');
  });

  it('is followed by another run where the policy asks for it', () => {
    const run = limited({ retryPolicy: { maximumAttempts: 2 } });
    pass(run, 5000);
    expect(run.others).toHaveLength(1);
    expect(run.others[0]?.becomesCurrent).toBe(true);
    expect(run.others[0]?.state.derived.start).toMatchObject({
      attempt: 2,
      continuedExecutionRunId: 'run-1',
      firstExecutionRunId: 'run-1',
    });
    expect(run.events.at(-1)?.workflowExecutionTimedOutEventAttributes?.newExecutionRunId).toBe(run.others[0]?.key.runId);
  });

  it('takes pending activities with it', () => {
    const run = limited();
    run.poll();
    run.complete([activity('a', { startToCloseTimeout: toDuration(60_000) })]);
    pass(run, 5000);
    // Nothing outlives the run: the activity's own timeouts were cut to it, and only one end is written.
    expect(run.names.at(-1)).toBe('workflowExecutionTimedOut');
    expect(run.known.derived.status).toBe(api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT);
  });
});
