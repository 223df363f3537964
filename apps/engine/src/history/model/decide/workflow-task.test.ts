import { describe, expect, it } from 'vitest';
import { activity, cancelTimer, complete, marker, timer } from '../../../../test/support/commands.ts';
import { ModelRun, startRequest } from '../../../../test/support/model-run.ts';
import { decideCompleteActivity, decideStartActivity } from './activity.ts';
import { decideDue, nextDueAt } from './due.ts';
import { decideSignal } from './signal.ts';
import { decideTerminate } from './terminate.ts';
import { decideFailWorkflowTask } from './workflow-task.ts';

const signal = (name: string, requestId = name) => ({
  signalName: name,
  requestId,
  input: null,
  header: null,
  identity: 'client',
  links: [],
});
const FIRST_TASK = ['workflowExecutionStarted', 'workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskCompleted'];
const NON_DETERMINISTIC = 24;
const TOO_LARGE = 36;

function failTask(run: ModelRun, cause: typeof NON_DETERMINISTIC | typeof TOO_LARGE = NON_DETERMINISTIC): void {
  const task = run.known.volatile.workflowTask;
  if (task === undefined) throw new Error('no task');
  const failing = {
    ref: { ...task, startedAt: task.startedAt ?? 0 },
    cause,
    failure: undefined,
    identity: 'worker',
    binaryChecksum: '',
  };
  run.do((state, env) => decideFailWorkflowTask(state, failing, env));
}

function runActivity(run: ModelRun, scheduledEventId: number): void {
  run.do((state, env) => decideStartActivity(state, { scheduledEventId, stamp: 0, requestId: 'poll', identity: 'worker' }, env));
  const ref = { kind: 'token' as const, scheduledEventId, attempt: 1, stamp: 0 };
  run.do((state, env) => decideCompleteActivity(state, { ref, result: undefined, identity: 'worker' }, env));
}

describe('the shapes of histories', () => {
  it('hello world with one activity', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([activity('1')]);
    runActivity(run, 5);
    run.poll();
    run.complete([complete()]);
    expect(run.names).toEqual([
      ...FIRST_TASK,
      'activityTaskScheduled',
      'activityTaskStarted',
      'activityTaskCompleted',
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
      'workflowExecutionCompleted',
    ]);
  });

  it('a signal while a task runs comes behind the commands of that task', () => {
    const run = new ModelRun().start();
    run.poll();
    run.do((state, env) => decideSignal(state, signal('approve'), env));
    run.complete([activity('1')]);
    expect(run.names.slice(3)).toEqual([
      'workflowTaskCompleted',
      'activityTaskScheduled',
      'workflowExecutionSignaled',
      'workflowTaskScheduled',
    ]);
  });

  it('a fire that waits vanishes when its timer is cancelled', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([timer('t', 1000)], { forceNewTask: true });
    run.poll();
    run.now += 2000;
    run.do((state, env) => decideDue(state, undefined, env));
    run.do((state, env) => decideSignal(state, signal('late'), env));
    run.complete([cancelTimer('t')]);
    expect(run.names.slice(-4)).toEqual(['workflowTaskCompleted', 'timerCanceled', 'workflowExecutionSignaled', 'workflowTaskScheduled']);
    expect(run.names).not.toContain('timerFired');
  });

  it('an end with something unseen fails the task, shows it, and tries again at attempt 1', () => {
    const run = new ModelRun().start();
    run.poll();
    run.do((state, env) => decideSignal(state, signal('unseen'), env));
    expect(run.complete([complete()]).error?.message).toBe('UnhandledCommand');
    expect(run.names.slice(3)).toEqual(['workflowTaskFailed', 'workflowExecutionSignaled', 'workflowTaskScheduled']);
    expect(run.known.volatile.workflowTask).toMatchObject({ attempt: 1, kind: 'normal' });
    run.poll();
    expect(run.refusal((state, env) => decideSignal(state, signal('too late'), env))?.code).toBe('resource-exhausted');
  });

  it('only the first failed attempt is in history; the last one is written when it succeeds', () => {
    const run = new ModelRun().start();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      run.poll();
      failTask(run);
    }
    expect(run.names).toEqual([...FIRST_TASK.slice(0, 3), 'workflowTaskFailed']);
    run.poll();
    run.complete([]);
    expect(run.names.slice(4)).toEqual(['workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskCompleted']);
    expect(run.events[4]?.workflowTaskScheduledEventAttributes?.attempt).toBe(4);
  });

  it('news after a failed attempt make the next one a first attempt', () => {
    const run = new ModelRun().start();
    run.poll();
    failTask(run);
    run.do((state, env) => decideSignal(state, signal('news'), env));
    run.poll();
    expect(run.names.slice(3)).toEqual(['workflowTaskFailed', 'workflowExecutionSignaled', 'workflowTaskScheduled', 'workflowTaskStarted']);
    expect(run.known.volatile.workflowTask?.attempt).toBe(1);
  });

  it('a sticky worker that is gone costs a timeout and no attempt', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([timer('t', 100)], { stickyQueue: 'sticky' });
    run.now += 100;
    run.do((state, env) => decideDue(state, undefined, env));
    expect(run.known.volatile.workflowTask?.sticky?.taskQueue).toBe('sticky');
    expect(nextDueAt(run.known)).toBe(run.now + 10_000);
    run.now += 10_000;
    run.do((state, env) => decideDue(state, undefined, env));
    expect(run.names.slice(-2)).toEqual(['workflowTaskTimedOut', 'workflowTaskScheduled']);
    expect(run.known.volatile).toMatchObject({ sticky: undefined, workflowTask: { attempt: 1, sticky: undefined } });
  });

  it('termination with a task and a signal waiting', () => {
    const run = new ModelRun().start();
    run.poll();
    run.do((state, env) => decideSignal(state, signal('waiting'), env));
    run.do((state, env) => decideTerminate(state, { reason: 'enough', identity: 'me', firstExecutionRunId: '' }, env));
    expect(run.names.slice(3)).toEqual(['workflowTaskFailed', 'workflowExecutionSignaled', 'workflowExecutionTerminated']);
  });

  it('a held-back first task: a signal is written and waits with it', () => {
    const run = new ModelRun().start(startRequest({ firstTaskDelay: 5000 }));
    run.do((state, env) => decideSignal(state, signal('early'), env));
    expect(run.names).toEqual(['workflowExecutionStarted', 'workflowExecutionSignaled']);
    run.now += 5000;
    run.do((state, env) => decideDue(state, undefined, env));
    expect(run.names.at(-1)).toBe('workflowTaskScheduled');
  });
});

