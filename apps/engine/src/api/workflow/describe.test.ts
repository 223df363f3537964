import { expect, it } from 'vitest';
import { encodePayload } from '../json/payload.ts';
import { MASK } from '../model/secrets.ts';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

it('says of a run nothing that keys call a secret, since the first HTML of its page holds it', async () => {
  const held = encodePayload({ user: 'ann', password: 'hunter2' });
  const fields = { held, token: encodePayload('t') };
  const describeWorkflowExecution = () =>
    Promise.resolve({
      workflowExecutionInfo: {
        memo: { fields },
        searchAttributes: { indexedFields: { ApiKey: encodePayload('k'), Region: encodePayload('eu') } },
      },
      pendingActivities: [
        { activityId: '1', lastFailure: { message: 'refused {"password":"hunter2"}', stackTrace: 'Error: {"password":"hunter2"}\n at x' } },
      ],
    });
  const said = await callerOf(fakeWorkflowService({ describeWorkflowExecution })).workflow.describe({ namespace: 'n', workflowId: 'w' });
  expect([said.memo, said.searchAttributes]).toEqual([
    { held: { user: 'ann', password: MASK }, token: MASK },
    { ApiKey: MASK, Region: 'eu' },
  ]);
  expect(said.activities[0]?.failure).toMatchObject({
    message: `refused {"password":"${MASK}"}`,
    stack: `Error: {"password":"${MASK}"}\n at x`,
  });
});
