import { api } from '@tidemark/protocol/api';
import { describe, expect, it } from 'vitest';
import { complete } from '../../../../test/support/commands.ts';
import { ModelRun } from '../../../../test/support/model-run.ts';
import { decideSignal } from './signal.ts';

describe('limits', () => {
  const send = (run: ModelRun, name: string) =>
    run.do((state, env) =>
      decideSignal(state, { signalName: name, requestId: name, input: null, header: null, identity: 'client', links: [] }, env),
    );

  it('end a run whose history grows beyond its events', () => {
    const run = new ModelRun().start();
    run.limits = { ...run.limits, historyEventsMax: 4 };
    send(run, 'a');
    send(run, 'b');
    expect(run.names.at(-1)).toBe('workflowExecutionSignaled');
    send(run, 'c');
    expect(run.events.at(-1)?.workflowExecutionTerminatedEventAttributes).toMatchObject({
      reason: 'Workflow history count exceeds limit.',
      identity: 'history-service',
    });
    expect(run.names.slice(2)).toEqual([
      'workflowExecutionSignaled',
      'workflowExecutionSignaled',
      'workflowExecutionSignaled',
      'workflowExecutionTerminated',
    ]);
  });

  it('end a run whose history grows beyond its bytes', () => {
    const run = new ModelRun().start();
    run.limits = { ...run.limits, historyBytesMax: 1 };
    send(run, 'a');
    expect(run.events.at(-1)?.workflowExecutionTerminatedEventAttributes?.reason).toBe('Workflow history size exceeds limit.');
  });

  it('take a task from a worker that lets too much wait', () => {
    const run = new ModelRun().start();
    run.limits = { ...run.limits, bufferedEventsMax: 2 };
    run.poll();
    send(run, 'a');
    send(run, 'b');
    expect(run.known.volatile.buffered).toHaveLength(2);
    send(run, 'c');
    expect(run.names.slice(3)).toEqual([
      'workflowTaskFailed',
      'workflowExecutionSignaled',
      'workflowExecutionSignaled',
      'workflowExecutionSignaled',
      'workflowTaskScheduled',
    ]);
    expect(run.known.volatile.buffered).toEqual([]);
  });

  it('take a task from a worker that lets too many bytes wait', () => {
    const run = new ModelRun().start();
    run.limits = { ...run.limits, bufferedBytesMax: 20 };
    run.poll();
    send(run, 'a');
    expect(run.names).toHaveLength(3);
    send(run, 'b'.repeat(20));
    expect(run.names.slice(3, 6)).toEqual(['workflowTaskFailed', 'workflowExecutionSignaled', 'workflowExecutionSignaled']);
  });

  it('end a run that makes the engine remember too much beside its history', () => {
    const run = new ModelRun().start();
    run.limits = { ...run.limits, stateBytesMax: 100 };
    run.poll();
    send(run, 'a'.repeat(50));
    expect(run.names).toHaveLength(3);
    send(run, 'b'.repeat(50));
    expect(run.events.at(-1)?.workflowExecutionTerminatedEventAttributes?.reason).toBe('Workflow mutable state size exceeds limit.');
  });

  it.each([
    ['one byte below', 1_000, undefined],
    ['one byte above', 1_001, 'BadScheduleActivityAttributes: CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.'],
  ])('take a result %s the size of a payload', (_what, size, reason) => {
    const run = new ModelRun().start();
    // Its frame takes six bytes.
    run.limits = { ...run.limits, blobBytesMax: 1_006 };
    run.poll();
    const { error } = run.complete([complete({ payloads: [{ data: new Uint8Array(size) }] })]);
    expect(error?.message).toBe(reason);
    expect(run.names.at(-1)).toBe(reason === undefined ? 'workflowExecutionCompleted' : 'workflowExecutionTerminated');
  });

  it('refuse a command without its attributes', () => {
    const run = new ModelRun().start();
    run.poll();
    expect(run.complete([{ commandType: api.enums.v1.CommandType.COMMAND_TYPE_START_TIMER }]).error?.message).toBe(
      'BadStartTimerAttributes: StartTimerCommandAttributes is not set on StartTimerCommand.',
    );
  });
});
