import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const asked = { namespace: 'default', workflowId: 'w', runId: 'r', name: 'event 5, input' };

it('leaves an entry that names the run and the place', async () => {
  const caller = callerOf(fakeWorkflowService({ describeNamespace: () => Promise.resolve({}) }));
  await caller.payload.reveal(asked);
  const { entries } = await caller.audit.list({ namespace: 'default' });
  expect(entries).toMatchObject([
    { action: 'payload.reveal', who: 'console', workflowId: 'w', runId: 'r', target: 'event 5, input', outcome: 'done' },
  ]);
});

it('answers nobody who may not read the namespace, and keeps that they asked', async () => {
  const denied = new RpcError(StatusCode.PERMISSION_DENIED, 'not here');
  let isDenied = true;
  const service = fakeWorkflowService({ describeNamespace: () => (isDenied ? Promise.reject(denied) : Promise.resolve({})) });
  const caller = callerOf(service);
  await expect(caller.payload.reveal(asked)).rejects.toThrow('not here');
  isDenied = false;
  const { entries } = await caller.audit.list({ namespace: 'default' });
  expect(entries).toMatchObject([{ action: 'payload.reveal', outcome: 'failed', problem: 'not here' }]);
});
