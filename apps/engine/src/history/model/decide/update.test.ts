import { describe, expect, it } from 'vitest';
import { complete, continueAsNew, timer } from '../../../../test/support/commands.ts';
import { ModelRun, startRequest } from '../../../../test/support/model-run.ts';
import { acceptance, admit, placed, rejection, response, update } from '../../../../test/support/updates.ts';
import type { RunState } from '../state.ts';
import { decideDue } from './due.ts';
import { decideSignal } from './signal.ts';
import { decideTerminate } from './terminate.ts';
import { decideAdmitUpdate, statusOfUpdate, waitingUpdates } from './update.ts';
import type { UpdateMessage } from './update-messages.ts';
import { decideUpdateWithStart } from './update-with-start.ts';
import { decideFailWorkflowTask } from './workflow-task.ts';

const FAIL = 1;
const USE_EXISTING = 2;
const TERMINATE_EXISTING = 3;

/** Past its first task, with nothing to do. */
function idle(commands: Parameters<ModelRun['complete']>[0] = []): ModelRun {
  const run = new ModelRun().start();
  run.poll();
  run.complete(commands);
  return run;
}

const all = (...messages: UpdateMessage[]) => ({ messages });
const accepted = (run: ModelRun, updateId: string): void => {
  run.poll();
  run.complete([placed(acceptance(updateId))], all(acceptance(updateId)));
};
const signal = (run: ModelRun): void =>
  run.do((state, env) =>
    decideSignal(state, { signalName: 's', requestId: 's', input: null, header: null, identity: 'c', links: [] }, env),
  );
const terminate = (run: ModelRun): void =>
  run.do((state, env) => decideTerminate(state, { reason: 'r', identity: 'c', firstExecutionRunId: '' }, env));
const due = (run: ModelRun, afterMs: number): void => {
  run.now += afterMs;
  run.do((state, env) => decideDue(state, undefined, env));
};
const stage = (state: RunState, updateId: string): string => statusOfUpdate(state, updateId).stage;
const sentIds = (run: ModelRun) => waitingUpdates(run.known).map(({ updateId }) => updateId);

