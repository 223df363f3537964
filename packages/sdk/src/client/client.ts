import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Connection, TlsOptions } from '@tidemark/protocol/client';
import { connect } from '@tidemark/protocol/client';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { OperatorServiceClient, WorkflowServiceClient } from '@tidemark/protocol/services';
import { toDuration, toNumber } from '@tidemark/protocol/time';
import type { Duration } from '../common/duration.ts';
import { toMilliseconds } from '../common/duration.ts';
import { DefinitionError } from '../common/errors.ts';
import { workflowDefinition } from '../common/metadata.ts';
import type { RetryPolicy } from '../common/retry-policy.ts';
import { toWireRetryPolicy } from '../common/retry-policy.ts';
import type { AnyFunction, ArgumentsOf, Constructor, ResultOf } from '../common/types.ts';
import type { PayloadConverter } from '../converter/payload.ts';
import { defaultPayloadConverter, fromPayloads, toPayload, toPayloads } from '../converter/payload.ts';
import type { ClientContext } from './client-context.ts';
import { withRetries } from './client-context.ts';
import { WorkflowAlreadyStartedError } from './errors.ts';
import { WorkflowHandle } from './workflow-handle.ts';
import type { WorkflowExecutionInfo } from './workflow-info.ts';
import { toInfo } from './workflow-info.ts';

export interface ConnectOptions {
  /** `default` unless given. */
  readonly namespace?: string;
  /** `true` means TLS with the system's roots. */
  readonly tls?: boolean | TlsOptions;
  /** Turns TLS on. A function is asked before every call. */
  readonly apiKey?: string | (() => string);
  readonly metadata?: Readonly<Record<string, string>>;
  readonly identity?: string;
  readonly payloadConverter?: PayloadConverter;
  /** 10 s by default. */
  readonly connectTimeout?: Duration;
}

export interface StartOptions {
  readonly taskQueue: string;
  /** A random one by default. */
  readonly id?: string;
  readonly idReusePolicy?: 'ALLOW_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY' | 'REJECT_DUPLICATE';
  readonly idConflictPolicy?: 'FAIL' | 'USE_EXISTING' | 'TERMINATE_EXISTING';
  readonly executionTimeout?: Duration;
  readonly runTimeout?: Duration;
  readonly taskTimeout?: Duration;
  readonly retry?: RetryPolicy;
  readonly cronSchedule?: string;
  readonly startDelay?: Duration;
  readonly memo?: Readonly<Record<string, unknown>>;
  readonly staticSummary?: string;
  readonly staticDetails?: string;
}

type RunMethod<Fn extends AnyFunction> = { run: Fn };
type WithArguments<Args> = StartOptions & { readonly args: Args };
type Untyped = StartOptions & { readonly args?: readonly unknown[] };

const reusePolicies = { ALLOW_DUPLICATE: 1, ALLOW_DUPLICATE_FAILED_ONLY: 2, REJECT_DUPLICATE: 3 } as const;
const conflictPolicies = { FAIL: 1, USE_EXISTING: 2, TERMINATE_EXISTING: 3 } as const;
const CONNECT_TIMEOUT_MS = 10_000;
const PAGE_SIZE = 100;

export class Client {
  readonly namespace: string;
  readonly identity: string;
  readonly rpc: { readonly workflow: WorkflowServiceClient; readonly operator: OperatorServiceClient };
  readonly #connection: Connection;
  readonly #context: ClientContext;

