/** The services the api stands on, in memory: only the methods a test gives; any other call fails the test. */
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { OperatorServiceClient, WorkflowServiceClient } from '@tidemark/protocol/services';
import { memoryTrail } from '../audit/memory-trail.ts';
import type { ApiContext } from '../procedure.ts';
import { RunFeeds } from '../run/feeds.ts';
import { appRouter } from '../root.ts';

type Methods = {
  readonly [Name in keyof WorkflowServiceClient]?: (
    request: Parameters<WorkflowServiceClient[Name]>[0],
    options?: Parameters<WorkflowServiceClient[Name]>[1],
  ) => Promise<object>;
};

export function fakeWorkflowService(methods: Methods): WorkflowServiceClient {
  const missing = (name: string) => () => Promise.reject(new RpcError(StatusCode.UNIMPLEMENTED, `the test gives no ${name}`));
  // A proxy stands for an interface of about a hundred methods; the test types those it gives.
  return new Proxy(methods, {
    get: (target, name) => Reflect.get(target, name) ?? missing(String(name)),
  }) as WorkflowServiceClient;
}

export function callerOf(workflow: WorkflowServiceClient, more: Partial<Pick<ApiContext, 'tidemark' | 'caller'>> = {}) {
  const operator = new Proxy(
    {},
    { get: () => () => Promise.reject(new RpcError(StatusCode.UNIMPLEMENTED, 'no operator')) },
  ) as OperatorServiceClient;
  return appRouter.createCaller({
    workflow,
    operator,
    feeds: new RunFeeds(workflow),
    address: 'memory',
    audit: memoryTrail(),
    isAuditKept: false,
    caller: { kind: 'anybody' },
    ...more,
  });
}
