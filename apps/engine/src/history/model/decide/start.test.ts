import { api } from '@tidemark/protocol/api';
import { describe, expect, it } from 'vitest';
import { complete, continueAsNew, fail } from '../../../../test/support/commands.ts';
import { KEY, ModelRun, startRequest } from '../../../../test/support/model-run.ts';
import { toDuration } from '@tidemark/protocol/time';
import { runId } from '../../../kernel/ids.ts';
import { decideDue } from './due.ts';
import { decideStart } from './start.ts';

const { WorkflowIdConflictPolicy: Conflict, WorkflowIdReusePolicy: Reuse } = api.enums.v1;

function second(over: Parameters<typeof startRequest>[0] = {}) {
  const request = startRequest({ requestId: 'start-2', ...over });
  return { ...request, run: { ...request.run, key: { ...KEY, runId: runId('run-2') } } };
}

function running(): ModelRun {
  return new ModelRun().start();
}

function closed(end = complete()): ModelRun {
  const run = running();
  run.poll();
  run.complete([end]);
  return run;
}

describe('a second start while a run is open', () => {
  it('with the same request id answers with that run', () => {
    const run = running();
    expect(run.do((state, env) => decideStart(state, startRequest(), env))).toMatchObject({ runId: 'run-1', started: true });
  });

  it('fails by default and says which run is there', () => {
    const refused = running().refusal((state, env) => decideStart(state, second(), env));
    expect(refused).toMatchObject({ code: 'already-started', facts: { runId: 'run-1', startRequestId: 'start-1' } });
  });

  it('uses the existing run where that is asked for', () => {
    const reply = running().do((state, env) =>
      decideStart(state, second({ conflictPolicy: Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING }), env),
    );
    expect(reply).toMatchObject({ runId: 'run-1', started: false });
  });

  it('terminates it in the same commit where that is asked for', () => {
    const run = running();
    const decision = decideStart(run.known, second({ conflictPolicy: Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING }), run.env);
    expect(decision.kind === 'transition' && decision.transitions.map(({ key, becomesCurrent }) => [key.runId, becomesCurrent])).toEqual([
      ['run-2', true],
      ['run-1', false],
    ]);
  });
});

describe('a second start after the end', () => {
  it.each([
    ['completed', complete(), Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE, true],
    ['completed', complete(), Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY, false],
    ['failed', fail(), Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY, true],
    ['completed', complete(), Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE, false],
    ['failed', fail(), Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE, false],
  ])('of a run that %s', (_end, end, reusePolicy, isAdmitted) => {
    const run = closed(end);
    expect(decideStart(run.known, second({ reusePolicy }), run.env).kind).toBe(isAdmitted ? 'transition' : 'rejected');
  });
});

describe('runs that follow', () => {
  it('continue-as-new keeps the chain and stands at least a second apart', () => {
    const run = closed(continueAsNew());
    expect(run.names.at(-1)).toBe('workflowExecutionContinuedAsNew');
    const [next] = run.others;
    expect(next?.becomesCurrent).toBe(true);
    expect(next?.state.derived.start).toMatchObject({ firstExecutionRunId: 'run-1', continuedExecutionRunId: 'run-1', attempt: 1 });
    expect(next?.state.volatile.firstTaskAt).toBe(run.now + 1000);
  });

  it('a workflow retries only when it was asked to', () => {
    expect(closed(fail()).others).toEqual([]);
    const run = new ModelRun().start(
      startRequest({ attributes: { retryPolicy: { maximumAttempts: 2, initialInterval: toDuration(3000) } } }),
    );
    run.poll();
    run.complete([fail()]);
    expect(run.others[0]?.state.derived.start).toMatchObject({ attempt: 2, continuedFailure: { message: 'broken' } });
    expect(run.others[0]?.state.volatile.firstTaskAt).toBe(run.now + 3000);
  });

  it('the deadline of the chain ends it', () => {
    const run = new ModelRun().start(
      startRequest({ attributes: { workflowExecutionTimeout: toDuration(60_000), retryPolicy: { maximumAttempts: 5 } } }),
    );
    run.now += 60_000;
    run.do((state, env) => decideDue(state, undefined, env));
    expect(run.names.at(-1)).toBe('workflowExecutionTimedOut');
    expect(run.others).toEqual([]);
  });
});
