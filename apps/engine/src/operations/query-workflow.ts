/** Queries: carried by the workflow task that is due anyway, or handed to a worker by themselves. They never write. */
import { setImmediate } from 'node:timers/promises';
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethod, WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import type { Watch } from '../changefeed/changefeed.ts';
import type { RunState } from '../history/model/state.ts';
import { isOpen, isPaused } from '../history/model/state.ts';
import { statusOf } from '../history/model/status.ts';
import { pinnedVersionOf } from '../history/model/versioning.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunKey } from '../kernel/ids.ts';
import type { Instant } from '../kernel/ports.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import { isSameVersion } from '../kernel/worker-version.ts';
import type { QueueName } from '../matching/matching.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import type { PendingQuery, QueryAnswer } from './query-registry.ts';
import { linkToRun } from './links.ts';
import { decodeTaskToken } from './task-token.ts';
import { checkPayloads, invalid, requireTarget } from './validate.ts';

const {
  QueryRejectCondition,
  QueryResultType,
  ResourceExhaustedCause,
  ResourceExhaustedScope,
  WorkflowExecutionStatus: Status,
} = api.enums.v1;
type Request<Method extends WorkflowMethod> = WorkflowMethods[Method]['request'];
type QueryResponse = temporal.api.workflowservice.v1.IQueryWorkflowResponse;

/** Callers without a deadline wait this long. */
const WAIT_MS_MAX = 30_000;
const ANSWER_MARGIN_MS = 1000;
const POLLER_SEEN_MS = 20_000;
/** From this attempt on a workflow task is taken for broken, and ordinary queries would only wait in vain. */
const FAILING_ATTEMPT = 3;
/** Our own questions to our own SDK, which answers from history alone: a failing workflow task is what they ask about. */
const OWN_PREFIX = '__tidemark';

export async function queryWorkflow(engine: Engine, request: Request<'queryWorkflow'>, call: NamespaceCall): Promise<QueryResponse> {
  const target = requireTarget(engine, call, request.execution);
  const query = request.query;
  if (!query?.queryType) throw invalid('QueryType is not set on request.');
  checkPayloads(engine, query.queryArgs);
  const key = await engine.history.read(target, ({ derived }) => derived.key);
  const deadline = Math.min(call.deadline, engine.clock.now() + WAIT_MS_MAX);
  const watch = engine.changefeed.watch(key.runId);
  try {
    const response = await new QueryWait(engine, { key, query, deadline, watch, call }).answer(request.queryRejectCondition ?? 0);
    const { workflowId, runId } = key;
    return { ...response, link: linkToRun({ namespace: call.namespace.name, workflowId, runId }) };
  } finally {
    watch.close();
  }
}

interface Waiting {
  readonly key: RunKey;
  readonly query: temporal.api.query.v1.IWorkflowQuery;
  readonly deadline: Instant;
  readonly watch: Watch;
  readonly call: NamespaceCall;
}

interface RunFacts {
  readonly isOpen: boolean;
  readonly status: number;
  readonly isPaused: boolean;
  readonly hasCompletedTask: boolean;
  readonly firstTaskAt: Instant | undefined;
  readonly taskAttempt: number | undefined;
  readonly taskQueue: string;
  readonly stickyQueue: string | undefined;
  readonly stickyScheduleToStart: number;
  readonly stickyVersion: WorkerVersion | undefined;
  readonly pinnedTo: WorkerVersion | undefined;
}

function factsOf(state: RunState): RunFacts {
  const { derived, volatile } = state;
  return {
    isOpen: isOpen(state),
    status: statusOf(state),
    isPaused: isPaused(state),
    hasCompletedTask: derived.workflowTasksCompleted > 0,
    firstTaskAt: volatile.firstTaskAt,
    taskAttempt: volatile.workflowTask?.attempt,
    taskQueue: derived.start.taskQueue?.name ?? '',
    stickyQueue: volatile.sticky?.taskQueue,
    stickyScheduleToStart: volatile.sticky?.scheduleToStart ?? 0,
    stickyVersion: volatile.sticky?.version,
    pinnedTo: pinnedVersionOf(derived.versioning),
  };
}

