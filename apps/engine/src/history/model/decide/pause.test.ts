import { describe, expect, it } from 'vitest';
import { activity, complete, timer } from '../../../../test/support/commands.ts';
import { ModelRun, startRequest } from '../../../../test/support/model-run.ts';
import { dispatchesOf, dispatchesOfState } from '../dispatch.ts';
import { statusOf } from '../status.ts';
import { decideStartActivity } from './activity.ts';
import { decideDue, nextDueAt } from './due.ts';
import { decidePause, decideUnpause } from './pause.ts';
import { decideSignal } from './signal.ts';

const RUNNING = 1;
const PAUSED = 8;
const PAUSE_REQUESTED_BEFORE_TASK_STARTED = 39;
const request = (requestId: string) => ({ identity: 'ops', reason: 'too hot', requestId });
const pause = (run: ModelRun, requestId = 'p'): void => run.do((state, env) => decidePause(state, request(requestId), env));
const unpause = (run: ModelRun): void => run.do((state, env) => decideUnpause(state, request('u'), env));
const signal = (run: ModelRun, signalName: string): void =>
  run.do((state, env) =>
    decideSignal(state, { signalName, requestId: signalName, input: null, header: null, identity: 'c', links: [] }, env),
  );
const due = (run: ModelRun): void => {
  run.now = nextDueAt(run.known) ?? run.now;
  run.do((state, env) => decideDue(state, undefined, env));
};

/** Its first task is done, and it waits. */
function idle(...commands: Parameters<ModelRun['complete']>[0] & object): ModelRun {
  const run = new ModelRun().start();
  run.poll();
  run.complete(commands);
  return run;
}

describe('pausing', () => {
  it('withdraws a task that nobody took, and says so', () => {
    const run = new ModelRun().start();
    pause(run);
    expect(run.names.slice(2)).toEqual(['workflowTaskFailed', 'workflowExecutionPaused']);
    expect(run.events[2]?.workflowTaskFailedEventAttributes?.cause).toBe(PAUSE_REQUESTED_BEFORE_TASK_STARTED);
    expect(run.events[3]).toMatchObject({ workerMayIgnore: true, workflowExecutionPausedEventAttributes: request('p') });
    expect(run.known.volatile.workflowTask).toBeUndefined();
    expect(statusOf(run.known)).toBe(PAUSED);
  });

  it('lets a worker finish the task it has, and gives it no other', () => {
    const run = new ModelRun().start();
    run.poll();
    pause(run);
    expect(statusOf(run.known)).toBe(PAUSED);
    run.complete([timer('t', 1000)], { forceNewTask: true, returnNewTask: true });
    expect(run.names.slice(3)).toEqual(['workflowTaskCompleted', 'timerStarted', 'workflowExecutionPaused']);
    expect(run.known.volatile.workflowTask).toBeUndefined();
  });

  it('leaves a started task to run out without another attempt', () => {
    const run = new ModelRun().start();
    run.poll();
    pause(run);
    due(run);
    expect(run.names.slice(3)).toEqual(['workflowTaskTimedOut', 'workflowExecutionPaused']);
    unpause(run);
    expect(run.known.volatile.workflowTask).toMatchObject({ attempt: 2, kind: 'transient' });
  });

  it('again is refused, unless the same request comes twice', () => {
    const run = idle();
    pause(run, 'p1');
    const { length } = run.events;
    pause(run, 'p1');
    expect(run.events).toHaveLength(length);
    expect(run.refusal((state, env) => decidePause(state, request('p2'), env))).toMatchObject({
      code: 'failed-precondition',
      message: 'workflow is already paused.',
    });
  });

  it('of a run that has ended is refused', () => {
    const run = idle(complete());
    expect(run.refusal((state, env) => decidePause(state, request('p'), env))?.code).toBe('not-found');
  });

  it('survives a restart of the engine', () => {
    const run = idle();
    pause(run);
    expect(run.rebuilt().volatile.pause).toMatchObject(request('p'));
  });
});

describe('a paused run', () => {
  it('records what comes in, in order, and shows it with one task when it goes on', () => {
    const run = idle(timer('t', 1000));
    pause(run);
    signal(run, 'a');
    due(run);
    signal(run, 'b');
    expect(run.known.volatile.workflowTask).toBeUndefined();
    unpause(run);
    expect(run.names.slice(5)).toEqual([
      'workflowExecutionPaused',
      'workflowExecutionSignaled',
      'timerFired',
      'workflowExecutionSignaled',
      'workflowExecutionUnpaused',
      'workflowTaskScheduled',
    ]);
    expect(statusOf(run.known)).toBe(RUNNING);
  });

  it('hands out no activity, and all that waited when it goes on', () => {
    const run = idle(activity('a'));
    pause(run);
    expect(dispatchesOfState(run.known)).toEqual([]);
    const start = { scheduledEventId: 5, stamp: 0, requestId: 'q', identity: 'w' };
    expect(run.refusal((state, env) => decideStartActivity(state, start, env))?.code).toBe('not-found');
    const decision = decideUnpause(run.known, request('u'), run.env);
    const [transition] = decision.kind === 'transition' ? decision.transitions : [];
    expect(transition && dispatchesOf(transition).map(({ kind }) => kind)).toEqual(['workflow', 'activity']);
  });

  it('keeps a first task back that is not due yet', () => {
    const run = new ModelRun().start(startRequest({ firstTaskDelay: 5000 }));
    pause(run);
    unpause(run);
    expect(run.known.volatile.workflowTask).toBeUndefined();
    due(run);
    expect(run.names.at(-1)).toBe('workflowTaskScheduled');
  });

  it('whose first task fell due meanwhile gets it when it goes on', () => {
    const run = new ModelRun().start(startRequest({ firstTaskDelay: 5000 }));
    pause(run);
    due(run);
    expect(run.known.volatile.workflowTask).toBeUndefined();
    expect(nextDueAt(run.known)).toBeUndefined();
    unpause(run);
    expect(run.names.at(-1)).toBe('workflowTaskScheduled');
  });
});

it('going on without having been paused is refused', () => {
  const run = idle();
  expect(run.refusal((state, env) => decideUnpause(state, request('u'), env))).toMatchObject({
    code: 'failed-precondition',
    message: 'workflow is not paused.',
  });
});
