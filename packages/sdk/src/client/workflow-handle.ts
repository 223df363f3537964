import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { temporal } from '@tidemark/protocol/types';
import { CancelledFailure, TerminatedFailure, TimeoutFailure } from '../common/failures.ts';
import { workflowDefinition } from '../common/metadata.ts';
import type { MethodArguments, MethodResult, MethodsOf, ResultOf, RunOf } from '../common/types.ts';
import { fromFailure } from '../converter/failure-converter.ts';
import { fromPayloads, toPayloads } from '../converter/payload.ts';
import type { ClientContext } from './client-context.ts';
import { QueryFailedError, rethrow, UpdateFailedError, WorkflowFailedError } from './errors.ts';
import { toInfo } from './workflow-info.ts';
import type { WorkflowExecutionInfo } from './workflow-info.ts';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
const { EventType, HistoryEventFilterType, UpdateWorkflowExecutionLifecycleStage } = api.enums.v1;

export interface HandleOptions {
  readonly workflowId: string;
  readonly runId?: string;
  readonly firstExecutionRunId?: string;
  /** Gives methods their names on the wire. */
  readonly workflowClass?: object;
}

/** One workflow execution, or with no run id the newest of its chain. */
export class WorkflowHandle<Workflow> {
  readonly workflowId: string;
  readonly runId: string | undefined;
  readonly firstExecutionRunId: string | undefined;
  readonly #context: ClientContext;
  readonly #workflowClass: object | undefined;

  constructor(context: ClientContext, options: HandleOptions) {
    this.#context = context;
    this.workflowId = options.workflowId;
    this.runId = options.runId;
    this.firstExecutionRunId = options.firstExecutionRunId;
    this.#workflowClass = options.workflowClass;
  }

  /** Waits for the end. Follows runs that continue as new or are retried, unless told not to. Throws `WorkflowFailedError`. */
  async result(options: { readonly followRuns?: boolean } = {}): Promise<ResultOf<RunOf<Workflow>>> {
    let runId = this.firstExecutionRunId ?? this.runId ?? '';
    for (;;) {
      const event = await this.#closeEvent(runId);
      const next = nextRun(event);
      if (next === '' || options.followRuns === false) return this.#outcome(event) as ResultOf<RunOf<Workflow>>;
      runId = next;
    }
  }

