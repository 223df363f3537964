/** Namespaces: register, describe, list, update, deprecate, delete. */
import { api } from '@tidemark/protocol/api';
import type { OperatorMethods, WorkflowMethods } from '@tidemark/protocol/services';
import { fromDuration, toDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../kernel/engine-error.ts';
import { namespaceId } from '../kernel/ids.ts';
import type { NamespaceRecord } from '../persistence/ports/namespace-store.ts';
import type { Engine } from './engine.ts';
import { invalid, requireId } from './validate.ts';

const { NamespaceState } = api.enums.v1;
type Request<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['request'];
type Description = temporal.api.workflowservice.v1.IDescribeNamespaceResponse;

const PAGE_MAX = 1000;
const PAGE_DEFAULT = 100;
const UPDATE_TRIES_MAX = 5;

export const namespaceNotFound = (name: string): EngineError =>
  new EngineError('namespace-not-found', `Namespace ${name} is not found.`, { namespace: name });

export async function requireNamespace({ store }: Engine, name: string): Promise<NamespaceRecord> {
  const found = await store.namespaces.findByName(name);
  if (found === undefined || found.state === NamespaceState.NAMESPACE_STATE_DELETED) throw namespaceNotFound(name);
  return found;
}

export async function registerNamespace(engine: Engine, request: Request<'registerNamespace'>): Promise<object> {
  const name = requireId(engine, 'Namespace', request.namespace);
  const retention = fromDuration(request.workflowExecutionRetentionPeriod) ?? 0;
  if (retention < engine.limits.retentionMinMs) throw invalid('A valid retention period is not set on request.');
  const outcome = await engine.store.namespaces.create({
    id: namespaceId(engine.random.uuid()),
    name,
    description: request.description ?? '',
    ownerEmail: request.ownerEmail ?? '',
    data: request.data ?? {},
    state: NamespaceState.NAMESPACE_STATE_REGISTERED,
    retention,
    searchAttributes: {},
    version: 1,
  });
  if (outcome === 'exists') throw new EngineError('namespace-exists', `Namespace "${name}" already exists`);
  return {};
}

export async function describeNamespace(engine: Engine, request: Request<'describeNamespace'>): Promise<Description> {
  if (request.namespace && request.id) throw invalid('Only one of namespace name or Id should be set on request.');
  if (request.id) {
    const found = await engine.store.namespaces.findById(namespaceId(request.id));
    if (found === undefined) throw namespaceNotFound(request.id);
    return toDescription(engine, found);
  }
  if (!request.namespace) throw invalid('Namespace is not set on request.');
  return toDescription(engine, await requireNamespace(engine, request.namespace));
}

export async function listNamespaces(
  engine: Engine,
  request: Request<'listNamespaces'>,
): Promise<Partial<WorkflowMethods['listNamespaces']['response']>> {
  const sizeMax = Math.min(request.pageSize || PAGE_DEFAULT, PAGE_MAX);
  const after = request.nextPageToken?.length ? Buffer.from(request.nextPageToken).toString('utf8') : undefined;
  const records = await engine.store.namespaces.list({ sizeMax, ...(after === undefined ? {} : { after }) });
  const shown = records.filter(
    ({ state }) => request.namespaceFilter?.includeDeleted === true || state !== NamespaceState.NAMESPACE_STATE_DELETED,
  );
  const last = records.length === sizeMax ? records.at(-1) : undefined;
  return {
    namespaces: shown.map((record) => toDescription(engine, record)) as temporal.api.workflowservice.v1.DescribeNamespaceResponse[],
    ...(last === undefined ? {} : { nextPageToken: Buffer.from(last.name) }),
  };
}

export async function updateNamespace(engine: Engine, request: Request<'updateNamespace'>): Promise<Description> {
  const { updateInfo, config } = request;
  const retention = fromDuration(config?.workflowExecutionRetentionTtl);
  if (retention !== undefined && retention < engine.limits.retentionMinMs) throw invalid('A valid retention period is not set on request.');
  const updated = await changeNamespace(engine, request.namespace ?? '', (record) => ({
    ...record,
    ...(updateInfo?.description ? { description: updateInfo.description } : {}),
    ...(updateInfo?.ownerEmail ? { ownerEmail: updateInfo.ownerEmail } : {}),
    ...(updateInfo?.data ? { data: { ...record.data, ...updateInfo.data } } : {}),
    ...(updateInfo?.state ? { state: updateInfo.state } : {}),
    ...(retention === undefined ? {} : { retention }),
  }));
  return toDescription(engine, updated);
}

export async function deprecateNamespace(engine: Engine, request: Request<'deprecateNamespace'>): Promise<object> {
  await changeNamespace(engine, request.namespace ?? '', (record) => ({ ...record, state: NamespaceState.NAMESPACE_STATE_DEPRECATED }));
  return {};
}

/** Frees the name at once; the runs and schedules of the namespace are taken away soon after. */
export async function deleteNamespace(engine: Engine, request: OperatorMethods['deleteNamespace']['request']): Promise<object> {
  if (request.namespace && request.namespaceId) throw invalid('Only one of namespace name or Id should be set on request.');
  if (!request.namespace && !request.namespaceId) throw invalid('Namespace not set on request.');
  const name =
    request.namespace ||
    (await engine.store.namespaces.findById(namespaceId(request.namespaceId ?? '')))?.name ||
    request.namespaceId ||
    '';
  const deletedNamespace = `${name}-deleted-${engine.random.uuid().slice(0, 5)}`;
  const { id } = await changeNamespace(engine, name, (record) => ({
    ...record,
    name: deletedNamespace,
    state: NamespaceState.NAMESPACE_STATE_DELETED,
  }));
  // Its workers can no longer say goodbye by its name, so their polls end here.
  engine.matching.releaseNamespace(id);
  engine.sweepSoon();
  return { deletedNamespace };
}

/** Reads, changes and writes, again when somebody else was faster. */
export async function changeNamespace(
  engine: Engine,
  name: string,
  change: (record: NamespaceRecord) => NamespaceRecord,
): Promise<NamespaceRecord> {
  for (let tries = 0; tries < UPDATE_TRIES_MAX; tries += 1) {
    const record = await requireNamespace(engine, name);
    const next = { ...change(record), version: record.version + 1 };
    if ((await engine.store.namespaces.replace(next)) === 'replaced') return next;
  }
  throw new EngineError('unavailable', `namespace ${name} is being changed elsewhere; try again`);
}

function toDescription({ limits }: Engine, record: NamespaceRecord): Description {
  return {
    namespaceInfo: {
      name: record.name,
      id: record.id,
      state: record.state,
      description: record.description,
      ownerEmail: record.ownerEmail,
      data: record.data,
      capabilities: {
        eagerWorkflowStart: true,
        syncUpdate: true,
        asyncUpdate: true,
        workerHeartbeats: true,
        reportedProblemsSearchAttribute: true,
        pollerAutoscaling: true,
      },
      limits: { blobSizeLimitError: toLong(limits.blobBytesMax), memoSizeLimitError: toLong(limits.memoBytesMax) },
      supportsSchedules: true,
    },
    config: {
      workflowExecutionRetentionTtl: toDuration(record.retention),
      customSearchAttributeAliases: Object.fromEntries(Object.keys(record.searchAttributes).map((name) => [name, name])),
    },
    replicationConfig: { activeClusterName: 'tidemark', clusters: [{ clusterName: 'tidemark' }] },
    failoverVersion: toLong(0),
    isGlobalNamespace: false,
  };
}
