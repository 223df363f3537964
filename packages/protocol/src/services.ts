/** The services of the protocol: their methods, paths and codecs, and the TypeScript interface of each. */
import { api, grpc } from './api.ts';
import type { AnnotatedMethod, HttpBinding } from './http-bindings.ts';
import { httpBindingsOf } from './http-bindings.ts';
import type { temporal } from './types.ts';

type WorkflowRpc = temporal.api.workflowservice.v1.WorkflowService;
type OperatorRpc = temporal.api.operatorservice.v1.OperatorService;
/** The generated class also has the plumbing of an event emitter; only the members that answer with a promise are methods. */
type Methods<Rpc> = {
  [M in keyof Rpc as Rpc[M] extends (request: infer _Request) => Promise<unknown>
    ? M extends 'rpcCall'
      ? never
      : M
    : never]: Rpc[M] extends (request: infer Request) => Promise<infer Response> ? { request: Request; response: Response } : never;
};

export type WorkflowMethods = Methods<WorkflowRpc>;
export type OperatorMethods = Methods<OperatorRpc>;
export type WorkflowMethod = keyof WorkflowMethods;
export type OperatorMethod = keyof OperatorMethods;

/** What a caller may say about one call. `deadline` is in milliseconds since the epoch; without one the call waits as long as the server does. */
export interface CallOptions {
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  readonly metadata?: Readonly<Record<string, string>>;
}

type ClientOf<M> = {
  readonly [Name in keyof M]: M[Name] extends { request: infer Request; response: infer Response }
    ? (request: Request, options?: CallOptions) => Promise<Response>
    : never;
};

/** A caller's view of the WorkflowService, over the wire or in the engine's own process. Every method throws `RpcError`. */
export type WorkflowServiceClient = ClientOf<WorkflowMethods>;
/** A caller's view of the OperatorService. */
export type OperatorServiceClient = ClientOf<OperatorMethods>;

export interface Codec {
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

/** One method as the wire knows it. `name` is in lower camel case, `path` is the HTTP/2 path. */
export interface MethodDescriptor {
  readonly name: string;
  readonly path: string;
  readonly request: Codec;
  readonly response: Codec;
  readonly http: readonly HttpBinding[];
}

export interface ServiceDescriptor {
  readonly name: string;
  readonly methods: readonly MethodDescriptor[];
}

interface ReflectedService {
  readonly methods: Readonly<
    Record<string, AnnotatedMethod & { readonly name: string; readonly requestType: string; readonly responseType: string }>
  >;
}

function describe(name: string, service: unknown, types: unknown): ServiceDescriptor {
  const messages = types as Readonly<Record<string, Codec>>;
  const codec = (type: string): Codec => {
    const found = messages[type.split('.').pop() ?? ''];
    if (found === undefined) throw new TypeError(`${name} uses a message that is not in its package: ${type}`);
    return found;
  };
  const methods = Object.values((service as ReflectedService).methods).map((method) => ({
    name: method.name.charAt(0).toLowerCase() + method.name.slice(1),
    path: `/${name}/${method.name}`,
    request: codec(method.requestType),
    response: codec(method.responseType),
    http: httpBindingsOf(method),
  }));
  return { name, methods };
}

export const workflowService = describe(
  'temporal.api.workflowservice.v1.WorkflowService',
  api.workflowservice.v1.WorkflowService,
  api.workflowservice.v1,
);
export const operatorService = describe(
  'temporal.api.operatorservice.v1.OperatorService',
  api.operatorservice.v1.OperatorService,
  api.operatorservice.v1,
);
export const healthService = describe('grpc.health.v1.Health', grpc.health.v1.Health, grpc.health.v1);
