import { describe, expect, it } from 'vitest';
import { api } from '@tidemark/protocol/api';
import { cancelWorkflow, complete } from '../../../../test/support/commands.ts';
import { ModelRun } from '../../../../test/support/model-run.ts';
import { decideCancel } from './cancel.ts';
import { decideTerminate } from './terminate.ts';

const { WorkflowExecutionStatus: Status } = api.enums.v1;

const cancelRequest = (changes: { readonly firstExecutionRunId?: string; readonly requestId?: string } = {}) => ({
  reason: 'no longer wanted',
  identity: 'client',
  requestId: 'cancel-1',
  firstExecutionRunId: '',
  links: [],
  ...changes,
});
const termination = (firstExecutionRunId = '') => ({ reason: 'enough', identity: 'client', firstExecutionRunId });
const cancelEvents = (run: ModelRun) => run.names.filter((name) => name === 'workflowExecutionCancelRequested');

function closedRun(): ModelRun {
  const run = new ModelRun().start();
  run.poll();
  run.complete([complete()]);
  return run;
}

describe('a request to cancel', () => {
  it('before the first poll is there when the first task starts', () => {
    const run = new ModelRun().start();
    run.do((state, env) => decideCancel(state, cancelRequest(), env));
    run.poll();
    expect(run.names).toEqual([
      'workflowExecutionStarted',
      'workflowTaskScheduled',
      'workflowExecutionCancelRequested',
      'workflowTaskStarted',
    ]);
    expect(run.events[2]?.workflowExecutionCancelRequestedEventAttributes).toMatchObject({
      cause: 'no longer wanted',
      identity: 'client',
    });
  });

  it('wakes an idle run and leaves its end to the workflow', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([]);
    run.do((state, env) => decideCancel(state, cancelRequest(), env));
    expect(run.names.slice(4)).toEqual(['workflowExecutionCancelRequested', 'workflowTaskScheduled']);
    run.poll();
    run.complete([cancelWorkflow()]);
    expect(run.names.at(-1)).toBe('workflowExecutionCanceled');
    expect(run.known.derived.status).toBe(Status.WORKFLOW_EXECUTION_STATUS_CANCELED);
  });

  it('is written once, also while the first one still waits', () => {
    const run = new ModelRun().start();
    run.poll();
    run.do((state, env) => decideCancel(state, cancelRequest(), env));
    run.do((state, env) => decideCancel(state, cancelRequest({ requestId: 'cancel-2' }), env));
    run.complete([]);
    run.do((state, env) => decideCancel(state, cancelRequest({ requestId: 'cancel-3' }), env));
    expect(cancelEvents(run)).toHaveLength(1);
  });

  it('that waits keeps the workflow from ending unaware', () => {
    const run = new ModelRun().start();
    run.poll();
    run.do((state, env) => decideCancel(state, cancelRequest(), env));
    expect(run.complete([complete()]).error?.message).toBe('UnhandledCommand');
    expect(run.names.slice(3)).toEqual(['workflowTaskFailed', 'workflowExecutionCancelRequested', 'workflowTaskScheduled']);
  });

  it('to a closed run is answered and changes nothing', () => {
    const run = closedRun();
    const before = run.records.length;
    run.do((state, env) => decideCancel(state, cancelRequest(), env));
    expect(run.records).toHaveLength(before);
  });

  it('meant for another chain is refused', () => {
    const run = new ModelRun().start();
    const request = cancelRequest({ firstExecutionRunId: 'another' });
    expect(run.refusal((state, env) => decideCancel(state, request, env))?.code).toBe('not-found');
    run.do((state, env) => decideCancel(state, cancelRequest({ firstExecutionRunId: 'run-1' }), env));
    expect(cancelEvents(run)).toHaveLength(1);
  });
});

describe('a termination', () => {
  it('ends a run that waits for its worker, without a failed task', () => {
    const run = new ModelRun().start();
    run.do((state, env) => decideTerminate(state, termination(), env));
    expect(run.names).toEqual(['workflowExecutionStarted', 'workflowTaskScheduled', 'workflowExecutionTerminated']);
    expect(run.known.derived).toMatchObject({ status: Status.WORKFLOW_EXECUTION_STATUS_TERMINATED, closedAt: run.now });
    expect(run.known.volatile.workflowTask).toBeUndefined();
  });

  it('says so in the failure of the task in flight', () => {
    const run = new ModelRun().start();
    run.poll();
    run.do((state, env) => decideTerminate(state, termination(), env));
    expect(run.events[3]?.workflowTaskFailedEventAttributes?.cause).toBe(
      api.enums.v1.WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
    );
    expect(run.events[4]?.workflowExecutionTerminatedEventAttributes).toMatchObject({ reason: 'enough', identity: 'client' });
  });

  it('of a closed run is refused', () => {
    expect(closedRun().refusal((state, env) => decideTerminate(state, termination(), env))?.code).toBe('not-found');
  });

  it('meant for another chain is refused', () => {
    const run = new ModelRun().start();
    expect(run.refusal((state, env) => decideTerminate(state, termination('another'), env))?.code).toBe('not-found');
    expect(run.names).not.toContain('workflowExecutionTerminated');
  });
});