describe('an update to an idle run', () => {
  it('leaves nothing in the store until a worker accepts it', () => {
    const run = idle();
    const [records, events] = [run.records.length, run.events.length];
    admit(run, 'u');
    expect(run.known.volatile.workflowTask).toMatchObject({ kind: 'speculative', scheduledEventId: 5 });
    run.poll();
    expect(stage(run.known, 'u')).toBe('admitted');
    expect([run.records.length, run.events.length]).toEqual([records, events]);
    expect(run.rebuilt().volatile.workflowTask).toBeUndefined();
  });

  it('accepted and completed at once leaves its task and both events', () => {
    const run = idle();
    admit(run, 'u');
    run.poll();
    const messages = [acceptance('u'), response('u')];
    run.complete(messages.map(placed), all(...messages));
    expect(run.names.slice(4)).toEqual([
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
      'workflowExecutionUpdateAccepted',
      'workflowExecutionUpdateCompleted',
    ]);
    expect(run.events[7]?.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name).toBe('add');
    expect(statusOfUpdate(run.rebuilt(), 'u')).toEqual({ stage: 'completed', eventId: 9 });
  });

  it('rejected leaves no trace, and the worker goes back to the task before', () => {
    const run = idle();
    admit(run, 'u');
    run.poll();
    const reply = run.complete([], all(rejection('u')));
    expect([reply.resetToEventId, run.names.length]).toEqual([3, 4]);
    expect(statusOfUpdate(run.known, 'u')).toMatchObject({ stage: 'refused', refusal: { failure: { message: 'no' } } });
    admit(run, 'u2');
    expect(run.known.volatile.workflowTask?.scheduledEventId).toBe(5);
  });

  it('rejected after the last completion started something leaves the task, unless the worker can forget it', () => {
    const one = idle([timer('t', 60_000)]);
    admit(one, 'u');
    one.poll();
    expect(one.complete([], all(rejection('u'))).resetToEventId).toBe(0);
    expect(one.names.slice(5)).toEqual(['workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskCompleted']);
    const other = idle([timer('t', 60_000)]);
    admit(other, 'u');
    other.poll();
    expect(other.complete([], { ...all(rejection('u')), forgetsTasksWithEvents: true }).resetToEventId).toBe(3);
    expect(other.names).toHaveLength(5);
  });

  it('that the worker says nothing of is rejected in its place', () => {
    const run = idle();
    admit(run, 'u');
    run.poll();
    run.complete([]);
    expect(statusOfUpdate(run.known, 'u')).toMatchObject({
      refusal: { kind: 'rejected', failure: { applicationFailureInfo: { type: 'UnprocessedUpdate' } } },
    });
  });

  it('becomes part of history with a signal that comes first', () => {
    const run = idle();
    admit(run, 'u');
    signal(run);
    expect(run.names.slice(4)).toEqual(['workflowTaskScheduled', 'workflowExecutionSignaled']);
    run.poll();
    expect(sentIds(run)).toEqual(['u']);
    expect(run.names.at(-1)).toBe('workflowTaskStarted');
  });

  it('becomes part of history with a signal that waits for its task', () => {
    const run = idle();
    admit(run, 'u');
    run.poll();
    signal(run);
    expect(run.names.slice(4)).toEqual(['workflowTaskScheduled', 'workflowTaskStarted']);
    run.complete([placed(acceptance('u'))], all(acceptance('u')));
    expect(run.names.slice(6)).toEqual([
      'workflowTaskCompleted',
      'workflowExecutionUpdateAccepted',
      'workflowExecutionSignaled',
      'workflowTaskScheduled',
    ]);
  });

  it('whose task nobody takes within five seconds is offered again, as attempt 1', () => {
    const run = idle();
    admit(run, 'u');
    due(run, 5000);
    expect(run.names.slice(4)).toEqual(['workflowTaskScheduled', 'workflowTaskTimedOut', 'workflowTaskScheduled']);
    expect(run.known.volatile.workflowTask?.attempt).toBe(1);
    expect(sentIds(run)).toEqual(['u']);
  });

  it('whose worker is lost is sent again with the next attempt', () => {
    const run = idle();
    admit(run, 'u');
    run.poll();
    due(run, 10_000);
    expect(run.names.slice(4)).toEqual(['workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskTimedOut']);
    expect(run.events[5]?.workflowTaskStartedEventAttributes?.identity).toBe('');
    expect(run.known.volatile.workflowTask).toMatchObject({ kind: 'transient', attempt: 2 });
    run.poll();
    expect(sentIds(run)).toEqual(['u']);
  });

  it('whose task the worker fails is sent again, and the failure is written', () => {
    const run = idle();
    admit(run, 'u');
    const task = run.poll();
    const failing = { ref: { ...task, startedAt: task.startedAt ?? 0 }, cause: 14, failure: null, identity: 'w', binaryChecksum: '' };
    run.do((state, env) => decideFailWorkflowTask(state, failing, env));
    expect(run.names.slice(4)).toEqual(['workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskFailed']);
    expect(sentIds(run)).toEqual(['u']);
  });

  it('stays with its worker while that heartbeats, which makes the task an ordinary one', () => {
    const run = idle();
    admit(run, 'u');
    run.poll();
    run.complete([], { forceNewTask: true, returnNewTask: true });
    expect(run.names.slice(4)).toEqual([
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
      'workflowTaskScheduled',
      'workflowTaskStarted',
    ]);
    expect([stage(run.known, 'u'), sentIds(run)]).toEqual(['admitted', ['u']]);
  });

  it('ends with a run that is terminated: without a trace while it waits, with its task once it started', () => {
    const waiting = idle();
    admit(waiting, 'u');
    terminate(waiting);
    expect(waiting.names.slice(4)).toEqual(['workflowExecutionTerminated']);
    expect(statusOfUpdate(waiting.known, 'u')).toEqual({ stage: 'aborted', wasAccepted: false, isFollowed: false });
    const started = idle();
    admit(started, 'u');
    started.poll();
    terminate(started);
    expect(started.names.slice(4)).toEqual([
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskFailed',
      'workflowExecutionTerminated',
    ]);
  });

  it('that comes while a task runs goes out with one of its own, returned with the answer', () => {
    const run = new ModelRun().start();
    run.poll();
    admit(run, 'u');
    const { newTask } = run.complete([], { returnNewTask: true });
    expect(newTask).toMatchObject({ kind: 'speculative', scheduledEventId: 5, startedEventId: 6 });
    run.complete([], all(rejection('u')));
    expect(run.names).toHaveLength(4);
  });

  it('ends the wait for a first task that is held back', () => {
    const run = new ModelRun().start(startRequest({ firstTaskDelay: 3_600_000 }));
    admit(run, 'u');
    expect(run.names).toEqual(['workflowExecutionStarted', 'workflowTaskScheduled']);
    expect(run.known.volatile.firstTaskAt).toBeUndefined();
  });
});

