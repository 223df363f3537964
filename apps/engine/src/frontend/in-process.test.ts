import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { operatorService, workflowService } from '@tidemark/protocol/services';
import { expect, it } from 'vitest';
import { inProcessClients } from './in-process.ts';

it('tells of each call how it ended, as of one that came over the wire', async () => {
  const answers = () => Promise.resolve({});
  const refuses = () => Promise.reject(new RpcError(StatusCode.NOT_FOUND, 'there is none'));
  const ended: string[] = [];
  const frontend = {
    services: [
      { service: workflowService, handle: answers },
      { service: operatorService, handle: refuses },
    ],
    drain: () => undefined,
  };
  const { workflow, operator } = inProcessClients(frontend, undefined, (method, code) => ended.push(`${method} ${code}`));
  await workflow.listNamespaces({});
  await expect(operator.listSearchAttributes({})).rejects.toThrow('there is none');
  expect(ended.map((one) => one.toLowerCase())).toEqual([
    `listnamespaces ${StatusCode.OK}`,
    `listsearchattributes ${StatusCode.NOT_FOUND}`,
  ]);
});
