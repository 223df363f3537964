import { toDuration } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { activity, complete, startChild, timer } from '../../../../test/support/commands.ts';
import { KEY, ModelRun } from '../../../../test/support/model-run.ts';
import { acceptance, admit, placed, response } from '../../../../test/support/updates.ts';
import { runId } from '../../../kernel/ids.ts';
import { errandsOf } from '../errands.ts';
import { eventNameOf } from '../events.ts';
import { decideChildStarted } from './child.ts';
import { decideReset } from './reset.ts';
import { decideSignal } from './signal.ts';
import { statusOfUpdate } from './update.ts';

const EVERYTHING = { signals: true, updates: true };

function signal(run: ModelRun, name: string): void {
  const request = { signalName: name, requestId: name, input: null, header: null, identity: 'c', links: [] };
  run.do((state, env) => decideSignal(state, request, env));
}

/** The events of a run as its store has them, in two parts. */
function parts(run: ModelRun, finishEventId: number) {
  const before = run.events.slice(0, finishEventId - 1);
  return { past: [before.slice(0, 2), before.slice(2)].filter((batch) => batch.length > 0), later: run.events.slice(finishEventId - 1) };
}

function reset(run: ModelRun, finishEventId: number, reapplied = EVERYTHING) {
  const request = { newRunId: runId('run-2'), reason: 'try again', reapplied, ...parts(run, finishEventId) };
  run.do((state, env) => decideReset({ base: state, current: state }, request, env));
  const fresh = run.others.at(-1);
  if (fresh === undefined) throw new Error('a run was begun');
  const written = fresh.changes.flatMap((change) => (change.kind === 'event' ? [change.event] : []));
  return { fresh, written, names: written.map(({ eventType }) => eventNameOf(eventType ?? 0)) };
}

function refusalOf(run: ModelRun, finishEventId: number) {
  const request = { newRunId: runId('run-2'), reason: '', reapplied: EVERYTHING, ...parts(run, finishEventId) };
  return run.refusal((state, env) => decideReset({ base: state, current: state }, request, env));
}

/** Two completed workflow tasks: events 2 to 4, and 6 to 8 after a signal. */
function twoTasks(commands: Parameters<ModelRun['complete']>[0] = []): ModelRun {
  const run = new ModelRun().start();
  run.poll();
  run.complete(commands);
  signal(run, 'a');
  run.poll();
  run.complete([]);
  return run;
}

describe('a reset', () => {
  it('shares the past up to the task, fails that, and does again what came after', () => {
    const run = twoTasks();
    const { fresh, written, names } = reset(run, 4);
    expect(fresh.past.flat().map(({ eventType }) => eventNameOf(eventType ?? 0))).toEqual(run.names.slice(0, 3));
    expect(names).toEqual(['workflowTaskFailed', 'workflowExecutionSignaled', 'workflowTaskScheduled']);
    expect(written[0]?.workflowTaskFailedEventAttributes).toMatchObject({ baseRunId: 'run-1', newRunId: 'run-2', cause: 20 });
    expect(fresh.state.derived.start.originalExecutionRunId).toBe('run-1');
    expect(fresh.becomesCurrent).toBe(true);
  });

  it('ends the run it is about with its reason, and leaves a way from there', () => {
    const run = twoTasks();
    reset(run, 4);
    expect(run.events.at(-1)?.workflowExecutionTerminatedEventAttributes).toMatchObject({
      reason: 'try again',
      identity: 'history-resetter',
    });
    expect(run.rebuilt().volatile.resetTo).toBe('run-2');
  });

  it('of a closed run leaves its end alone', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([complete()]);
    reset(run, 4);
    expect(run.names.at(-1)).toBe('workflowExecutionCompleted');
    expect(run.known.volatile.resetTo).toBe('run-2');
  });

  it('may leave out what came after', () => {
    expect(reset(twoTasks(), 4, { signals: false, updates: false }).names).toEqual(['workflowTaskFailed', 'workflowTaskScheduled']);
  });

  it('to a task nobody had taken writes that it was started', () => {
    expect(reset(twoTasks(), 3).names).toEqual([
      'workflowTaskStarted',
      'workflowTaskFailed',
      'workflowExecutionSignaled',
      'workflowTaskScheduled',
    ]);
  });

  it('brings back an update that was accepted after the point', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([]);
    admit(run, 'u');
    run.poll();
    const messages = [acceptance('u'), response('u')];
    run.complete(messages.map(placed), { messages });
    const { fresh, names } = reset(run, 4);
    expect(names).toEqual(['workflowTaskFailed', 'workflowExecutionUpdateAdmitted', 'workflowTaskScheduled']);
    expect(statusOfUpdate(fresh.state, 'u').stage).toBe('admitted');
  });

  it('does a signal again that still waited for the task in flight', () => {
    const run = twoTasks();
    signal(run, 'wake');
    run.poll();
    signal(run, 'late');
    const { written } = reset(run, 4);
    const names = written.flatMap(({ workflowExecutionSignaledEventAttributes: of }) => of?.signalName ?? []);
    expect(names).toEqual(['a', 'wake', 'late']);
  });

  it('begins pending activities again, and keeps the time of timers', () => {
    const run = twoTasks([activity('work', { scheduleToCloseTimeout: toDuration(60_000) }), timer('t', 60_000)]);
    run.now += 50_000;
    const finish = run.names.lastIndexOf('workflowTaskCompleted') + 1;
    const { fresh } = reset(run, finish);
    const [progress] = [...fresh.state.volatile.progress.values()];
    expect(progress).toMatchObject({ phase: 'scheduled', attempt: 1, scheduledAt: run.now, since: run.now });
    expect(fresh.state.derived.timers.get('t')?.firesAt).toBe(run.known.derived.timers.get('t')?.firesAt);
  });

  it('keeps the children of its past: their policy does not apply, and what is still asked of others is asked again', () => {
    const run = twoTasks([startChild('child')]);
    run.do((state, env) => decideChildStarted(state, { initiatedEventId: 5, runId: 'child-1' }, env));
    const { fresh } = reset(run, run.names.lastIndexOf('workflowTaskCompleted') + 1);
    expect(run.known.volatile.afterClose).toEqual([]);
    expect(fresh.state.derived.children.get(5)?.runId).toBe('child-1');
    const other = twoTasks([startChild('child')]);
    const { fresh: waiting } = reset(other, other.names.lastIndexOf('workflowTaskCompleted') + 1);
    expect(errandsOf(waiting)).toEqual([{ kind: 'startChild', key: { ...KEY, runId: 'run-2' }, initiatedEventId: 5 }]);
  });

  it('leaves the children that the new run does not know alone', () => {
    const run = twoTasks([startChild('child')]);
    run.do((state, env) => decideChildStarted(state, { initiatedEventId: 5, runId: 'child-1' }, env));
    reset(run, 4);
    expect(run.names.at(-1)).toBe('workflowExecutionTerminated');
    expect(run.known.volatile.afterClose).toEqual([]);
  });

  it.each([2, 5, 6])('cannot go to event %i, which ends no task', (finishEventId) => {
    expect(refusalOf(twoTasks(), finishEventId)?.message).toContain(`WorkflowTaskFinishEventId ${finishEventId} `);
  });
});