class QueryWait {
  constructor(
    private readonly engine: Engine,
    private readonly waiting: Waiting,
  ) {}

  async answer(rejectCondition: temporal.api.enums.v1.QueryRejectCondition): Promise<QueryResponse> {
    const isOwn = (this.waiting.query.queryType ?? '').startsWith(OWN_PREFIX);
    for (;;) {
      const run = await this.engine.history.read({ workflow: this.waiting.key, runId: this.waiting.key.runId }, factsOf);
      if (isRejected(run, rejectCondition) || (run.isPaused && !isOwn)) return { queryRejected: { status: run.status } };
      if (!run.isOpen && !run.hasCompletedTask) throw notReady('Workflow execution has no completed workflow task to be queried.');
      if (!run.isOpen || isOwn || (run.taskAttempt === undefined && run.firstTaskAt === undefined))
        return toResponse(await this.direct(run));
      if (run.firstTaskAt !== undefined) await this.untilFirstTask(run.firstTaskAt);
      else {
        const answer = await this.buffered(run);
        if (answer.kind !== 'missed') return toResponse(answer);
      }
    }
  }

  private async untilFirstTask(firstTaskAt: Instant): Promise<void> {
    if (firstTaskAt > this.waiting.deadline) throw notReady('Workflow task is not scheduled yet.');
    if (!(await this.waiting.watch.next({ deadline: this.waiting.deadline, signal: this.waiting.call.signal }))) throw late();
  }

  /** Goes out with the run's next task; 'missed' when there is none any more. */
  private async buffered(run: RunFacts): Promise<QueryAnswer> {
    const { key, query, deadline, watch, call } = this.waiting;
    const { queries, limits } = this.engine;
    if ((run.taskAttempt ?? 0) >= FAILING_ATTEMPT) throw notReady('Unable to query workflow due to Workflow Task in failed state.');
    if (queries.countBuffered(key.runId) >= limits.bufferedQueriesMax) throw tooManyQueries(limits.bufferedQueriesMax);
    const pending = queries.create(this.engine.random.uuid(), query);
    queries.buffer(key.runId, pending);
    try {
      for (;;) {
        const moved = watch.next({ deadline, signal: call.signal });
        const first = await Promise.race([pending.answer, moved]);
        if (typeof first === 'object') return first;
        if (!first) throw late();
        // The completion that moved the run settles its answers right after it; they come first.
        await setImmediate();
        const stillWaits = await this.engine.history.read(
          { workflow: key, runId: key.runId },
          ({ volatile }) => volatile.workflowTask !== undefined,
        );
        if (!stillWaits) pending.settle({ kind: 'missed' });
      }
    } finally {
      queries.unbuffer(key.runId, pending);
    }
  }

  /** To the worker that has the run in its cache, while it still polls; otherwise to any worker, with the whole history. */
  private async direct(run: RunFacts): Promise<QueryAnswer> {
    const { key, query, deadline } = this.waiting;
    const { matching, queries, random, clock, limits } = this.engine;
    const own = { namespaceId: key.namespaceId, kind: 'workflow' as const, name: run.taskQueue };
    const { pinnedTo } = run;
    const version = this.engine.deployments.versionFor({ ...own, workflowId: key.workflowId, pinnedTo });
    const normal: QueueName = { ...own, version };
    const isCachedThere = run.stickyQueue !== undefined && isSameVersion(run.stickyVersion, version);
    const sticky = isCachedThere ? { ...own, name: run.stickyQueue ?? '' } : undefined;
    const task = { kind: 'query' as const, key, ...URGENT, ...(pinnedTo === undefined ? {} : { pinnedTo }) };
    const pending = queries.create(random.uuid(), query);
    queries.addDirect(pending);
    try {
      if (sticky !== undefined && run.isOpen && matching.hasPolled(sticky, limits.stickyWorkerAliveMs)) {
        matching.add(sticky, { ...task, queryId: pending.id });
        const patience = clock.now() + run.stickyScheduleToStart;
        const answer = await this.orUntil(pending, Math.min(patience, deadline - ANSWER_MARGIN_MS));
        if (answer !== undefined) return answer;
      }
      matching.add(normal, { ...task, queryId: pending.id });
      const answer = await this.orUntil(pending, deadline - ANSWER_MARGIN_MS);
      if (answer !== undefined) return answer;
      if (!matching.hasPolled(normal, POLLER_SEEN_MS)) {
        throw new EngineError('failed-precondition', 'no poller seen for task queue recently, worker may be down');
      }
      const lastChance = await this.orUntil(pending, deadline);
      if (lastChance !== undefined) return lastChance;
      throw late();
    } finally {
      queries.removeDirect(pending.id);
    }
  }

