import { toDuration } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { activity, complete, marker } from '../../../../test/support/commands.ts';
import { KEY, ModelRun, startRequest } from '../../../../test/support/model-run.ts';
import { runId } from '../../../kernel/ids.ts';
import { decideCompleteActivity, decideStartActivity } from './activity.ts';
import { decideSignal, decideSignalWithStart } from './signal.ts';

const CONFLICT_FAIL = 1;
const CONFLICT_TERMINATE = 3;
const REUSE_REJECT_DUPLICATE = 3;

const signal = (signalName: string, requestId: string = signalName) => ({
  signalName,
  requestId,
  input: { payloads: [{ data: new Uint8Array([1]) }] },
  header: null,
  identity: 'client',
  links: [],
});

const send = (run: ModelRun, name: string, requestId?: string): void =>
  run.do((state, env) => decideSignal(state, signal(name, requestId), env));
const signalsOf = (run: ModelRun) => run.events.flatMap(({ workflowExecutionSignaledEventAttributes: of }) => of?.signalName ?? []);

describe('a signal', () => {
  it('to an idle run is written and wakes it', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([]);
    send(run, 'a');
    expect(run.names.slice(4)).toEqual(['workflowExecutionSignaled', 'workflowTaskScheduled']);
    expect(run.events[4]?.workflowExecutionSignaledEventAttributes).toMatchObject({ signalName: 'a', identity: 'client' });
  });

  it('before the first poll comes behind the scheduled task and needs no other', () => {
    const run = new ModelRun().start();
    send(run, 'a');
    expect(run.names).toEqual(['workflowExecutionStarted', 'workflowTaskScheduled', 'workflowExecutionSignaled']);
  });

  it('with a request id seen before changes nothing, in whatever state the first one is', () => {
    const run = new ModelRun().start();
    run.poll();
    send(run, 'a', 'r1');
    expect(run.known.volatile.buffered).toHaveLength(1);
    const waiting = run.records.length;
    send(run, 'a again', 'r1');
    expect(run.records).toHaveLength(waiting);
    run.complete([]);
    send(run, 'a once more', 'r1');
    send(run, 'b', 'r2');
    expect(signalsOf(run)).toEqual(['a', 'b']);
  });

  it('is known again after the run was loaded from the store', () => {
    const run = new ModelRun().start();
    send(run, 'a', 'r1');
    expect(decideSignal(run.rebuilt(), signal('a', 'r1'), run.env).kind).toBe('unchanged');
    expect(decideSignal(run.rebuilt(), signal('a', 'r2'), run.env).kind).toBe('transition');
  });

  it('without a request id is written each time', () => {
    const run = new ModelRun().start();
    send(run, 'a', '');
    send(run, 'a', '');
    expect(signalsOf(run)).toEqual(['a', 'a']);
  });

  it('keeps its place among others that wait for the task', () => {
    const run = new ModelRun().start();
    run.poll();
    for (const name of ['one', 'two', 'three']) send(run, name);
    expect(signalsOf(run)).toEqual([]);
    run.complete([marker('m')]);
    expect(run.names.slice(3)).toEqual([
      'workflowTaskCompleted',
      'markerRecorded',
      'workflowExecutionSignaled',
      'workflowExecutionSignaled',
      'workflowExecutionSignaled',
      'workflowTaskScheduled',
    ]);
    expect(signalsOf(run)).toEqual(['one', 'two', 'three']);
  });

  it('that waits comes before the end of an activity that came earlier', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([activity('a')], { forceNewTask: true });
    run.poll();
    run.do((state, env) => decideStartActivity(state, { scheduledEventId: 5, stamp: 0, requestId: 'p', identity: 'w' }, env));
    const ref = { kind: 'token' as const, scheduledEventId: 5, attempt: 1, stamp: 0 };
    run.do((state, env) => decideCompleteActivity(state, { ref, result: undefined, identity: 'w' }, env));
    send(run, 'later');
    run.complete([]);
    expect(run.names.slice(8)).toEqual([
      'activityTaskStarted',
      'workflowExecutionSignaled',
      'activityTaskCompleted',
      'workflowTaskScheduled',
    ]);
    expect(run.events[10]?.activityTaskCompletedEventAttributes?.startedEventId?.toString()).toBe('9');
  });

  it('to a closed run is refused', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([complete()]);
    expect(run.refusal((state, env) => decideSignal(state, signal('a'), env))).toMatchObject({
      code: 'not-found',
      message: 'workflow execution already completed',
    });
  });

  it('beyond the limit is refused', () => {
    const run = new ModelRun().start();
    const env = { ...run.env, limits: { ...run.env.limits, signalsMax: 2 } };
    run.take(decideSignal(run.known, signal('a'), env));
    run.take(decideSignal(run.known, signal('b'), env));
    expect(decideSignal(run.known, signal('c'), env)).toMatchObject({ kind: 'rejected', error: { code: 'invalid-argument' } });
    expect(signalsOf(run)).toEqual(['a', 'b']);
  });
});

