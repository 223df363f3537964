/** Finding runs: list, count, and the older calls that are lists in disguise. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { fromTimestamp, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { countRuns } from '../visibility/count.ts';
import { listRuns } from '../visibility/list.ts';
import { executionInfoOf } from '../visibility/record.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { pageSize } from './page-size.ts';
import { invalid } from './validate.ts';

const { WorkflowExecutionStatus } = api.enums.v1;
type Request<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['request'];
type ListResponse = temporal.api.workflowservice.v1.IListWorkflowExecutionsResponse;

interface ListRequest {
  readonly query?: string | null;
  readonly pageSize?: number | null;
  readonly nextPageToken?: Uint8Array | null;
}

export async function listWorkflows(engine: Engine, request: ListRequest, call: NamespaceCall): Promise<ListResponse> {
  const { limits, store } = engine;
  const page = await listRuns(store.visibility, {
    namespace: call.namespace,
    query: request.query ?? '',
    sizeMax: pageSize(request.pageSize, limits.visibilityPageMax),
    pageToken: request.nextPageToken ?? new Uint8Array(),
  });
  if (page.kind === 'fault') throw invalid(page.message);
  return { executions: page.records.map(executionInfoOf), nextPageToken: page.nextPageToken };
}

export async function countWorkflows(engine: Engine, request: Request<'countWorkflowExecutions'>, call: NamespaceCall): Promise<object> {
  const counted = await countRuns(engine.store.visibility, { namespace: call.namespace, query: request.query ?? '' });
  if (counted.kind === 'fault') throw invalid(counted.message);
  const groups = counted.groups.map(({ status, count }) => ({ groupValues: [statusPayload(status)], count: toLong(count) }));
  return { count: toLong(counted.count), groups };
}

const statusNames = WorkflowExecutionStatus as unknown as Readonly<Record<number, string>>;
const encoder = new TextEncoder();

/** `Completed`, as filters write it. */
function statusPayload(status: number): temporal.api.common.v1.IPayload {
  const name = (statusNames[status] ?? '')
    .replace('WORKFLOW_EXECUTION_STATUS_', '')
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_match, _bar, letter: string) => letter.toUpperCase());
  return {
    metadata: { encoding: encoder.encode('json/plain'), type: encoder.encode('Keyword') },
    data: encoder.encode(JSON.stringify(name)),
  };
}

type Filters = Pick<
  Request<'listOpenWorkflowExecutions'>,
  'startTimeFilter' | 'executionFilter' | 'typeFilter' | 'maximumPageSize' | 'nextPageToken'
> &
  Pick<Request<'listClosedWorkflowExecutions'>, 'statusFilter'>;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function asQuery(base: string, { startTimeFilter, executionFilter, typeFilter, statusFilter }: Filters, timeField: string): string {
  const terms = [base];
  const earliest = fromTimestamp(startTimeFilter?.earliestTime);
  const latest = fromTimestamp(startTimeFilter?.latestTime);
  if (earliest !== undefined) terms.push(`${timeField} >= ${quoted(new Date(earliest).toISOString())}`);
  if (latest !== undefined) terms.push(`${timeField} <= ${quoted(new Date(latest).toISOString())}`);
  if (executionFilter?.workflowId) terms.push(`WorkflowId = ${quoted(executionFilter.workflowId)}`);
  if (typeFilter?.name) terms.push(`WorkflowType = ${quoted(typeFilter.name)}`);
  if (statusFilter?.status) terms.push(`ExecutionStatus = ${statusFilter.status}`);
  return terms.join(' AND ');
}

export const listOpenWorkflows = (
  engine: Engine,
  request: Request<'listOpenWorkflowExecutions'>,
  call: NamespaceCall,
): Promise<ListResponse> =>
  listWorkflows(
    engine,
    { ...request, pageSize: request.maximumPageSize ?? 0, query: asQuery('CloseTime IS NULL', request, 'StartTime') },
    call,
  );
export const listClosedWorkflows = (
  engine: Engine,
  request: Request<'listClosedWorkflowExecutions'>,
  call: NamespaceCall,
): Promise<ListResponse> =>
  listWorkflows(
    engine,
    { ...request, pageSize: request.maximumPageSize ?? 0, query: asQuery('CloseTime IS NOT NULL', request, 'CloseTime') },
    call,
  );
