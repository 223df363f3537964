/** What every call has in common: its namespace, its token, its errors. The wire and the console's api come in through here. */
import { StatusCode, RpcError } from '@tidemark/protocol/errors';
import type { EncodedResponse, ServedService, ServerCall } from '@tidemark/protocol/server';
import { healthService, operatorService, workflowService } from '@tidemark/protocol/services';
import type { ServiceDescriptor } from '@tidemark/protocol/services';
import { EngineError } from '../kernel/engine-error.ts';
import { namespaceId } from '../kernel/ids.ts';
import type { Call, Engine, NamespaceCall } from '../operations/engine.ts';
import { requireNamespace } from '../operations/namespaces.ts';
import { namespaceOfToken } from '../operations/task-token.ts';
import { authorize } from './authorize.ts';
import type { Authenticator } from './claims.ts';
import { toRpcError } from './errors.ts';
import type { Method } from './services.ts';
import { operatorMethods, workflowMethods } from './services.ts';

export interface Frontend {
  readonly services: readonly ServedService[];
  /** From now on health says that the engine does not take work any more, and open waits end. */
  drain(): void;
}

const HEALTH = { SERVING: 1, NOT_SERVING: 2 } as const;

/** With an authenticator every call must show credentials that allow it; without one every call is allowed. */
export function createFrontend(engine: Engine, authenticator?: Authenticator): Frontend {
  const stopping = new AbortController();
  const serve = (service: ServiceDescriptor, methods: Readonly<Record<string, Method | undefined>>): ServedService => ({
    service,
    handle: async (request, call) => {
      try {
        if (authenticator !== undefined) await authorize(engine, authenticator, { service: service.name, request, call });
        return await dispatch(engine, methods[call.method.name], { request, call, stopping: stopping.signal });
      } catch (error) {
        throw toRpcError(error);
      }
    },
  });
  const health: ServedService = {
    service: healthService,
    handle: (request, call) => Promise.resolve().then(() => checkHealth(request, call, stopping.signal.aborted)),
  };
  return {
    services: [serve(workflowService, workflowMethods), serve(operatorService, operatorMethods), health],
    drain: () => {
      stopping.abort();
      engine.matching.releaseAll();
    },
  };
}

interface Incoming {
  readonly request: object;
  readonly call: ServerCall;
  readonly stopping: AbortSignal;
}

interface Named {
  readonly namespace?: string;
  readonly taskToken?: Uint8Array;
}

async function dispatch(
  engine: Engine,
  method: Method | undefined,
  { request, call, stopping }: Incoming,
): Promise<object | EncodedResponse> {
  // SDKs tell a missing method from a failing one by the words "not implemented".
  if (method === undefined) throw new EngineError('unimplemented', `${call.method.name} is not implemented by this server`);
  const about: Call = { deadline: call.deadline, signal: AbortSignal.any([call.signal, stopping]), headers: call.headers };
  // The table pairs each name with the request its descriptor decodes; `never` is what all of them have in common.
  if (method.scope === 'server') return await method.run(engine, request as never, about);
  const namespace = await resolveNamespace(engine, request);
  const scoped: NamespaceCall = { ...about, namespace };
  return await method.run(engine, request as never, scoped);
}

async function resolveNamespace(engine: Engine, request: Named) {
  const ofToken = namespaceOfToken(request.taskToken);
  if (request.namespace) {
    const namespace = await requireNamespace(engine, request.namespace);
    if (ofToken !== undefined && ofToken !== namespace.id) {
      throw new EngineError('invalid-argument', 'Operation requested with a token from a different namespace.');
    }
    return namespace;
  }
  if (ofToken === undefined) throw new EngineError('invalid-argument', 'Namespace not set on request.');
  const namespace = await engine.store.namespaces.findById(namespaceId(ofToken));
  if (namespace === undefined) throw new EngineError('namespace-not-found', `Namespace ${ofToken} is not found.`, { namespace: ofToken });
  return namespace;
}

const servingNames: ReadonlySet<string> = new Set(['', workflowService.name, operatorService.name]);

function checkHealth(request: { readonly service?: string }, call: ServerCall, isStopping: boolean): object {
  if (call.method.name !== 'check') throw new RpcError(StatusCode.UNIMPLEMENTED, `${call.method.name} is not implemented by this server`);
  if (!servingNames.has(request.service ?? '')) throw new RpcError(StatusCode.NOT_FOUND, 'unknown service');
  return { status: isStopping ? HEALTH.NOT_SERVING : HEALTH.SERVING };
}