  async #closeEvent(runId: string): Promise<HistoryEvent> {
    let nextPageToken: Uint8Array = new Uint8Array();
    for (;;) {
      const response = await this.#call(() =>
        this.#context.workflow.getWorkflowExecutionHistory({
          namespace: this.#context.namespace,
          execution: { workflowId: this.workflowId, runId },
          waitNewEvent: true,
          historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
          skipArchival: true,
          nextPageToken,
        }),
      );
      const event = response.history?.events?.at(-1);
      if (event !== undefined) return event;
      nextPageToken = response.nextPageToken ?? new Uint8Array();
    }
  }

  #outcome(event: HistoryEvent): unknown {
    const { converter } = this.#context;
    const failed = (cause: unknown) => new WorkflowFailedError('Workflow execution failed', { cause });
    switch (event.eventType) {
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
        return fromPayloads(converter, event.workflowExecutionCompletedEventAttributes?.result)[0];
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:
        throw failed(fromFailure(converter, event.workflowExecutionFailedEventAttributes?.failure ?? {}));
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED:
        throw new WorkflowFailedError('Workflow execution cancelled', {
          cause: new CancelledFailure(
            'Workflow canceled',
            fromPayloads(converter, event.workflowExecutionCanceledEventAttributes?.details),
          ),
        });
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED:
        throw new WorkflowFailedError('Workflow execution terminated', {
          cause: new TerminatedFailure(event.workflowExecutionTerminatedEventAttributes?.reason || 'Workflow execution terminated'),
        });
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT:
        throw new WorkflowFailedError('Workflow execution timed out', {
          cause: new TimeoutFailure('Workflow execution timed out', 'START_TO_CLOSE'),
        });
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
        throw new WorkflowFailedError('Workflow execution continued as new');
      default:
        throw new WorkflowFailedError(`the execution ended with an event of the unknown type ${String(event.eventType)}`);
    }
  }

  async signal<Name extends MethodsOf<Workflow>>(name: Name, ...args: MethodArguments<Workflow, Name>): Promise<void> {
    await this.#call(() =>
      this.#context.workflow.signalWorkflowExecution({
        ...this.#target(),
        signalName: this.#wireName('signals', name),
        ...this.#input(args),
        header: {},
        requestId: randomUUID(),
      }),
    );
  }

  /** Throws `QueryFailedError` for a query that threw or that the workflow does not know. */
  async query<Name extends MethodsOf<Workflow>>(
    name: Name,
    ...args: MethodArguments<Workflow, Name>
  ): Promise<MethodResult<Workflow, Name>> {
    const input = toPayloads(this.#context.converter, args);
    try {
      const response = await this.#call(() =>
        this.#context.workflow.queryWorkflow({
          namespace: this.#context.namespace,
          execution: this.#execution(),
          query: { queryType: this.#wireName('queries', name), ...(input === undefined ? {} : { queryArgs: input }) },
        }),
      );
      // The class says what its query answers; the wire cannot.
      return fromPayloads(this.#context.converter, response.queryResult)[0] as MethodResult<Workflow, Name>;
    } catch (error) {
      if (error instanceof RpcError && error.code === StatusCode.INVALID_ARGUMENT)
        throw new QueryFailedError(error.message, { cause: error });
      throw error;
    }
  }

  /** Sends an update and waits for its answer. Throws `UpdateFailedError`, whose cause says why. */
  async executeUpdate<Name extends MethodsOf<Workflow>>(
    name: Name,
    ...args: MethodArguments<Workflow, Name>
  ): Promise<MethodResult<Workflow, Name>> {
    const input = toPayloads(this.#context.converter, args);
    const updateId = randomUUID();
    for (;;) {
      const response = await this.#call(() =>
        this.#context.workflow.updateWorkflowExecution({
          ...this.#target(),
          ...(this.firstExecutionRunId === undefined ? {} : { firstExecutionRunId: this.firstExecutionRunId }),
          request: {
            meta: { updateId, identity: this.#context.identity },
            input: { name: this.#wireName('updates', name), ...(input === undefined ? {} : { args: input }) },
          },
          waitPolicy: { lifecycleStage: UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED },
        }),
      );
      const outcome = response.outcome;
      if (!outcome) continue;
      if (outcome.failure)
        throw new UpdateFailedError('Workflow Update failed', { cause: fromFailure(this.#context.converter, outcome.failure) });
      return fromPayloads(this.#context.converter, outcome.success)[0] as MethodResult<Workflow, Name>;
    }
  }

  async cancel(reason = ''): Promise<void> {
    await this.#call(() => this.#context.workflow.requestCancelWorkflowExecution({ ...this.#target(), reason, requestId: randomUUID() }));
  }

  async terminate(reason = '', ...details: unknown[]): Promise<void> {
    const payloads = toPayloads(this.#context.converter, details);
    await this.#call(() =>
      this.#context.workflow.terminateWorkflowExecution({
        ...this.#target(),
        reason,
        ...(payloads === undefined ? {} : { details: payloads }),
      }),
    );
  }

  async describe(): Promise<WorkflowExecutionInfo> {
    const response = await this.#call(() =>
      this.#context.workflow.describeWorkflowExecution({ namespace: this.#context.namespace, execution: this.#execution() }),
    );
    return toInfo(this.#context.converter, response.workflowExecutionInfo ?? {});
  }

  /** Every event, read page by page. */
  async fetchHistory(): Promise<{
    readonly workflowId: string;
    readonly runId: string | undefined;
    readonly events: readonly HistoryEvent[];
  }> {
    const events: HistoryEvent[] = [];
    let nextPageToken: Uint8Array = new Uint8Array();
    do {
      const token = nextPageToken;
      const response = await this.#call(() =>
        this.#context.workflow.getWorkflowExecutionHistory({
          namespace: this.#context.namespace,
          execution: this.#execution(),
          nextPageToken: token,
        }),
      );
      events.push(...(response.history?.events ?? []));
      nextPageToken = response.nextPageToken ?? new Uint8Array();
    } while (nextPageToken.byteLength > 0);
    return { workflowId: this.workflowId, runId: this.runId, events };
  }

  #execution(): { workflowId: string; runId: string } {
    return { workflowId: this.workflowId, runId: this.runId ?? '' };
  }

  #target() {
    return { namespace: this.#context.namespace, workflowExecution: this.#execution(), identity: this.#context.identity };
  }

  #input(args: readonly unknown[]) {
    const input = toPayloads(this.#context.converter, args);
    return input === undefined ? {} : { input };
  }

  /** Handlers are called by their method's name; the class knows the name on the wire. */
  #wireName(table: 'signals' | 'queries' | 'updates', method: string): string {
    const definition = this.#workflowClass && workflowDefinition(this.#workflowClass);
    return [...(definition?.[table].values() ?? [])].find((handler) => handler.method === method)?.name ?? method;
  }

  async #call<Response>(call: () => Promise<Response>): Promise<Response> {
    try {
      return await this.#context.retry(call);
    } catch (error) {
      return rethrow(error, this.workflowId, this.runId);
    }
  }
}

function nextRun(event: HistoryEvent): string {
  return (
    event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ||
    event.workflowExecutionCompletedEventAttributes?.newExecutionRunId ||
    event.workflowExecutionFailedEventAttributes?.newExecutionRunId ||
    event.workflowExecutionTimedOutEventAttributes?.newExecutionRunId ||
    ''
  );
}
