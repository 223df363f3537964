/** Links that a caller sends stay on the event that its call makes. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toLong, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, query } from '../support/queries.ts';
import { refusal } from '../support/refusal.ts';
import { reset } from '../support/reset-calls.ts';
import type { RunName, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

type Link = temporal.api.common.v1.ILink;
const USE_EXISTING = api.enums.v1.WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const linkTo = (workflowId: string): Link => ({
  workflowEvent: { namespace: NAMESPACE, workflowId, runId: randomUUID(), eventRef: { eventId: toLong(3), eventType: 26 } },
});
/** The workflow ids that the links of an event lead to. */
const linked = async (run: RunName, name: string) =>
  (eventOf(await engine.history(run), name).links ?? []).map(({ workflowEvent }) => workflowEvent?.workflowId);
const target = ({ workflowId }: StartedRun) => ({ namespace: NAMESPACE, workflowExecution: { workflowId } });
const signal = (run: StartedRun, from: string) =>
  engine.workflow.signalWorkflowExecution({ ...target(run), signalName: 'go', requestId: randomUUID(), links: [linkTo(from)] });
const SIGNALED = 'WORKFLOW_EXECUTION_SIGNALED';

describe('the links', () => {
  it('of a start are on the first event', async () => {
    const run = await engine.start({ links: [linkTo('caller')] });
    expect(await linked(run, 'WORKFLOW_EXECUTION_STARTED')).toEqual(['caller']);
  });

  it('of a start that joins a run are attached to it, if they are to be', async () => {
    const run = await engine.start();
    await engine.start({
      workflowId: run.workflowId,
      workflowIdConflictPolicy: USE_EXISTING,
      links: [linkTo('joining')],
      onConflictOptions: { attachRequestId: true, attachLinks: true },
    });
    expect(await linked(run, 'WORKFLOW_EXECUTION_OPTIONS_UPDATED')).toEqual(['joining']);
  });

  it('of a signal are on its event, also when it had to wait for a task', async () => {
    const run = await engine.start();
    await signal(run, 'first');
    expect(await linked(run, SIGNALED)).toEqual(['first']);
    const waiting = await engine.start();
    const task = await engine.workflowTask(waiting.taskQueue);
    await signal(waiting, 'later');
    await engine.complete(task);
    expect(await linked(waiting, SIGNALED)).toEqual(['later']);
  });

  it('of a signal come back with it after a reset', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue);
    await signal(run, 'caller');
    expect(await linked(await reset(engine, run, { to: 4 }), SIGNALED)).toEqual(['caller']);
  });

  it.each([true, false])('of signal-with-start are on the signal; the run was there before: %s', async (isThere) => {
    const workflowId = randomUUID();
    if (isThere) await engine.start({ workflowId });
    await engine.workflow.signalWithStartWorkflowExecution({
      namespace: NAMESPACE,
      workflowId,
      requestId: randomUUID(),
      workflowType: { name: 'Order' },
      taskQueue: { name: workflowId },
      signalName: 'go',
      links: [linkTo('caller')],
    });
    expect(await linked({ workflowId }, SIGNALED)).toEqual(['caller']);
  });

  it('of a request to cancel are on its event', async () => {
    const run = await engine.start();
    await engine.workflow.requestCancelWorkflowExecution({ ...target(run), links: [linkTo('caller')] });
    expect(await linked(run, 'WORKFLOW_EXECUTION_CANCEL_REQUESTED')).toEqual(['caller']);
  });

  it('of a termination are on the last event', async () => {
    const run = await engine.start();
    await engine.workflow.terminateWorkflowExecution({ ...target(run), links: [linkTo('caller')] });
    expect(await linked(run, 'WORKFLOW_EXECUTION_TERMINATED')).toEqual(['caller']);
  });

  it('of an answer lead to the run that was started or asked', async () => {
    const run = await engine.start();
    const named = { namespace: NAMESPACE, workflowId: run.workflowId, runId: run.runId };
    const joined = await engine.workflow.startWorkflowExecution({
      namespace: NAMESPACE,
      workflowId: run.workflowId,
      requestId: randomUUID(),
      workflowType: { name: 'Order' },
      taskQueue: { name: run.taskQueue },
      workflowIdConflictPolicy: USE_EXISTING,
    });
    expect(joined.link?.workflowEvent).toMatchObject({ ...named, eventRef: { eventType: 1 } });
    expect(toNumber(joined.link?.workflowEvent?.eventRef?.eventId)).toBe(1);
    await engine.step(run.taskQueue);
    const asked = query(engine, run);
    await answer(engine, await engine.workflowTask(run.taskQueue), 'fine');
    expect((await asked).link?.workflow).toMatchObject(named);
  });

  it('are ten in a request at most', async () => {
    const links = Array.from({ length: 11 }, (_, at) => linkTo(`${at}`));
    expect((await refusal(engine.start({ links }))).code).toBe(StatusCode.INVALID_ARGUMENT);
  });
});
