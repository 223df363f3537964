import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { toLong, toNumber, toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const RUN = { namespace: 'default', workflowId: "o'ne", runId: 'r-1' };

/** Each run is the child of the one after it: w0 of w1, w1 of w2, … */
const chain = (length: number) =>
  fakeWorkflowService({
    describeWorkflowExecution: ({ execution }) => {
      const index = Number(execution?.workflowId?.slice(1));
      if (index > length) return Promise.reject(new RpcError(StatusCode.NOT_FOUND, 'gone'));
      return Promise.resolve({
        workflowExecutionInfo: { execution, parentExecution: { workflowId: `w${index + 1}`, runId: `r${index + 1}` } },
      });
    },
  });

describe('the relatives of a run', () => {
  it('goes up to the parent that the server no longer keeps, and says so', async () => {
    const found = await callerOf(chain(2)).workflow.ancestors({ namespace: 'default', workflowId: 'w0', runId: 'r0' });
    expect(found.rows.map(({ workflowId }) => workflowId)).toEqual(['w2', 'w1']);
    expect([found.isCut, found.gone]).toEqual([false, { workflowId: 'w3', runId: 'r3' }]);
  });

  it('goes up a bounded way', async () => {
    const found = await callerOf(chain(1000)).workflow.ancestors({ namespace: 'default', workflowId: 'w0', runId: 'r0' });
    expect([found.rows.length, found.isCut, found.gone]).toEqual([12, true, null]);
  });

  it('asks the list for children, a page at a time, with quotes that cannot leave their text', async () => {
    const asked: (readonly [string | null | undefined, number | null | undefined])[] = [];
    const service = fakeWorkflowService({
      listWorkflowExecutions: ({ query, pageSize, nextPageToken }) => {
        asked.push([query, pageSize]);
        return Promise.resolve({ executions: [], nextPageToken: nextPageToken?.length ? undefined : new Uint8Array([7]) });
      },
    });
    const { cursor } = await callerOf(service).workflow.children(RUN);
    expect(asked).toEqual([["ParentWorkflowId = 'o''ne' AND ParentRunId = 'r-1'", 100]]);
    expect((await callerOf(service).workflow.children({ ...RUN, cursor })).cursor).toBeNull();
  });
});

describe('the chain of a run', () => {
  const run = (runId: string, startMs: number, more: object = {}) => ({
    execution: { workflowId: 'c', runId },
    startTime: toTimestamp(startMs),
    ...more,
  });

  it('is of the runs that the same parent started, the oldest first, and of no namesakes', async () => {
    const asked: (string | null | undefined)[] = [];
    const service = fakeWorkflowService({
      describeWorkflowExecution: () =>
        Promise.resolve({
          workflowExecutionInfo: run('r2', 2_000, { firstRunId: 'r1', parentExecution: { workflowId: 'p', runId: 'p1' } }),
        }),
      listWorkflowExecutions: ({ query }) => {
        asked.push(query);
        const executions = [
          run('r4', 4_000, { firstRunId: 'r4' }),
          run('r3', 3_000),
          run('r2', 2_000, { firstRunId: 'r1' }),
          run('r1', 1_000),
        ];
        return Promise.resolve({ executions });
      },
    });
    const found = await callerOf(service).workflow.chain({ namespace: 'default', workflowId: 'c', runId: 'r2' });
    expect(asked).toEqual(["WorkflowId = 'c' AND ParentRunId = 'p1'"]);
    expect(found.rows.map(({ runId }) => runId)).toEqual(['r1', 'r2', 'r3']);
    expect(found.isCut).toBe(false);
  });
});

describe('workflow.reset', () => {
  it('names the event and what is not done again; a request to cancel never is', async () => {
    const asked: object[] = [];
    const service = fakeWorkflowService({
      resetWorkflowExecution: ({ workflowTaskFinishEventId, resetReapplyExcludeTypes }) => {
        asked.push({ at: toNumber(workflowTaskFinishEventId ?? toLong(0)), without: resetReapplyExcludeTypes });
        return Promise.resolve({ runId: 'r-2' });
      },
    });
    expect(await callerOf(service).workflow.reset({ ...RUN, taskFinishEventId: 4, keepsSignals: false })).toEqual({ runId: 'r-2' });
    expect(asked).toEqual([{ at: 4, without: [4, 1] }]);
  });

  it.each([
    [{ taskFinishEventId: 1 }, 'Which workflow task?'],
    [{ taskFinishEventId: 4, runId: '' }, 'Which run?'],
  ])('refuses %j', async (input, words) => {
    await expect(callerOf(fakeWorkflowService({})).workflow.reset({ ...RUN, ...input })).rejects.toThrow(words);
  });
});
