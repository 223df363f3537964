import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { expect, it } from 'vitest';
import { encodePayloads } from '../json/payload.ts';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const runs = ['r1', 'gone'].map((runId) => ({ workflowId: 'w', runId }));

it('reads what stands at the paths, in one event of a run for each part, and leaves out what is not there', async () => {
  const asked: string[] = [];
  const service = fakeWorkflowService({
    getWorkflowExecutionHistory: ({ execution, maximumPageSize, historyEventFilterType }) => {
      asked.push(`${execution?.runId} ${maximumPageSize} ${historyEventFilterType}`);
      if (execution?.runId === 'gone') return Promise.reject(new RpcError(StatusCode.NOT_FOUND, 'gone'));
      const started = {
        workflowExecutionStartedEventAttributes: { input: encodePayloads([{ customer: { id: 'c-7', login: { password: 'x' } } }, 'eu']) },
      };
      const completed = {
        workflowExecutionCompletedEventAttributes: { result: encodePayloads([{ total: 12.5, long: 'x'.repeat(5000) }]) },
      };
      return Promise.resolve({ history: { events: [historyEventFilterType === 2 ? completed : started] } });
    },
  });
  const fields = [
    'input:customer.id',
    'input:1',
    'input:customer.name',
    'input:customer.login',
    'input:customer.login.password',
    'result:total',
    'result:long',
  ];
  const [found, ...more] = await callerOf(service).workflow.values({ namespace: 'default', runs, fields });
  expect(more).toEqual([]);
  expect(found?.runId).toBe('r1');
  expect(found?.values).toMatchObject({
    'input:customer.id': 'c-7',
    'input:1': 'eu',
    'input:customer.login.password': '••••••',
    'input:customer.login': { password: '••••••' },
    'result:total': 12.5,
  });
  expect(Object.keys(found?.values ?? {})).toHaveLength(6);
  expect(found?.values['result:long']).toHaveLength(2048);
  expect(asked.filter((one) => one.startsWith('r1'))).toEqual(['r1 1 1', 'r1 1 2']);
});

it('takes no other fields', async () => {
  const service = fakeWorkflowService({});
  await expect(callerOf(service).workflow.values({ namespace: 'default', runs, fields: ['memo:note'] })).rejects.toThrow(
    'A field is input:PATH or result:PATH.',
  );
});
