/** Queries as clients ask them and workers answer them. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import { payloadsOf, valuesOf } from './payloads.ts';
import type { RunName, WholeEngine, WorkflowTask } from './whole-engine.ts';
import { NAMESPACE } from './whole-engine.ts';

const { QueryResultType, TaskQueueKind } = api.enums.v1;
type QueryRequest = WorkflowMethods['queryWorkflow']['request'];
type Failure = temporal.api.failure.v1.IFailure;

/** `ms` is how long the caller waits. */
export const query = (
  engine: WholeEngine,
  { workflowId, runId = '' }: RunName,
  { ms = 10_000, ...over }: Partial<QueryRequest> & { readonly ms?: number } = {},
) =>
  engine.workflow.queryWorkflow(
    { namespace: NAMESPACE, execution: { workflowId, runId }, query: { queryType: 'state' }, ...over },
    { deadline: Date.now() + ms },
  );

/** The one value that a query was answered with. */
export const answerOf = async (asked: ReturnType<typeof query>): Promise<unknown> => valuesOf((await asked).queryResult)[0];

/** A worker answers a query that came by itself. */
export const answer = (engine: WholeEngine, task: WorkflowTask, value: unknown) =>
  engine.workflow.respondQueryTaskCompleted({
    namespace: NAMESPACE,
    taskToken: task.taskToken,
    completedType: QueryResultType.QUERY_RESULT_TYPE_ANSWERED,
    queryResult: payloadsOf(value),
  });
export const refuse = (engine: WholeEngine, task: WorkflowTask, failure: Failure) =>
  engine.workflow.respondQueryTaskCompleted({
    namespace: NAMESPACE,
    taskToken: task.taskToken,
    completedType: QueryResultType.QUERY_RESULT_TYPE_FAILED,
    errorMessage: failure.message ?? '',
    failure,
  });

/** Of the queries that a workflow task carries: fields for its completion that answer each alike. */
export const answersTo = ({ queries }: WorkflowTask, value: unknown) => ({
  queryResults: Object.fromEntries(
    Object.keys(queries).map((id) => [id, { resultType: QueryResultType.QUERY_RESULT_TYPE_ANSWERED, answer: payloadsOf(value) }]),
  ),
});
export const refusalsOf = ({ queries }: WorkflowTask, failure: Failure) => ({
  queryResults: Object.fromEntries(
    Object.keys(queries).map((id) => [
      id,
      { resultType: QueryResultType.QUERY_RESULT_TYPE_FAILED, errorMessage: failure.message ?? '', failure },
    ]),
  ),
});

/** The next task of a sticky queue; the poll is open when this returns. */
export const stickyTask = (engine: WholeEngine, name: string, normalName: string): Promise<WorkflowTask> =>
  engine.workflow.pollWorkflowTaskQueue(
    { namespace: NAMESPACE, taskQueue: { name, normalName, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY }, identity: 'test' },
    { deadline: Date.now() + 10_000 },
  );

/** Fields of a completion after which the worker wants the run's tasks on a queue of its own. */
export const stickTo = (name: string, ms = 5000) => ({
  stickyAttributes: { workerTaskQueue: { name, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY }, scheduleToStartTimeout: toDuration(ms) },
});
