/** The one check that every call passes before anything is done or looked up for it. */
import type { ServerCall } from '@tidemark/protocol/server';
import { EngineError } from '../kernel/engine-error.ts';
import { namespaceId } from '../kernel/ids.ts';
import type { Engine } from '../operations/engine.ts';
import { namespaceOfToken } from '../operations/task-token.ts';
import { accessOf } from './access.ts';
import type { Authenticator } from './claims.ts';
import { holds } from './claims.ts';

export interface Asked {
  readonly service: string;
  readonly request: object;
  readonly call: ServerCall;
}

/** Throws `unauthenticated` without good credentials and `permission-denied` with too small ones. */
export async function authorize(engine: Engine, authenticator: Authenticator, { service, request, call }: Asked): Promise<void> {
  const access = accessOf(service, call.method.name);
  if (access.scope === 'open') return;
  const claims = await authenticator.authenticate(call.headers);
  if (claims === undefined) throw unauthenticated(call);
  const namespace = access.scope === 'namespace' ? await namespaceOf(engine, call.method.name, request) : undefined;
  if (holds(claims, access.role, namespace)) return;
  const where = namespace === undefined ? 'in the cluster' : `in namespace "${namespace}"`;
  throw new EngineError('permission-denied', `Request unauthorized: ${call.method.name} needs the role ${access.role} ${where}.`);
}

/** Says what is missing, and nothing of what was sent. */
const unauthenticated = ({ headers }: ServerCall): EngineError =>
  new EngineError(
    'unauthenticated',
    headers.has('authorization')
      ? 'Request unauthenticated: the credentials are not valid, or not valid any more.'
      : 'Request unauthenticated: send an API key or a JWT as "authorization: Bearer ...".',
  );

interface Named {
  readonly namespace?: string;
  readonly taskToken?: Uint8Array;
  /** Of DeleteNamespace. */
  readonly namespaceId?: string;
  /** Of DescribeNamespace; elsewhere the id of something else. */
  readonly id?: string;
}

/** The name of the namespace a request acts on; nothing when it names none that exists, which only a role in the cluster covers. */
async function namespaceOf({ store }: Engine, method: string, request: Named): Promise<string | undefined> {
  if (request.namespace) return request.namespace;
  const id = namespaceOfToken(request.taskToken) ?? request.namespaceId ?? (method === 'describeNamespace' ? request.id : undefined);
  return id ? (await store.namespaces.findById(namespaceId(id)))?.name : undefined;
}