  private orUntil(pending: PendingQuery, at: Instant): Promise<QueryAnswer | undefined> {
    const { clock } = this.engine;
    const { signal } = this.waiting.call;
    return new Promise((resolve) => {
      const give = (answer: QueryAnswer | undefined): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        resolve(answer);
      };
      const leave = (): void => give(undefined);
      const timer = setTimeout(leave, Math.max(0, at - clock.now()));
      signal.addEventListener('abort', leave, { once: true });
      void pending.answer.then(give);
    });
  }
}

/** A person waits for it. */
const URGENT = { priority: 1, fairness: { key: '', weight: 0 } };

function isRejected(run: RunFacts, condition: temporal.api.enums.v1.QueryRejectCondition): boolean {
  if (condition === QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN) return !run.isOpen;
  if (condition !== QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY) return false;
  return run.status !== Status.WORKFLOW_EXECUTION_STATUS_RUNNING && run.status !== Status.WORKFLOW_EXECUTION_STATUS_COMPLETED;
}

function toResponse(answer: QueryAnswer): QueryResponse {
  switch (answer.kind) {
    case 'answered':
      return { queryResult: answer.result ?? { payloads: [] } };
    case 'tooLarge':
      throw invalid('Blob data size exceeds limit.');
    case 'missed':
      throw new EngineError('unavailable', 'the query was lost with the task that carried it; ask again');
    case 'failed': {
      const failure = api.failure.v1.Failure.encode(answer.failure ?? {}).finish();
      throw new EngineError('query-failed', answer.message, { failure });
    }
  }
}

const notReady = (message: string): EngineError => new EngineError('workflow-not-ready', message);
const late = (): EngineError => new EngineError('deadline-exceeded', 'the query was not answered before its deadline');
const tooManyQueries = (max: number): EngineError =>
  new EngineError('resource-exhausted', `too many queries wait for this workflow's next task: the limit is ${max}`, {
    exhausted: {
      cause: ResourceExhaustedCause.RESOURCE_EXHAUSTED_CAUSE_BUSY_WORKFLOW,
      scope: ResourceExhaustedScope.RESOURCE_EXHAUSTED_SCOPE_NAMESPACE,
    },
  });

/** A worker answers a query that was handed to it by itself. */
export async function answerQuery(engine: Engine, request: Request<'respondQueryTaskCompleted'>): Promise<object> {
  const { queryId } = decodeTaskToken('query', request.taskToken);
  const pending = engine.queries.findDirect(queryId);
  if (pending === undefined) throw new EngineError('not-found', 'query task not found, or already expired');
  engine.queries.removeDirect(queryId);
  const { queryResult, errorMessage, failure } = request;
  if (queryResult && api.common.v1.Payloads.encode(queryResult).len > engine.limits.blobBytesMax) pending.settle({ kind: 'tooLarge' });
  else if (request.completedType === QueryResultType.QUERY_RESULT_TYPE_ANSWERED) pending.settle({ kind: 'answered', result: queryResult });
  else pending.settle({ kind: 'failed', message: errorMessage ?? '', failure });
  return await Promise.resolve({});
}