describe('a signal with start', () => {
  const both = (over: Parameters<typeof startRequest>[0] = {}, requestId = 'signal-1') => ({
    start: startRequest({ conflictPolicy: CONFLICT_FAIL, ...over }),
    signal: signal('hello', requestId),
  });
  const another = (request: ReturnType<typeof both>) => ({
    ...request,
    start: { ...request.start, run: { ...request.start.run, key: { ...KEY, runId: runId('run-2') }, requestId: 'start-2' } },
  });

  it('to nobody starts a run whose first events are its start and the signal', () => {
    const run = new ModelRun();
    expect(run.take(decideSignalWithStart(undefined, both(), run.env))).toMatchObject({ runId: 'run-1', started: true });
    expect(run.names).toEqual(['workflowExecutionStarted', 'workflowExecutionSignaled', 'workflowTaskScheduled']);
  });

  it('with a start delay holds the first task back', () => {
    const run = new ModelRun();
    run.take(decideSignalWithStart(undefined, both({ firstTaskDelay: 3000 }), run.env));
    expect(run.names).toEqual(['workflowExecutionStarted', 'workflowExecutionSignaled']);
  });

  it('to an open run only signals it, and only once', () => {
    const run = new ModelRun().start();
    const reply = run.do((state, env) => decideSignalWithStart(state, another(both()), env));
    expect(reply).toMatchObject({ runId: 'run-1', started: false });
    run.do((state, env) => decideSignalWithStart(state, another(both()), env));
    expect(signalsOf(run)).toEqual(['hello']);
    expect(run.others).toEqual([]);
  });

  it('where the open run is to be terminated starts the next one in the same commit', () => {
    const run = new ModelRun().start();
    const request = another(both({ conflictPolicy: CONFLICT_TERMINATE }));
    expect(run.do((state, env) => decideSignalWithStart(state, request, env))).toMatchObject({ runId: 'run-2', started: true });
    expect(run.names.at(-1)).toBe('workflowExecutionTerminated');
    expect(run.others.map(({ key }) => key.runId)).toEqual(['run-2']);
    expect(signalsOf(run)).toEqual([]);
  });

  it('to a closed run starts another, unless ids may not be used again', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([complete()]);
    const refused = another(both({ reusePolicy: REUSE_REJECT_DUPLICATE }));
    expect(run.refusal((state, env) => decideSignalWithStart(state, refused, env))?.code).toBe('already-started');
    expect(run.do((state, env) => decideSignalWithStart(state, another(both()), env))).toMatchObject({ runId: 'run-2', started: true });
  });

  it('started with a timeout counts it from its start', () => {
    const run = new ModelRun();
    run.take(decideSignalWithStart(undefined, both({ attributes: { workflowRunTimeout: toDuration(7000) } }), run.env));
    expect(run.known.volatile.runExpiresAt).toBe(run.now + 7000);
  });
});
