/** The gRPC server: raw bytes in and out, so that limits, decoding and errors are ours to word. */
import type { sendUnaryData, ServerUnaryCall, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { logVerbosity, Metadata, Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import { encodeStatus, RpcError, StatusCode } from './errors.ts';
import type { MethodDescriptor, ServiceDescriptor } from './services.ts';

/** What a handler knows of its call. `deadline` is in milliseconds since the epoch, Infinity when the caller set none. */
export interface ServerCall {
  readonly method: MethodDescriptor;
  readonly headers: ReadonlyMap<string, string>;
  readonly deadline: number;
  /** Aborted when the caller goes away; a task must not be handed to an aborted call. */
  readonly signal: AbortSignal;
  readonly peer: string;
}

/** A response that is already encoded, so that stored history is spliced in and not decoded first. */
export class EncodedResponse {
  constructor(readonly bytes: Uint8Array) {}
}

export type Handler = (request: object, call: ServerCall) => Promise<object | EncodedResponse>;

export interface ServedService {
  readonly service: ServiceDescriptor;
  /** Called for every method of the descriptor; what is not built answers with UNIMPLEMENTED itself. */
  readonly handle: (request: object, call: ServerCall) => Promise<object | EncodedResponse>;
}

/** PEM-encoded. With `clientCa` only clients whose certificate it signed are let in. */
export interface ServerTls {
  readonly cert: Uint8Array;
  readonly key: Uint8Array;
  readonly clientCa?: Uint8Array;
}

export interface ServerOptions {
  /** `host:port`. */
  readonly address: string;
  readonly services: readonly ServedService[];
  /** Without it calls travel in the clear. */
  readonly tls?: ServerTls;
  readonly requestBytesMax: number;
  /** Sees every error that is not an RpcError; the caller is told only that something failed. */
  readonly onUnexpected: (error: unknown, method: string) => void;
  /** Called once per call, for metrics. */
  readonly onEnd?: (method: string, code: StatusCode, startedAt: number) => void;
}

export interface GrpcServer {
  readonly port: number;
  /** Refuses new calls, lets running ones end until the grace is over (milliseconds), then cuts them off. */
  stop(graceMs: number): Promise<void>;
}

// What goes wrong is thrown or reported to the caller; the transport's own remarks on stderr only repeat it.
setLogVerbosity(logVerbosity.NONE);

/** The transport refuses what is far too large unread; what is a little too large is read and named with its size. */
const TRANSPORT_BYTES_MAX = 64 * 1024 * 1024;

/** Throws when the address cannot be bound or the certificate and its key do not belong together. */
export async function serve(options: ServerOptions): Promise<GrpcServer> {
  const server = new Server({
    'grpc.max_receive_message_length': TRANSPORT_BYTES_MAX,
    'grpc.max_send_message_length': -1,
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 10_000,
    'grpc.max_concurrent_streams': 100_000,
  });
  for (const served of options.services) register(server, served, options);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(options.address, credentialsOf(options.tls), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { port, stop: (graceMs) => stop(server, graceMs) };
}

function credentialsOf(tls: ServerTls | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const pair = { cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) };
  return ServerCredentials.createSsl(tls.clientCa === undefined ? null : Buffer.from(tls.clientCa), [pair], tls.clientCa !== undefined);
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), graceMs);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}

const identity = (bytes: Buffer): Buffer => bytes;

function register(server: Server, served: ServedService, options: ServerOptions): void {
  const definition: Record<string, ServiceDefinition[string]> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const method of served.service.methods) {
    definition[method.name] = {
      path: method.path,
      requestStream: false,
      responseStream: false,
      requestSerialize: identity,
      requestDeserialize: identity,
      responseSerialize: identity,
      responseDeserialize: identity,
    };
    implementation[method.name] = (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
      const startedAt = performance.now();
      answer(call, method, { served, options }).then(
        (bytes) => {
          options.onEnd?.(method.name, StatusCode.OK, startedAt);
          callback(null, bytes);
        },
        (error: unknown) => {
          const known = carriable(error instanceof RpcError ? error : unexpected(error, method, options));
          options.onEnd?.(method.name, known.code, startedAt);
          callback({ code: known.code, details: known.message, metadata: trailers(known) });
        },
      );
    };
  }
  server.addService(definition, implementation);
}

interface Serving {
  readonly served: ServedService;
  readonly options: ServerOptions;
}

async function answer(call: ServerUnaryCall<Buffer, Buffer>, method: MethodDescriptor, { served, options }: Serving): Promise<Buffer> {
  const bytes = call.request;
  if (bytes.byteLength > options.requestBytesMax) {
    // SDKs recognise exactly this beginning as "too large" and do not retry.
    const text = `grpc: received message larger than max (${bytes.byteLength} vs. ${options.requestBytesMax})`;
    throw new RpcError(StatusCode.RESOURCE_EXHAUSTED, text);
  }
  const aborted = new AbortController();
  if (call.cancelled) aborted.abort();
  call.once('cancelled', () => aborted.abort());
  const deadline = call.getDeadline();
  const response = await served.handle(decode(method, bytes), {
    method,
    headers: headers(call.metadata),
    deadline: deadline instanceof Date ? deadline.getTime() : deadline,
    signal: aborted.signal,
    peer: call.getPeer(),
  });
  return Buffer.from(response instanceof EncodedResponse ? response.bytes : method.response.encode(response).finish());
}

function decode(method: MethodDescriptor, bytes: Uint8Array): object {
  try {
    return method.request.decode(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RpcError(StatusCode.INVALID_ARGUMENT, `the request of ${method.name} is not valid protobuf: ${reason}`);
  }
}

function headers(metadata: Metadata): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(metadata.getMap())) if (typeof value === 'string') found.set(key, value);
  return found;
}

function unexpected(error: unknown, method: MethodDescriptor, options: ServerOptions): RpcError {
  options.onUnexpected(error, method.name);
  return new RpcError(StatusCode.INTERNAL, 'an internal error occurred; it was logged by the server');
}

/** Texts travel in headers, twice, and clients take 8 KiB of them. */
const TEXT_CHARACTERS_MAX = 2000;

/** What callers sent is quoted in texts: cut in the middle of a character, it could not be written as a header and would end the process. */
function carriable(error: RpcError): RpcError {
  const { message } = error;
  const text = message.length > TEXT_CHARACTERS_MAX ? `${message.slice(0, TEXT_CHARACTERS_MAX)}…` : message;
  return text === message && text.isWellFormed() ? error : new RpcError(error.code, text.toWellFormed(), error.details);
}

function trailers(error: RpcError): Metadata {
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(encodeStatus(error)));
  return metadata;
}