describe('updates of one run', () => {
  it('go out in the order in which they came', () => {
    const run = new ModelRun().start();
    for (const id of ['c', 'a', 'b']) admit(run, id);
    run.poll();
    expect(sentIds(run)).toEqual(['c', 'a', 'b']);
  });

  it('may be answered in any order', () => {
    const run = new ModelRun().start();
    admit(run, 'a');
    admit(run, 'b');
    run.poll();
    const first = [acceptance('a', 2), acceptance('b', 2), response('b')];
    run.complete(first.map(placed), all(...first));
    signal(run);
    run.poll();
    run.complete([placed(response('a')), complete()], all(response('a')));
    expect([stage(run.known, 'a'), stage(run.known, 'b')]).toEqual(['completed', 'completed']);
    expect(run.names.at(-1)).toBe('workflowExecutionCompleted');
  });

  it('are known by their ids in every stage', () => {
    const run = idle();
    admit(run, 'u');
    expect(decideAdmitUpdate(run.known, update('u'), run.env).kind).toBe('unchanged');
    accepted(run, 'u');
    expect(decideAdmitUpdate(run.rebuilt(), update('u'), run.env).kind).toBe('unchanged');
    terminate(run);
    expect(decideAdmitUpdate(run.known, update('u'), run.env).kind).toBe('unchanged');
    expect(statusOfUpdate(run.known, 'u')).toEqual({ stage: 'aborted', wasAccepted: true, isFollowed: false });
    expect(run.refusal((state, env) => decideAdmitUpdate(state, update('late'), env))?.code).toBe('not-found');
  });

  it('are ten at a time at most', () => {
    const run = new ModelRun().start();
    for (let at = 0; at < 10; at += 1) admit(run, `u${at}`);
    const refusal = run.refusal((state, env) => decideAdmitUpdate(state, update('eleventh'), env));
    expect([refusal?.code, refusal?.message]).toEqual([
      'resource-exhausted',
      'limit on number of concurrent in-flight updates has been reached (10)',
    ]);
  });

  it('that nobody accepted do not keep a run from ending, and may be taken by the one that follows', () => {
    const run = new ModelRun().start();
    run.poll();
    admit(run, 'u');
    run.complete([continueAsNew()]);
    expect(statusOfUpdate(run.known, 'u')).toEqual({ stage: 'aborted', wasAccepted: false, isFollowed: true });
  });

  it('that were lost with the process are revived by the worker that has them', () => {
    const run = new ModelRun().start();
    run.poll();
    const revived: UpdateMessage = { ...acceptance('u', 2), kind: 'acceptance', body: { acceptedRequest: update('u').request } };
    run.complete([placed(revived)], all(revived));
    expect(stage(run.known, 'u')).toBe('accepted');
  });

  it('are refused while the workflow task keeps failing', () => {
    const run = new ModelRun().start();
    for (let attempt = 1; attempt < 3; attempt += 1) {
      const task = run.poll();
      const ref = { ...task, startedAt: task.startedAt ?? 0 };
      run.do((state, env) => decideFailWorkflowTask(state, { ref, cause: 14, failure: null, identity: 'w', binaryChecksum: '' }, env));
    }
    expect(run.refusal((state, env) => decideAdmitUpdate(state, update('u'), env))?.code).toBe('workflow-not-ready');
  });

  it.each<[string, readonly UpdateMessage[], ReturnType<typeof placed>[] | undefined]>([
    ['nobody knows', [acceptance('other')], undefined],
    ['is completed before it was accepted', [response('u')], undefined],
    ['is accepted twice', [acceptance('u'), { ...acceptance('u'), id: 'again' }], undefined],
    ['is named by a command without a message', [], [placed(acceptance('u'))]],
    ['is rejected without a reason', [{ ...rejection('u'), kind: 'rejection', body: {} }], undefined],
  ])('fail the task of a worker whose message %s, and their callers are told', (_what, messages, commands) => {
    const run = new ModelRun().start();
    admit(run, 'u');
    run.poll();
    const { error } = run.complete(commands ?? messages.map(placed), { messages });
    expect(error?.message).toMatch(/^BadUpdateWorkflowExecutionMessage: /);
    expect(statusOfUpdate(run.known, 'u')).toEqual({ stage: 'refused', refusal: { kind: 'taskFailed' } });
  });
});

