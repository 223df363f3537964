import { api } from '@tidemark/protocol/api';
import { describe, expect, it } from 'vitest';
import { complete, continueAsNew, fail } from '../../../../test/support/commands.ts';
import { KEY, ModelRun, startRequest } from '../../../../test/support/model-run.ts';
import { toDuration } from '@tidemark/protocol/time';
import { runId } from '../../../kernel/ids.ts';
import { decideDue } from './due.ts';
import { dispatchesOf, dispatchesOfState } from '../dispatch.ts';
import { decideUpdateOptions } from './options.ts';
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

  it('a run that was held back counts its age from when it went on', () => {
    const run = new ModelRun().start(startRequest({ firstTaskDelay: 1000 }));
    run.now += 1000;
    run.do((state, env) => decideDue(state, undefined, env));
    run.poll();
    run.now += 300;
    run.complete([continueAsNew()]);
    expect(run.others[0]?.state.volatile.firstTaskAt).toBe(run.now + 700);
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

describe('an eager start', () => {
  const eager = { ...startRequest({ attributes: { eagerExecutionAccepted: true } }), eagerTask: { requestId: 'poll', identity: 'worker' } };

  it('hands its first task to the starter', () => {
    const run = new ModelRun();
    const { eager: task } = run.take(decideStart(undefined, eager, run.env));
    expect(run.names).toEqual(['workflowExecutionStarted', 'workflowTaskScheduled', 'workflowTaskStarted']);
    expect(task?.task).toMatchObject({ startedEventId: 3, identity: 'worker' });
  });

  it('sent again gives the same task, until that is over', () => {
    const run = new ModelRun();
    run.take(decideStart(undefined, eager, run.env));
    expect(decideStart(run.known, eager, run.env)).toMatchObject({ kind: 'unchanged', reply: { eager: { task: { startedEventId: 3 } } } });
    run.complete([]);
    expect(decideStart(run.known, eager, run.env)).toMatchObject({ kind: 'unchanged', reply: { eager: undefined } });
  });
});

describe('a start that joins the run that is there', () => {
  const joining = (requestId: string, attached = requestId) => ({
    ...startRequest({ requestId, conflictPolicy: Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING }),
    attach: { requestId: attached, links: [] },
  });
  const join = (run: ModelRun, request: ReturnType<typeof joining>) => run.take(decideStart(run.known, request, run.env));

  it('is remembered once, and wakes nobody', () => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([]);
    expect(join(run, joining('other')).started).toBe(false);
    join(run, joining('other'));
    expect(run.names.slice(4)).toEqual(['workflowExecutionOptionsUpdated']);
    expect(run.events.at(-1)?.workerMayIgnore).toBe(true);
    expect(run.rebuilt().derived.attachedRequestIds.get('other')).toBe(5);
  });

  it('is known while its event waits for the task in flight', () => {
    const run = new ModelRun().start();
    run.poll();
    join(run, joining('other'));
    join(run, joining('other'));
    run.complete([]);
    expect(run.names.filter((name) => name === 'workflowExecutionOptionsUpdated')).toHaveLength(1);
  });

  it('leaves nothing where nothing is to be attached', () => {
    const run = new ModelRun().start();
    join(run, joining('other', ''));
    expect(run.names).toHaveLength(2);
  });
});

describe('the priority of a run', () => {
  it('can be changed, and is what holds from then on', () => {
    const run = new ModelRun().start(startRequest({ attributes: { priority: { priorityKey: 4, fairnessKey: 'k' } } }));
    const change = { priority: (before: object) => ({ ...before, priorityKey: 2 }), identity: 'client' };
    run.do((state, env) => decideUpdateOptions(state, change, env));
    expect(run.rebuilt().derived.priority).toMatchObject({ priorityKey: 2, fairnessKey: 'k' });
    expect(dispatchesOfState(run.known)).toMatchObject([{ kind: 'workflow', priority: 2 }]);
  });

  it('that is changed offers what waits again', () => {
    const run = new ModelRun().start();
    const change = { priority: () => ({ priorityKey: 1 }), identity: 'client' };
    const decision = decideUpdateOptions(run.known, change, run.env);
    if (decision.kind !== 'transition') throw new Error('the options change');
    expect(decision.transitions.flatMap(dispatchesOf)).toMatchObject([{ kind: 'workflow', priority: 1 }]);
  });
});
