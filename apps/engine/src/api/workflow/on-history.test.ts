import { api } from '@tidemark/protocol/api';
import { toLong, toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const types = api.enums.v1.EventType;
const event = (id: number, eventType: number) => ({ eventId: toLong(id), eventType, eventTime: toTimestamp(1_000 + id) });
const text = new TextEncoder();
const run = { namespace: 'default', workflowId: 'w', runId: 'r' };

/** A run whose events arrive when the test says so; the long poll waits for them as a server does. */
function growingRun(first: readonly object[], length = first.length) {
  const pages: object[][] = [[...first]];
  const waiting = new Set<() => void>();
  const state = { calls: 0, parallel: 0, mostParallel: 0 };
  const service = fakeWorkflowService({
    describeWorkflowExecution: () => Promise.resolve({ workflowExecutionInfo: { historyLength: toLong(length) } }),
    getWorkflowExecutionHistory: async (request, options) => {
      state.calls += 1;
      state.parallel += 1;
      state.mostParallel = Math.max(state.mostParallel, state.parallel);
      const index = Number(Buffer.from(request.nextPageToken ?? []).toString() || '0');
      while (pages[index] === undefined && !options?.signal?.aborted) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          options?.signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      state.parallel -= 1;
      const events = pages[index] ?? [];
      const isLast = events.some((one) => (one as { eventType?: number }).eventType === types.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
      return { history: { events }, nextPageToken: isLast ? new Uint8Array() : text.encode(String(index + 1)) };
    },
  });
  const grow = (events: object[]) => {
    pages.push(events);
    for (const wake of waiting) wake();
    waiting.clear();
  };
  return { service, grow, state };
}

interface Message {
  readonly rows: readonly { readonly id: number; readonly type: string }[];
  readonly ended: boolean;
}
async function read(stream: AsyncIterable<unknown>): Promise<number[]> {
  const ids: number[] = [];
  for await (const message of stream) {
    // A tracked message is a pair of its id and its data.
    const data = (message as readonly [string, Message])[1];
    ids.push(...data.rows.map((one) => one.id));
    if (data.ended) break;
  }
  return ids;
}

describe('workflow.onHistory', () => {
  it('polls once for every tab and gives each tab everything', async () => {
    const { service, grow, state } = growingRun([event(1, types.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)]);
    const caller = callerOf(service);
    const history = await caller.workflow.history(run);
    expect(history.rows.map((one) => one.type)).toEqual(['WorkflowExecutionStarted']);
    const tabs = await Promise.all([0, 0, 1].map((after) => caller.workflow.onHistory({ ...run, after })));
    const reading = tabs.map((stream) => read(stream));
    grow([event(2, types.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED)]);
    grow([event(3, types.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)]);
    expect(await Promise.all(reading)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [2, 3],
    ]);
    expect(state.mostParallel).toBe(1);
    expect(state.calls).toBe(3);
  });

  it('answers with the first rows before the others are read', async () => {
    const { service, grow, state } = growingRun([event(1, types.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)], 3);
    grow([event(2, types.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED)]);
    const caller = callerOf(service);
    const first = await caller.workflow.history({ ...run, limit: 1 });
    expect(first).toMatchObject({ total: 3, more: true, ended: false });
    expect(first.rows).toHaveLength(1);
    expect(state.calls).toBe(1);
    grow([event(3, types.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)]);
    const rest = await caller.workflow.history({ ...run, after: 1 });
    expect(rest).toMatchObject({ total: 3, more: false, ended: true });
    expect(rest.rows.map((one) => one.id)).toEqual([2, 3]);
  });

  it('continues after the last event a browser has seen', async () => {
    const { service, grow } = growingRun([
      event(1, types.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED),
      event(2, types.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED),
    ]);
    const caller = callerOf(service);
    await caller.workflow.history(run);
    const stream = await caller.workflow.onHistory({ ...run, lastEventId: '2' });
    const reading = read(stream);
    grow([event(3, types.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)]);
    expect(await reading).toEqual([3]);
  });
});
