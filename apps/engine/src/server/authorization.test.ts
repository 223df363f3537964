/** Every method of the protocol, taken from its descriptor: closed to whoever may not call it, open to whoever may. */
import { RpcError, StatusCode, statusName } from '@tidemark/protocol/errors';
import { operatorService, workflowService } from '@tidemark/protocol/services';
import type { CallOptions } from '@tidemark/protocol/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf } from '../frontend/access.ts';
import type { Authenticator, Permission, Role } from '../frontend/claims.ts';
import { parsePermission, roles } from '../frontend/claims.ts';
import { inProcessClients } from '../frontend/in-process.ts';
import { encodeTaskToken } from '../operations/task-token.ts';
import { openMemoryStore } from '../persistence/memory/memory-store.ts';
import type { RunningEngine } from './start-engine.ts';
import { startEngine } from './start-engine.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Believes a bearer that names its own permission. */
const believing: Authenticator = {
  authenticate: (headers) => {
    const permission: Permission | undefined = parsePermission(headers.get('authorization')?.replace(/^Bearer /, '') ?? '');
    return Promise.resolve(permission === undefined ? undefined : { subject: 'test', permissions: [permission] });
  },
};

let engine: RunningEngine;
beforeAll(async () => {
  const options = { store: openMemoryStore(), logger: quiet, ip: '127.0.0.1', port: 0, namespaces: ['theirs'], searchAttributes: {} };
  engine = await startEngine({ ...options, authenticator: believing });
});
afterAll(() => engine.stop(0));

type Untyped = Readonly<Record<string, (request: object, options?: CallOptions) => Promise<object>>>;

/** How a call ends, by the name of its status. Nothing waits: the caller is gone already. */
async function outcome(service: string, method: string, { key, request }: { key?: string; request: object }): Promise<string> {
  const { workflow, operator } = inProcessClients(engine.frontend, key);
  const client = (service === workflowService.name ? workflow : operator) as unknown as Untyped;
  try {
    await client[method]?.(request, { signal: AbortSignal.abort() });
    return 'OK';
  } catch (error) {
    return error instanceof RpcError ? statusName(error.code) : 'INTERNAL';
  }
}

const methods = [workflowService, operatorService].flatMap(({ name, methods: all }) =>
  all.map((method) => [method.name, name, accessOf(name, method.name)] as const),
);
const guarded = methods.flatMap(([name, service, access]) => (access.scope === 'open' ? [] : [[name, service, access] as const]));
const refusals = ['UNAUTHENTICATED', 'PERMISSION_DENIED'];
/** A namespace that does not exist: whoever passes the check gets no further, and nothing is changed. */
const request = { namespace: 'mine' };
const lower = (role: Role): readonly Role[] => roles.slice(0, roles.indexOf(role));

describe.each(guarded)('%s', (name, service, { scope, role }) => {
  const own = scope === 'cluster' ? '*' : 'mine';

  it('is closed without credentials and with bad ones', async () => {
    expect(await outcome(service, name, { request })).toBe('UNAUTHENTICATED');
    expect(await outcome(service, name, { request, key: 'nonsense' })).toBe('UNAUTHENTICATED');
  });

  it('is closed to administrators of another namespace', async () => {
    expect(await outcome(service, name, { request, key: 'theirs:admin' })).toBe('PERMISSION_DENIED');
    expect(await outcome(service, name, { request: {}, key: 'theirs:admin' })).toBe('PERMISSION_DENIED');
  });

  it.each(lower(role))('is closed to the role %s', async (less) => {
    expect(await outcome(service, name, { request, key: `${own}:${less}` })).toBe('PERMISSION_DENIED');
  });

  it('lets its role and the highest pass', async () => {
    for (const permission of [`${own}:${role}`, `${own}:admin`, `*:${role}`, `temporal-system:${role}`])
      expect(refusals).not.toContain(await outcome(service, name, { request, key: permission }));
  });
});

describe('the table', () => {
  it('leaves out no method and opens one alone', () => {
    expect(methods.length).toBeGreaterThan(120);
    expect(methods.filter(([, , { scope }]) => scope === 'open').map(([name]) => name)).toEqual(['getSystemInfo']);
  });

  it('asks for more than reading where something changes', () => {
    const reading = /^(describe|list|count|scan|get|query|fetch|pollWorkflowExecution|pollActivityExecution|pollNexusOperationExecution)/;
    for (const [name, , { role }] of guarded) expect([name, role === 'read']).toEqual([name, reading.test(name)]);
  });

  it('gives what is about tasks to workers', () => {
    const tasks = /^(poll\w+TaskQueue|respond|recordActivity|recordWorker|shutdownWorker)/;
    for (const [name, , { role }] of guarded.filter(([one]) => tasks.test(one))) expect([name, role]).toEqual([name, 'worker']);
  });

  it('keeps a method nobody knows for administrators of the cluster', () => {
    expect(accessOf(workflowService.name, 'inventTomorrow')).toEqual({ scope: 'cluster', role: 'admin' });
  });
});

describe('a namespace that is not named', () => {
  const tokenOf = (namespaceId: string) => encodeTaskToken({ kind: 'query', namespaceId, queryId: 'q' });
  const idOfTheirs = async (): Promise<string> => {
    const { workflow } = inProcessClients(engine.frontend, '*:read');
    const { namespaceInfo } = await workflow.describeNamespace({ namespace: 'theirs' });
    return namespaceInfo?.id ?? '';
  };

  it('is that of the task token', async () => {
    const taskToken = tokenOf(await idOfTheirs());
    const about = (key: string) => outcome(workflowService.name, 'respondQueryTaskCompleted', { key, request: { taskToken } });
    expect(await about('theirs:worker')).toBe('NOT_FOUND');
    expect(await about('mine:admin')).toBe('PERMISSION_DENIED');
  });

  it('is not that of a token beside another name', async () => {
    const { workflow } = inProcessClients(engine.frontend, '*:admin');
    await workflow.registerNamespace({ namespace: 'other', workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
    const taskToken = tokenOf(await idOfTheirs());
    const both = { namespace: 'other', taskToken };
    expect(await outcome(workflowService.name, 'respondQueryTaskCompleted', { key: 'other:admin', request: both })).toBe(
      'INVALID_ARGUMENT',
    );
  });

  it('is that of its id', async () => {
    const id = await idOfTheirs();
    const describeIt = (key: string) => outcome(workflowService.name, 'describeNamespace', { key, request: { id } });
    expect(await describeIt('theirs:read')).toBe('OK');
    expect(await describeIt('mine:admin')).toBe('PERMISSION_DENIED');
    const removal = { key: 'mine:admin', request: { namespaceId: id } };
    expect(await outcome(operatorService.name, 'deleteNamespace', removal)).toBe('PERMISSION_DENIED');
  });

  it('is never that of a header', async () => {
    const { workflow } = inProcessClients(engine.frontend, 'mine:admin');
    const error: unknown = await workflow
      .countWorkflowExecutions({ namespace: 'theirs' }, { metadata: { 'temporal-namespace': 'mine' } })
      .then(
        () => undefined,
        (failure: unknown) => failure,
      );
    expect(error).toMatchObject({ code: StatusCode.PERMISSION_DENIED });
    expect((error as RpcError).find('PermissionDeniedFailure')).toBeDefined();
  });
});

it('the words of a refusal repeat nothing of the credentials', async () => {
  const { workflow } = inProcessClients(engine.frontend, 'sec-ret');
  await expect(workflow.countWorkflowExecutions({ namespace: 'mine' })).rejects.toThrow(
    /^Request unauthenticated: the credentials are not valid/,
  );
});