  private constructor(connection: Connection, options: ConnectOptions) {
    this.#connection = connection;
    this.namespace = options.namespace ?? 'default';
    this.identity = options.identity ?? `${process.pid}@${hostname()}`;
    this.rpc = { workflow: connection.workflow, operator: connection.operator };
    this.#context = {
      workflow: connection.workflow,
      namespace: this.namespace,
      identity: this.identity,
      converter: options.payloadConverter ?? defaultPayloadConverter,
      retry: withRetries,
    };
  }

  /** Throws `RpcError` when nobody answers in time. */
  static async connect(address = '127.0.0.1:7233', options: ConnectOptions = {}): Promise<Client> {
    const tls = options.tls === true || (options.tls === undefined && options.apiKey !== undefined) ? {} : options.tls;
    const connection = connect({
      address,
      metadata: {
        'client-name': 'tidemark-typescript',
        'client-version': '0.1.0',
        'temporal-namespace': options.namespace ?? 'default',
        ...options.metadata,
      },
      ...(tls === undefined || tls === false ? {} : { tls }),
      ...(options.apiKey === undefined ? {} : { apiKey: options.apiKey }),
    });
    const deadline = Date.now() + (options.connectTimeout === undefined ? CONNECT_TIMEOUT_MS : toMilliseconds(options.connectTimeout));
    try {
      await connection.workflow.getSystemInfo({}, { deadline });
    } catch (error) {
      if (!(error instanceof RpcError && error.code === StatusCode.UNIMPLEMENTED)) {
        connection.close();
        throw error;
      }
    }
    return new Client(connection, options);
  }

  /** Starts a workflow and waits for its result. */
  executeWorkflow<Instance extends RunMethod<() => unknown>>(
    workflow: Constructor<Instance>,
    options: StartOptions,
  ): Promise<ResultOf<Instance['run']>>;
  executeWorkflow<Instance extends RunMethod<(argument: never) => unknown>>(
    workflow: Constructor<Instance>,
    argument: Parameters<Instance['run']>[0],
    options: StartOptions,
  ): Promise<ResultOf<Instance['run']>>;
  executeWorkflow<Instance extends RunMethod<AnyFunction>>(
    workflow: Constructor<Instance>,
    options: WithArguments<ArgumentsOf<Instance['run']>>,
  ): Promise<ResultOf<Instance['run']>>;
  executeWorkflow<Result = unknown>(type: string, options: Untyped): Promise<Result>;
  async executeWorkflow(workflow: Constructor | string, ...rest: readonly unknown[]): Promise<unknown> {
    const handle = await this.#start(workflow, rest);
    return handle.result();
  }

  /** Throws `WorkflowAlreadyStartedError` when the id is taken. */
  startWorkflow<Instance extends RunMethod<() => unknown>>(
    workflow: Constructor<Instance>,
    options: StartOptions,
  ): Promise<WorkflowHandle<Instance>>;
  startWorkflow<Instance extends RunMethod<(argument: never) => unknown>>(
    workflow: Constructor<Instance>,
    argument: Parameters<Instance['run']>[0],
    options: StartOptions,
  ): Promise<WorkflowHandle<Instance>>;
  startWorkflow<Instance extends RunMethod<AnyFunction>>(
    workflow: Constructor<Instance>,
    options: WithArguments<ArgumentsOf<Instance['run']>>,
  ): Promise<WorkflowHandle<Instance>>;
  startWorkflow<Instance = AnyWorkflow>(type: string, options: Untyped): Promise<WorkflowHandle<Instance>>;
  startWorkflow(workflow: Constructor | string, ...rest: readonly unknown[]): Promise<unknown> {
    return this.#start(workflow, rest);
  }

  async #start(workflow: Constructor | string, rest: readonly unknown[]): Promise<WorkflowHandle<AnyWorkflow>> {
    // The overloads say that options come last.
    const options = rest.at(-1) as Untyped;
    const args = options.args ?? rest.slice(0, -1);
    const definition = typeof workflow === 'string' ? undefined : workflowDefinition(workflow);
    const type = definition?.name ?? (typeof workflow === 'string' ? workflow : undefined);
    if (type === undefined) throw new DefinitionError(`${String(workflow)} is not marked with @workflow.defn`);
    const workflowId = options.id ?? randomUUID();
    try {
      const request = this.#startRequest({ type, workflowId, args, options });
      const response = await withRetries(() => this.rpc.workflow.startWorkflowExecution(request));
      return new WorkflowHandle(this.#context, {
        workflowId,
        runId: response.runId,
        firstExecutionRunId: response.runId,
        ...(typeof workflow === 'string' ? {} : { workflowClass: workflow }),
      });
    } catch (error) {
      if (!(error instanceof RpcError && error.code === StatusCode.ALREADY_EXISTS)) throw error;
      throw new WorkflowAlreadyStartedError(workflowId, type, error.find('WorkflowExecutionAlreadyStartedFailure')?.runId ?? '');
    }
  }

  #startRequest({
    type,
    workflowId,
    args,
    options,
  }: {
    type: string;
    workflowId: string;
    args: readonly unknown[];
    options: StartOptions;
  }) {
    const { converter } = this.#context;
    const input = toPayloads(converter, args);
    const retryPolicy = toWireRetryPolicy(options.retry);
    const duration = (value: Duration) => toDuration(toMilliseconds(value));
    const memo = options.memo && Object.fromEntries(Object.entries(options.memo).map(([key, value]) => [key, toPayload(converter, value)]));
    return {
      namespace: this.namespace,
      workflowId,
      workflowType: { name: type },
      taskQueue: { name: options.taskQueue },
      identity: this.identity,
      requestId: randomUUID(),
      header: {},
      ...(input === undefined ? {} : { input }),
      ...(options.idReusePolicy === undefined ? {} : { workflowIdReusePolicy: reusePolicies[options.idReusePolicy] }),
      ...(options.idConflictPolicy === undefined ? {} : { workflowIdConflictPolicy: conflictPolicies[options.idConflictPolicy] }),
      ...(options.executionTimeout === undefined ? {} : { workflowExecutionTimeout: duration(options.executionTimeout) }),
      ...(options.runTimeout === undefined ? {} : { workflowRunTimeout: duration(options.runTimeout) }),
      ...(options.taskTimeout === undefined ? {} : { workflowTaskTimeout: duration(options.taskTimeout) }),
      ...(options.startDelay === undefined ? {} : { workflowStartDelay: duration(options.startDelay) }),
      ...(options.cronSchedule === undefined ? {} : { cronSchedule: options.cronSchedule }),
      ...(retryPolicy === undefined ? {} : { retryPolicy }),
      ...(memo === undefined ? {} : { memo: { fields: memo } }),
      ...(options.staticSummary === undefined && options.staticDetails === undefined
        ? {}
        : {
            userMetadata: {
              ...(options.staticSummary === undefined ? {} : { summary: toPayload(converter, options.staticSummary) }),
              ...(options.staticDetails === undefined ? {} : { details: toPayload(converter, options.staticDetails) }),
            },
          }),
    };
  }

  getWorkflowHandle<Instance = AnyWorkflow>(
    workflowId: string,
    options: { readonly runId?: string; readonly firstExecutionRunId?: string } = {},
  ): WorkflowHandle<Instance> {
    return new WorkflowHandle(this.#context, { workflowId, ...options });
  }

  getWorkflowHandleFor<Instance>(
    workflow: Constructor<Instance>,
    workflowId: string,
    options: { readonly runId?: string } = {},
  ): WorkflowHandle<Instance> {
    return new WorkflowHandle(this.#context, { workflowId, ...options, workflowClass: workflow });
  }

  /** Every execution the list filter finds, read page by page as the loop goes on. */
  async *listWorkflows(query = '', options: { readonly pageSize?: number } = {}): AsyncGenerator<WorkflowExecutionInfo> {
    let nextPageToken: Uint8Array = new Uint8Array();
    do {
      const request = { namespace: this.namespace, query, pageSize: options.pageSize ?? PAGE_SIZE, nextPageToken };
      const response = await withRetries(() => this.rpc.workflow.listWorkflowExecutions(request));
      for (const info of response.executions ?? []) yield toInfo(this.#context.converter, info);
      nextPageToken = response.nextPageToken ?? new Uint8Array();
    } while (nextPageToken.byteLength > 0);
  }

  async countWorkflows(
    query = '',
  ): Promise<{ readonly count: number; readonly groups: readonly { readonly values: readonly unknown[]; readonly count: number }[] }> {
    const response = await withRetries(() => this.rpc.workflow.countWorkflowExecutions({ namespace: this.namespace, query }));
    const groups = (response.groups ?? []).map((group) => ({
      values: fromPayloads(this.#context.converter, { payloads: group.groupValues ?? [] }),
      count: toNumber(group.count),
    }));
    return { count: toNumber(response.count), groups };
  }

  close(): Promise<void> {
    this.#connection.close();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** A workflow known by its type's name only: its handlers may be called by any name. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyWorkflow = any;