describe('what is refused', () => {
  it.each([
    [
      'nothing may follow the end',
      [complete(), marker('m')],
      'invalid command sequence: [CompleteWorkflowExecution, RecordMarker], command CompleteWorkflowExecution must be the last command.',
    ],
    ['a command nobody knows', [{ commandType: 99 }], 'Unknown command type: 99'],
  ])('%s, without a trace', (_name, commands, message) => {
    const run = new ModelRun().start();
    run.poll();
    const before = run.events.length;
    expect(() => run.complete(commands)).toThrow(message);
    expect(run.events).toHaveLength(before);
  });

  it.each([
    [
      'an activity without timeouts',
      activity('1', { startToCloseTimeout: null }),
      'BadScheduleActivityAttributes: a valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand. ActivityId=1 ActivityType=step',
    ],
    [
      'a timer that is there already',
      timer('twice', 1),
      'StartTimerDuplicateId: invalid history builder state for action: add-timer-started-event, TimerID: twice',
    ],
    [
      'a timer that is not there',
      cancelTimer('none'),
      'BadCancelTimerAttributes: invalid history builder state for action: add-timer-canceled-event, TimerID: none',
    ],
    [
      'an activity on a reserved queue',
      activity('1', { taskQueue: { name: '/_sys/x' } }),
      'BadScheduleActivityAttributes: invalid TaskQueue on ScheduleActivityTaskCommand: task queue name cannot start with reserved prefix /_sys/. ActivityId=1 ActivityType=step',
    ],
    ['a marker without a name', marker(''), 'BadRecordMarkerAttributes: MarkerName is not set on RecordMarkerCommand.'],
  ])('%s fails the task and leaves nothing of it', (_name, command, message) => {
    const run = new ModelRun().start();
    run.poll();
    expect(run.complete([timer('twice', 1000), command]).error?.message).toBe(message);
    expect(run.names.slice(3)).toEqual(['workflowTaskFailed']);
    expect(run.known.derived.timers.size).toBe(0);
    expect(run.known.volatile.workflowTask).toMatchObject({ attempt: 2, kind: 'transient' });
  });

  it('a token of another attempt', () => {
    const run = new ModelRun().start();
    run.poll();
    run.now += 10_000;
    run.do((state, env) => decideDue(state, undefined, env));
    expect(() => run.complete([])).toThrow('Workflow task not found.');
  });
});

describe('a task that keeps failing', () => {
  const problems = ['category=WorkflowTaskFailed', 'cause=WorkflowTaskFailedCauseNonDeterministicError'];

  it('is reported from its fifth failure on, until one succeeds', () => {
    const run = new ModelRun().start();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(run.known.volatile.reportedProblems).toEqual([]);
      run.poll();
      failTask(run);
    }
    expect(run.rebuilt().volatile.reportedProblems).toEqual(problems);
    run.poll();
    run.complete([]);
    expect(run.rebuilt().volatile.reportedProblems).toEqual([]);
  });

  it('is reported although signals come in between, which make each attempt a first one', () => {
    const run = new ModelRun().start();
    for (let failures = 1; failures <= 5; failures += 1) {
      expect(run.known.volatile.reportedProblems).toEqual([]);
      expect(run.poll().attempt).toBe(1);
      failTask(run);
      run.do((state, env) => decideSignal(state, signal(`${failures}`), env));
    }
    expect(run.rebuilt().volatile.reportedProblems).toEqual(problems);
  });
});

it('an answer too large for any message ends the run, and what waited is written before', () => {
  const run = new ModelRun().start();
  run.poll();
  run.do((state, env) => decideSignal(state, signal('news'), env));
  failTask(run, TOO_LARGE);
  expect(run.names.slice(3)).toEqual(['workflowTaskFailed', 'workflowExecutionSignaled', 'workflowExecutionTerminated']);
});
