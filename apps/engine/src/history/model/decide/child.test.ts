import { api } from '@tidemark/protocol/api';
import { toLong, toNumber } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { cancelExternal, complete, signalExternal, startChild } from '../../../../test/support/commands.ts';
import { KEY, ModelRun, startRequest } from '../../../../test/support/model-run.ts';
import { runId, workflowId } from '../../../kernel/ids.ts';
import { errandsOfState } from '../errands.ts';
import { decideAfterClose, childStart, decideChildClosed, decideChildNotStarted, decideChildStarted, decideStartChild } from './child.ts';
import { decideExternalOutcome } from './external.ts';
import { decideSignal } from './signal.ts';
import { decideTerminate } from './terminate.ts';

const { ParentClosePolicy: Policy, StartChildWorkflowExecutionFailedCause: Cause } = api.enums.v1;
const INITIATED = 5;
const CHILD = { namespaceId: KEY.namespaceId, workflowId: workflowId('child'), runId: runId('child-1') };

/** A parent whose child is wanted, and nothing more. */
function parent(over: Parameters<typeof startChild>[1] = {}): ModelRun {
  const run = new ModelRun().start();
  run.poll();
  run.complete([startChild('child', over)]);
  return run;
}

const started = (run: ModelRun) =>
  run.do((state, env) => decideChildStarted(state, { initiatedEventId: INITIATED, runId: 'child-1' }, env));
const closed = (run: ModelRun, closing: object = { workflowExecutionCompletedEventAttributes: {} }) =>
  run.do((state, env) =>
    decideChildClosed(
      state,
      { initiatedEventId: INITIATED, firstRunId: 'child-1', key: { ...CHILD, runId: runId('child-2') }, closing },
      env,
    ),
  );
const terminate = (run: ModelRun) =>
  run.do((state, env) => decideTerminate(state, { reason: 'enough', identity: 'client', firstExecutionRunId: '' }, env));
const sent = { signalName: 'a', requestId: 'a', input: null, header: null, identity: 'client', links: [] };

describe('a child', () => {
  it('is written as wanted with its defaults filled in, and asked for once that is committed', () => {
    const run = parent({ workflowRunTimeout: { seconds: toLong(4) } });
    expect(run.events[4]?.startChildWorkflowExecutionInitiatedEventAttributes).toMatchObject({
      namespace: 'default',
      namespaceId: 'ns',
      taskQueue: { name: 'queue' },
      parentClosePolicy: Policy.PARENT_CLOSE_POLICY_TERMINATE,
      workflowTaskTimeout: { seconds: toLong(4) },
    });
    expect(errandsOfState(run.rebuilt())).toEqual([{ kind: 'startChild', key: KEY, initiatedEventId: INITIATED }]);
  });

  it('starts with its parent, its root and the priority of both', () => {
    const run = new ModelRun().start(startRequest({ attributes: { priority: { priorityKey: 2, fairnessKey: 'tenant' } } }));
    run.poll();
    run.complete([startChild('child', { priority: { priorityKey: 1 } })]);
    const child = run.known.derived.children.get(INITIATED);
    if (child === undefined) throw new Error('the child is pending');
    const request = childStart(run.known, child, { runId: 'child-1', now: run.now, isServedBy: () => true });
    expect(request.run.attributes).toMatchObject({
      parentWorkflowExecution: { workflowId: 'wf', runId: 'run-1' },
      rootWorkflowExecution: { workflowId: 'wf', runId: 'run-1' },
      parentInitiatedEventId: toLong(INITIATED),
      priority: { priorityKey: 1, fairnessKey: 'tenant' },
    });
    const of = { parent: KEY, initiatedEventId: INITIATED };
    const first = decideStartChild(undefined, { of, request }, run.env);
    if (first.kind !== 'transition') throw new Error('the child starts');
    // A second try, as after a crash, finds it, whatever run id it brings.
    const again = { of, request: childStart(run.known, child, { runId: 'child-other', now: run.now, isServedBy: () => true }) };
    expect(decideStartChild(first.transitions[0]?.state, again, run.env)).toMatchObject({ kind: 'unchanged', reply: { runId: 'child-1' } });
  });

  it('is heard of when it starts and when it ends, each once', () => {
    const run = parent();
    expect([started(run), started(run)]).toEqual([true, true]);
    run.poll();
    closed(run);
    closed(run);
    run.complete([]);
    expect(run.names.slice(5)).toEqual([
      'childWorkflowExecutionStarted',
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
      'childWorkflowExecutionCompleted',
      'workflowTaskScheduled',
    ]);
    expect(run.events[9]?.childWorkflowExecutionCompletedEventAttributes).toMatchObject({
      startedEventId: toLong(6),
      workflowExecution: { workflowId: 'child', runId: 'child-2' },
    });
    expect(run.known.derived.children.size).toBe(0);
  });

  it('that ends before its start was heard of leaves both events, the end pointing at the start', () => {
    const run = parent();
    closed(run, { workflowExecutionFailedEventAttributes: { failure: { message: 'broken' }, retryState: 5 } });
    expect(run.names.slice(5, 7)).toEqual(['childWorkflowExecutionStarted', 'childWorkflowExecutionFailed']);
    const attributes = run.events[6]?.childWorkflowExecutionFailedEventAttributes;
    expect([toNumber(attributes?.startedEventId), attributes?.retryState, attributes?.failure?.message]).toEqual([6, 5, 'broken']);
    started(run);
    expect(run.names).toHaveLength(8);
  });

  it('whose id is taken is reported and pending no more', () => {
    const run = parent();
    const cause = Cause.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS;
    run.do((state, env) => decideChildNotStarted(state, { initiatedEventId: INITIATED, cause }, env));
    expect(run.events[5]?.startChildWorkflowExecutionFailedEventAttributes).toMatchObject({ cause, workflowId: 'child' });
    expect(run.known.derived.children.size).toBe(0);
  });

  it('of a parent that closed is under its policy, unless it was abandoned', () => {
    const run = parent();
    started(run);
    terminate(run);
    expect(run.rebuilt().volatile.afterClose).toEqual([INITIATED]);
    expect(errandsOfState(run.rebuilt())).toEqual([{ kind: 'afterClose', key: KEY }]);
    run.do((state, env) => decideAfterClose(state, [INITIATED], env));
    expect(errandsOfState(run.rebuilt())).toEqual([]);

    const free = parent({ parentClosePolicy: Policy.PARENT_CLOSE_POLICY_ABANDON });
    terminate(free);
    expect(free.known.volatile.afterClose).toEqual([]);
    expect(started(free)).toBe(false);
  });

  it('tells its parent when it ends', () => {
    const run = new ModelRun().start(startRequest({ attributes: { parentWorkflowExecution: { workflowId: 'p', runId: 'p-1' } } }));
    run.poll();
    run.complete([complete()]);
    expect(run.known.volatile.afterClose).toEqual(['parent']);
  });

  it.each([
    [{ workflowId: '' }, 'Required field WorkflowId is not set'],
    [{ workflowType: { name: '' } }, 'Required field WorkflowType is not set'],
    [{ namespace: 'other' }, 'cross namespace commands are not allowed'],
    [{ workflowId: 'x'.repeat(1001) }, 'Length=1001 Limit=1000 WorkflowType=child Namespace=default'],
    [
      { workflowRunTimeout: { seconds: toLong(-1) } },
      'Invalid WorkflowRunTimeout on StartChildWorkflowExecutionCommand: negative duration.',
    ],
    [{ priority: { priorityKey: -1 } }, 'priority key'],
  ])('asked for badly fails the task (%#)', (over, text) => {
    const run = new ModelRun().start();
    run.poll();
    expect(run.complete([startChild('child', over)]).error?.message).toMatch(/^BadStartChildExecutionAttributes: /);
    expect(run.events.at(-1)?.workflowTaskFailedEventAttributes?.failure?.message).toContain(text);
  });
});

