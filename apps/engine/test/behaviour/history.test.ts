/** Reading a history: in pages, as it grows, its end alone, and backwards. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete } from '../support/commands.ts';
import { registerNamespace } from '../support/namespace-calls.ts';
import { refusal } from '../support/refusal.ts';
import { reset } from '../support/reset-calls.ts';
import type { HistoryEvent, RunName, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const CLOSE_EVENT = api.enums.v1.HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT;
type Request = WorkflowMethods['getWorkflowExecutionHistory']['request'];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const ask = ({ workflowId, runId = '' }: RunName, over: Partial<Request> = {}) =>
  engine.workflow.getWorkflowExecutionHistory(
    { namespace: NAMESPACE, execution: { workflowId, runId }, ...over },
    { deadline: Date.now() + 10_000 },
  );
const signal = ({ workflowId }: RunName) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });

/** Twelve events: three workflow tasks, two of them after signals. */
async function run(): Promise<StartedRun> {
  const started = await engine.start();
  await engine.step(started.taskQueue);
  for (let signals = 0; signals < 2; signals += 1) {
    await signal(started);
    await engine.step(started.taskQueue);
  }
  return started;
}

async function backwards(name: RunName, maximumPageSize: number): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextPageToken = new Uint8Array();
  do {
    const { workflowId, runId = '' } = name;
    const page = await engine.workflow.getWorkflowExecutionHistoryReverse({
      namespace: NAMESPACE,
      execution: { workflowId, runId },
      maximumPageSize,
      nextPageToken,
    });
    events.push(...(page.history?.events ?? []));
    nextPageToken = new Uint8Array(page.nextPageToken);
  } while (nextPageToken.length > 0);
  return events;
}
const ids = (events: readonly HistoryEvent[] | null | undefined) => (events ?? []).map(({ eventId }) => toNumber(eventId));
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('the history of a run', () => {
  it('comes in pages that follow each other', async () => {
    const started = await run();
    const seen: number[] = [];
    let pages = 0;
    let nextPageToken = new Uint8Array();
    do {
      const page = await ask(started, { maximumPageSize: 2, nextPageToken });
      seen.push(...ids(page.history?.events));
      nextPageToken = new Uint8Array(page.nextPageToken);
      pages += 1;
    } while (nextPageToken.length > 0);
    expect(seen).toEqual(upTo(12));
    expect(pages).toBeGreaterThan(2);
  });

  it('is followed as it grows, until the run is closed', async () => {
    const started = await engine.start();
    const first = await ask(started, { waitNewEvent: true });
    expect(ids(first.history?.events)).toEqual([1, 2]);
    const second = ask(started, { waitNewEvent: true, nextPageToken: first.nextPageToken });
    const task = await engine.workflowTask(started.taskQueue);
    const seen = await second;
    expect(ids(seen.history?.events)).toEqual([3]);
    const third = ask(started, { waitNewEvent: true, nextPageToken: seen.nextPageToken });
    await engine.complete(task, [complete()]);
    const last = await third;
    expect(namesOf(last.history?.events ?? [])).toEqual(['WORKFLOW_TASK_COMPLETED', 'WORKFLOW_EXECUTION_COMPLETED']);
    expect(last.nextPageToken).toHaveLength(0);
  });

  it('may be asked for its end alone, which is waited for', async () => {
    const started = await engine.start();
    const asked = ask(started, { waitNewEvent: true, historyEventFilterType: CLOSE_EVENT });
    await engine.step(started.taskQueue);
    await signal(started);
    await engine.step(started.taskQueue, complete());
    const { history, nextPageToken } = await asked;
    expect(namesOf(history?.events ?? [])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
    expect(nextPageToken).toHaveLength(0);
    const again = await ask(started, { historyEventFilterType: CLOSE_EVENT });
    expect(ids(again.history?.events)).toEqual([9]);
  });

  it('comes backwards too, in pages', async () => {
    const started = await run();
    expect(ids(await backwards(started, 2))).toEqual(upTo(12).reverse());
    expect(ids(await backwards(started, 100))).toEqual(upTo(12).reverse());
  });

  it('comes backwards over the point of a reset into the past that both runs have', async () => {
    const started = await run();
    const made = await reset(engine, started, { to: 8 });
    const events = await engine.history(made);
    expect(ids(await backwards(made, 2))).toEqual(ids(events).reverse());
    expect(namesOf(await backwards(made, 2))).toEqual([...namesOf(events)].reverse());
  });

  it('is not read on with a token of another namespace', async () => {
    const started = await run();
    const other = await registerNamespace(engine);
    const elsewhere = { namespace: other };
    const { nextPageToken } = await ask(started, { maximumPageSize: 2 });
    expect((await refusal(ask(started, { ...elsewhere, nextPageToken }))).code).toBe(StatusCode.NOT_FOUND);
    const execution = { workflowId: started.workflowId };
    const reverse = await engine.workflow.getWorkflowExecutionHistoryReverse({ namespace: NAMESPACE, execution, maximumPageSize: 2 });
    const asked = engine.workflow.getWorkflowExecutionHistoryReverse({
      ...elsewhere,
      execution,
      nextPageToken: reverse.nextPageToken,
    });
    expect((await refusal(asked)).code).toBe(StatusCode.NOT_FOUND);
  });

  it('of an unknown run is not found', async () => {
    expect((await refusal(ask({ workflowId: 'nobody' }))).code).toBe(StatusCode.NOT_FOUND);
  });
});