describe('update-with-start', () => {
  const both = (updateId: string, over: Parameters<typeof startRequest>[0] = {}) => ({
    start: startRequest({ requestId: 'other', ...over }),
    update: update(updateId),
  });

  it('begins a run whose first task carries the update', () => {
    const run = new ModelRun();
    const reply = run.take(decideUpdateWithStart(undefined, both('u'), run.env));
    expect(reply.start.started).toBe(true);
    run.poll();
    expect([run.names, sentIds(run)]).toEqual([['workflowExecutionStarted', 'workflowTaskScheduled', 'workflowTaskStarted'], ['u']]);
  });

  it('updates the run that is there, where the policy or the same start request says so', () => {
    for (const over of [{ conflictPolicy: USE_EXISTING }, { requestId: 'start-1' }] as const) {
      const run = idle();
      expect(run.do((state, env) => decideUpdateWithStart(state, both('u', over), env)).start.started).toBe(false);
      expect(stage(run.known, 'u')).toBe('admitted');
    }
  });

  it('says of each part why it was not done when the id is taken', () => {
    const run = idle();
    const refusal = run.refusal((state, env) => decideUpdateWithStart(state, both('u', { conflictPolicy: FAIL }), env));
    expect(refusal?.facts.operations?.map((part) => part?.code)).toEqual(['already-started', 'aborted-operation']);
  });

  it('replaces a running run where it is told to, yet joins an update that run has already', () => {
    const run = idle();
    admit(run, 'u');
    const replacing = { conflictPolicy: TERMINATE_EXISTING } as const;
    expect(decideUpdateWithStart(run.known, both('u', replacing), run.env).kind).toBe('unchanged');
    const decision = decideUpdateWithStart(run.known, both('new', replacing), run.env);
    expect(decision.kind === 'transition' && decision.transitions).toHaveLength(2);
  });

  it('finds the outcome of a completed update in a closed run, and starts nothing', () => {
    const run = idle();
    admit(run, 'u');
    run.poll();
    const messages = [acceptance('u'), response('u')];
    run.complete([...messages.map(placed), complete()], all(...messages));
    expect(decideUpdateWithStart(run.known, both('u'), run.env)).toMatchObject({ kind: 'unchanged', reply: { start: { started: false } } });
  });

  it('begins a run where the one that was there closed before it took the update', () => {
    const run = idle();
    admit(run, 'u');
    terminate(run);
    const decision = decideUpdateWithStart(run.known, both('u'), run.env);
    expect(decision).toMatchObject({ kind: 'transition', reply: { start: { started: true } } });
  });

  it('says which limit the update met', () => {
    const run = idle();
    for (let at = 0; at < 10; at += 1) admit(run, `u${at}`);
    const refusal = run.refusal((state, env) => decideUpdateWithStart(state, both('u', { conflictPolicy: USE_EXISTING }), env));
    expect(refusal?.facts.operations?.map((part) => part?.code)).toEqual(['aborted-operation', 'resource-exhausted']);
  });
});