describe('another workflow', () => {
  const reach = (command: ReturnType<typeof signalExternal>): ModelRun => {
    const run = new ModelRun().start();
    run.poll();
    run.complete([command]);
    return run;
  };
  const outcome = (run: ModelRun, cause?: number) =>
    run.do((state, env) => decideExternalOutcome(state, { initiatedEventId: INITIATED, cause }, env));

  it('is signalled: the sender hears of it once', () => {
    const run = reach(signalExternal('other'));
    expect(errandsOfState(run.rebuilt())).toEqual([{ kind: 'reachExternal', key: KEY, initiatedEventId: INITIATED }]);
    outcome(run);
    outcome(run);
    expect(run.names.slice(4)).toEqual([
      'signalExternalWorkflowExecutionInitiated',
      'externalWorkflowExecutionSignaled',
      'workflowTaskScheduled',
    ]);
    expect(errandsOfState(run.rebuilt())).toEqual([]);
  });

  it('that is missing is reported with the cause, while a task runs too', () => {
    const run = reach(cancelExternal('other'));
    run.do((state, env) => decideSignal(state, sent, env));
    run.poll();
    outcome(run, 1);
    outcome(run, 1);
    run.complete([]);
    expect(run.names.filter((name) => name === 'requestCancelExternalWorkflowExecutionFailed')).toHaveLength(1);
  });

  it('cannot be a child that this very task starts', () => {
    const run = new ModelRun().start();
    run.poll();
    const { error } = run.complete([startChild('child'), cancelExternal('child')]);
    expect(error?.message).toContain('BadRequestCancelExternalWorkflowExecutionAttributes: Start and RequestCancel');
  });

  it.each([
    [signalExternal(''), 'WorkflowId is not set'],
    [signalExternal('other', { signalName: '' }), 'SignalName is not set'],
    [
      signalExternal('other', { execution: { workflowId: 'other', runId: 'not-a-uuid' } }),
      'Invalid RunId set on SignalExternalWorkflowExecutionCommand. WorkflowId=other Namespace= RunId=not-a-uuid SignalName=go',
    ],
    [signalExternal('other', { namespace: 'elsewhere' }), 'cross namespace'],
  ])('addressed badly fails the task (%#)', (command, text) => {
    const run = new ModelRun().start();
    run.poll();
    expect(run.complete([command]).error?.message).toContain(text);
  });
});
