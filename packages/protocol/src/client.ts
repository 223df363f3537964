/** The gRPC client: one connection, typed methods, errors as `RpcError` with their details decoded. */
import { Client, credentials, Metadata, status as GrpcStatus } from '@grpc/grpc-js';
import type { CallOptions as GrpcCallOptions, ChannelCredentials, ServiceError } from '@grpc/grpc-js';
import { decodeDetails, RpcError, StatusCode } from './errors.ts';
import type { CallOptions, MethodDescriptor, OperatorServiceClient, ServiceDescriptor, WorkflowServiceClient } from './services.ts';
import { healthService, operatorService, workflowService } from './services.ts';
import type { grpc } from './types.ts';

/** PEM-encoded certificates. An empty object means TLS with the system's roots. */
export interface TlsOptions {
  readonly serverRootCaCert?: Uint8Array;
  readonly clientCert?: Uint8Array;
  readonly clientPrivateKey?: Uint8Array;
  /** The name the server's certificate must bear, where it differs from the address. */
  readonly serverName?: string;
}

export interface ConnectOptions {
  /** `host:port`. */
  readonly address: string;
  readonly tls?: TlsOptions;
  /** Sent as a bearer token. A function is asked before every call, so that a token may be renewed. */
  readonly apiKey?: string | (() => string);
  /** Headers of every call. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface HealthClient {
  check(request: grpc.health.v1.IHealthCheckRequest, options?: CallOptions): Promise<grpc.health.v1.HealthCheckResponse>;
}

export interface Connection {
  readonly address: string;
  readonly workflow: WorkflowServiceClient;
  readonly operator: OperatorServiceClient;
  readonly health: HealthClient;
  /** Resolves once the transport is up; throws `RpcError` UNAVAILABLE after the deadline (milliseconds since the epoch). */
  ready(deadline: number): Promise<void>;
  close(): void;
}

/** Histories and poll responses may be far larger than what a server accepts in a request. */
const RESPONSE_BYTES_MAX = 128 * 1024 * 1024;
const KEEPALIVE = { timeMs: 30_000, timeoutMs: 15_000 };

/** Opens nothing yet: the transport connects with the first call, or with `ready`. */
export function connect(options: ConnectOptions): Connection {
  const client = new Client(options.address, channelCredentials(options.tls), {
    'grpc.max_receive_message_length': RESPONSE_BYTES_MAX,
    'grpc.max_send_message_length': -1,
    'grpc.keepalive_time_ms': KEEPALIVE.timeMs,
    'grpc.keepalive_timeout_ms': KEEPALIVE.timeoutMs,
    'grpc.keepalive_permit_without_calls': 1,
    // Connections to one address are otherwise shared process-wide, and closing one would not close it.
    'grpc.use_local_subchannel_pool': 1,
    ...(options.tls?.serverName === undefined ? {} : { 'grpc.ssl_target_name_override': options.tls.serverName }),
  });
  return {
    address: options.address,
    workflow: stub(client, workflowService, options) as unknown as WorkflowServiceClient,
    operator: stub(client, operatorService, options) as unknown as OperatorServiceClient,
    health: stub(client, healthService, options) as unknown as HealthClient,
    ready: (deadline) =>
      new Promise((resolve, reject) => {
        client.waitForReady(deadline, (error) =>
          error ? reject(new RpcError(StatusCode.UNAVAILABLE, `${options.address} could not be reached: ${error.message}`)) : resolve(),
        );
      }),
    close: () => client.close(),
  };
}

function channelCredentials(tls: TlsOptions | undefined): ChannelCredentials {
  if (tls === undefined) return credentials.createInsecure();
  const bytes = (value: Uint8Array | undefined) => (value === undefined ? null : Buffer.from(value));
  return credentials.createSsl(bytes(tls.serverRootCaCert), bytes(tls.clientPrivateKey), bytes(tls.clientCert));
}

type Stub = Record<string, (request: object, options?: CallOptions) => Promise<object>>;

/** The descriptor names every method, so the object below has exactly the members of the typed interface. */
function stub(client: Client, service: ServiceDescriptor, options: ConnectOptions): Stub {
  return Object.fromEntries(
    service.methods.map((method) => [
      method.name,
      (request: object, call: CallOptions = {}) => unary(client, method, { request, call, options }),
    ]),
  );
}

interface Invocation {
  readonly request: object;
  readonly call: CallOptions;
  readonly options: ConnectOptions;
}

function unary(client: Client, method: MethodDescriptor, { request, call, options }: Invocation): Promise<object> {
  return new Promise((resolve, reject) => {
    if (call.signal?.aborted) return reject(new RpcError(StatusCode.CANCELLED, `${method.path} was cancelled by the caller`));
    const grpcOptions: GrpcCallOptions = call.deadline === undefined ? {} : { deadline: call.deadline };
    const sent = client.makeUnaryRequest(
      method.path,
      (message: object) => Buffer.from(method.request.encode(message).finish()),
      (bytes) => method.response.decode(bytes),
      request,
      headers(options, call),
      grpcOptions,
      (error, response) => {
        call.signal?.removeEventListener('abort', cancel);
        if (error) reject(toRpcError(error));
        else resolve(response ?? {});
      },
    );
    const cancel = () => sent.cancel();
    call.signal?.addEventListener('abort', cancel, { once: true });
  });
}

function headers(options: ConnectOptions, call: CallOptions): Metadata {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries({ ...options.metadata, ...call.metadata })) metadata.set(key, value);
  const key = typeof options.apiKey === 'function' ? options.apiKey() : options.apiKey;
  if (key !== undefined) metadata.set('authorization', `Bearer ${key}`);
  return metadata;
}

function toRpcError(error: ServiceError): RpcError {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  const code = error.code === GrpcStatus.OK ? StatusCode.UNKNOWN : (error.code as number as StatusCode);
  return new RpcError(code, error.details, bytes instanceof Uint8Array ? decodeDetails(bytes) : []);
}
