/** Workers that report themselves. */
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toLong } from '@tidemark/protocol/time';
import { EngineError } from '../kernel/engine-error.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { pageSize } from './page-size.ts';
import { invalid } from './validate.ts';

type Request<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['request'];

const PAGE_MAX = 1000;

export function recordWorkerHeartbeat(engine: Engine, request: Request<'recordWorkerHeartbeat'>, call: NamespaceCall): object {
  for (const heartbeat of request.workerHeartbeat ?? []) engine.workers.record(call.namespace.id, heartbeat);
  return {};
}

export function listWorkers(engine: Engine, request: Request<'listWorkers'>, call: NamespaceCall): object {
  const after = request.nextPageToken?.length ? Buffer.from(request.nextPageToken).toString('utf8') : '';
  const size = pageSize(request.pageSize, PAGE_MAX);
  const matching = engine.workers.list(call.namespace.id).filter(({ heartbeat }) => matches(heartbeat, request.query ?? ''));
  const rest = matching.filter(({ heartbeat }) => (heartbeat.workerInstanceKey ?? '') > after);
  const page = rest.slice(0, size);
  const last = rest.length > size ? page.at(-1)?.heartbeat.workerInstanceKey : undefined;
  const workersInfo = page.map(({ heartbeat }) => ({ workerHeartbeat: heartbeat }));
  return { workersInfo, ...(last ? { nextPageToken: Buffer.from(last) } : {}) };
}

export function countWorkers(engine: Engine, request: Request<'countWorkers'>, call: NamespaceCall): object {
  const found = engine.workers.list(call.namespace.id).filter(({ heartbeat }) => matches(heartbeat, request.query ?? ''));
  return { count: toLong(found.length) };
}

export function describeWorker(engine: Engine, request: Request<'describeWorker'>, call: NamespaceCall): object {
  const found = engine.workers.find(call.namespace.id, request.workerInstanceKey ?? '');
  if (found === undefined) throw new EngineError('not-found', `Worker ${request.workerInstanceKey ?? ''} not found`);
  return { workerInfo: { workerHeartbeat: found.heartbeat } };
}

type Heartbeat = ReturnType<Engine['workers']['list']>[number]['heartbeat'];

const fields: Readonly<Record<string, (heartbeat: Heartbeat) => string>> = {
  WorkerInstanceKey: (heartbeat) => heartbeat.workerInstanceKey ?? '',
  WorkerIdentity: (heartbeat) => heartbeat.workerIdentity ?? '',
  HostName: (heartbeat) => heartbeat.hostInfo?.hostName ?? '',
  TaskQueue: (heartbeat) => heartbeat.taskQueue ?? '',
  DeploymentName: (heartbeat) => heartbeat.deploymentVersion?.deploymentName ?? '',
  BuildId: (heartbeat) => heartbeat.deploymentVersion?.buildId ?? '',
  SdkName: (heartbeat) => heartbeat.sdkName ?? '',
  SdkVersion: (heartbeat) => heartbeat.sdkVersion ?? '',
};

const TERM = /^\s*(\w+)\s*(=|!=|starts_with)\s*(?:'([^']*)'|"([^"]*)")\s*$/i;

/** Terms joined by AND over the fields above; anything else is refused by name. */
function matches(heartbeat: Heartbeat, query: string): boolean {
  if (query.trim() === '') return true;
  return query.split(/\s+and\s+/i).every((term) => {
    const [, name = '', operator = '', single, double] = TERM.exec(term) ?? [];
    const field = fields[name];
    if (field === undefined)
      throw invalid(
        `invalid query: cannot read "${term.trim()}"; terms are like TaskQueue = 'name', joined by AND, over ${Object.keys(fields).join(', ')}`,
      );
    const value = single ?? double ?? '';
    const actual = field(heartbeat);
    if (operator === '=') return actual === value;
    return operator === '!=' ? actual !== value : actual.startsWith(value);
  });
}
