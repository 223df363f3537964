/** What people ask of worker deployments: to see them, to say where new work goes, to take them away. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { DeploymentKey } from '../deployments/deployments.ts';
import { decideDeleteVersion, decideSetCurrent, decideSetManager, decideSetRamping, requireEmpty } from '../deployments/model/decide.ts';
import type { Deployment, Routing } from '../deployments/model/deployment.ts';
import { newDeployment } from '../deployments/model/deployment.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import {
  bothNames,
  fromToken,
  newestFirst,
  queueTypeOf,
  toMetadata,
  toRoutingConfig,
  toSummary,
  toToken,
  toVersionInfo,
  UNVERSIONED,
} from './deployment-wire.ts';
import { watchDrainage } from './drainage.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { pageSize } from './page-size.ts';
import { isPolled, requireDeploymentName } from './poller.ts';
import { statsOfVersion } from './task-queues.ts';
import { boundedId, invalid, requireId } from './validate.ts';

type Request<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['request'];
type Response<Method extends keyof WorkflowMethods> = Partial<WorkflowMethods[Method]['response']>;
type ProtoVersion = temporal.api.deployment.v1.IWorkerDeploymentVersion;
const { Payload } = api.common.v1;
const PAGE_MAX = 100;
const METADATA_BYTES_MAX = 64 * 1024;

const keyOf = (engine: Engine, { namespace }: NamespaceCall, name: string | null | undefined): DeploymentKey => ({
  namespaceId: namespace.id,
  name: requireDeploymentName(engine, name),
});

function requireDeployment({ deployments }: Engine, key: DeploymentKey): Deployment {
  const found = deployments.find(key);
  if (found === undefined) throw new EngineError('not-found', 'Worker Deployment not found');
  return found;
}

function requireVersion(found: Deployment | undefined, { buildId }: WorkerVersion) {
  const record = found?.versions.get(buildId);
  if (found === undefined || record === undefined) throw new EngineError('not-found', 'Worker Deployment Version not found');
  return { deployment: found.record, record };
}

interface NamedVersion {
  readonly version?: string | null;
  readonly deploymentVersion?: ProtoVersion | null;
}

/** A version by its two names, or by the older one, in which a dot stands between them. */
function requireVersionName(engine: Engine, { version, deploymentVersion }: NamedVersion): WorkerVersion {
  const [deploymentName, ...build] = (version ?? '').split('.');
  const given = deploymentVersion ?? { deploymentName: deploymentName ?? '', buildId: build.join('.') };
  if (!given.deploymentName && !given.buildId) throw invalid('deployment version cannot be empty');
  return {
    deploymentName: requireDeploymentName(engine, given.deploymentName),
    buildId: requireId(engine, 'BuildId', given.buildId),
  };
}

export async function describeWorkerDeployment(
  engine: Engine,
  request: Request<'describeWorkerDeployment'>,
  call: NamespaceCall,
): Promise<object> {
  const key = keyOf(engine, call, request.deploymentName);
  requireDeployment(engine, key);
  await watchDrainage(engine, call, key);
  const found = requireDeployment(engine, key);
  const { record } = found;
  return {
    conflictToken: toToken(record),
    workerDeploymentInfo: {
      name: record.name,
      createTime: toTimestamp(record.createdAt),
      versionSummaries: newestFirst(found).map((version) => toSummary(record, version)),
      routingConfig: toRoutingConfig(record),
      lastModifierIdentity: record.lastModifier,
      managerIdentity: record.manager,
    },
  };
}

export async function describeWorkerDeploymentVersion(
  engine: Engine,
  request: Request<'describeWorkerDeploymentVersion'>,
  call: NamespaceCall,
): Promise<object> {
  const version = requireVersionName(engine, request);
  const key = { namespaceId: call.namespace.id, name: version.deploymentName };
  await watchDrainage(engine, call, { ...key, buildId: version.buildId });
  const { deployment, record } = requireVersion(engine.deployments.find(key), version);
  return {
    workerDeploymentVersionInfo: toVersionInfo(deployment, record),
    versionTaskQueues: record.taskQueues.map(({ kind, name }) => ({
      name,
      type: queueTypeOf(kind),
      ...(request.reportTaskQueueStats ? { stats: statsOfVersion(engine, { namespaceId: key.namespaceId, kind, name, version }) } : {}),
    })),
  };
}

export async function listWorkerDeployments(
  engine: Engine,
  request: Request<'listWorkerDeployments'>,
  call: NamespaceCall,
): Promise<object> {
  const sizeMax = pageSize(request.pageSize, PAGE_MAX, PAGE_MAX);
  const after = request.nextPageToken?.length ? Buffer.from(request.nextPageToken).toString('utf8') : '';
  const rest = engine.deployments.list(call.namespace.id).filter(({ record }) => record.name > after);
  const page = rest.slice(0, sizeMax);
  for (const deployment of page) {
    const { namespaceId, name } = deployment.record;
    await watchDrainage(engine, call, { namespaceId, name, buildId: newestFirst(deployment)[0]?.buildId });
  }
  const last = rest.length > page.length ? page.at(-1) : undefined;
  const shown = page.flatMap(({ record }) => engine.deployments.find(record) ?? []);
  return {
    workerDeployments: shown.map(toListed),
    ...(last === undefined ? {} : { nextPageToken: Buffer.from(last.record.name) }),
  };
}

function toListed(deployment: Deployment): object {
  const { record, versions } = deployment;
  const { routing } = record;
  const summaryOf = (name: string, buildId: string | undefined): object => {
    const version = buildId === undefined ? undefined : versions.get(buildId);
    return version === undefined ? {} : { [name]: toSummary(record, version) };
  };
  return {
    name: record.name,
    createTime: toTimestamp(record.createdAt),
    routingConfig: toRoutingConfig(record),
    ...summaryOf('latestVersionSummary', newestFirst(deployment)[0]?.buildId),
    ...summaryOf('currentVersionSummary', routing.current),
    ...summaryOf('rampingVersionSummary', routing.ramping),
  };
}

/** A build by its id, or in the older way with its deployment before it; empty for workers without a version. */
function buildOf(
  engine: Engine,
  { version, buildId, deploymentName }: { version?: string | null; buildId?: string | null; deploymentName?: string | null },
): string {
  if (buildId || !version || version === UNVERSIONED) return boundedId(engine, 'BuildId', buildId);
  const prefix = `${deploymentName ?? ''}.`;
  if (!version.startsWith(prefix)) throw invalid(`version ${version} does not belong to deployment ${deploymentName ?? ''}`);
  return boundedId(engine, 'BuildId', version.slice(prefix.length));
}

type Routed = Request<'setWorkerDeploymentCurrentVersion'>;

const routingRequest = (engine: Engine, request: Routed) => ({
  buildId: buildOf(engine, request),
  identity: boundedId(engine, 'Identity', request.identity),
  seen: fromToken(request.conflictToken),
  ignoresMissingQueues: request.ignoreMissingTaskQueues === true,
  needsNoPollers: request.allowNoPollers === true,
  now: engine.clock.now(),
});

/** Where nobody ever polled, a deployment comes to be by being asked for. */
function startingPoint(
  found: Deployment | undefined,
  key: DeploymentKey,
  { needsNoPollers, now }: ReturnType<typeof routingRequest>,
): Deployment {
  if (found !== undefined) return found;
  if (needsNoPollers) return newDeployment(key, now);
  throw new EngineError(
    'failed-precondition',
    `no Worker Deployment found with name ${key.name}; does your Worker Deployment have pollers?`,
  );
}

export async function setWorkerDeploymentCurrentVersion(engine: Engine, request: Routed, call: NamespaceCall): Promise<object> {
  const key = keyOf(engine, call, request.deploymentName);
  const wanted = routingRequest(engine, request);
  let before: Routing = { rampingPercentage: 0 };
  await engine.deployments.transact(key, (found) => {
    const deployment = startingPoint(found, key, wanted);
    before = deployment.record.routing;
    return decideSetCurrent(deployment, wanted);
  });
  return { conflictToken: tokenOf(engine, key), ...previous(key.name, before.current ?? '') };
}

export async function setWorkerDeploymentRampingVersion(
  engine: Engine,
  request: Request<'setWorkerDeploymentRampingVersion'>,
  call: NamespaceCall,
): Promise<object> {
  const key = keyOf(engine, call, request.deploymentName);
  const percentage = request.percentage ?? 0;
  if (!(percentage >= 0 && percentage <= 100)) throw invalid('Percentage must be between 0 and 100 (inclusive)');
  const wanted = { ...routingRequest(engine, request), percentage };
  let before: Routing = { rampingPercentage: 0 };
  await engine.deployments.transact(key, (found) => {
    const deployment = startingPoint(found, key, wanted);
    before = deployment.record.routing;
    return decideSetRamping(deployment, wanted);
  });
  const { ramping, rampingPercentage } = before;
  return {
    conflictToken: tokenOf(engine, key),
    ...(ramping === undefined ? {} : { ...previous(key.name, ramping), previousPercentage: rampingPercentage }),
  };
}

function previous(deploymentName: string, buildId: string): object {
  const { version, deploymentVersion } = bothNames(buildId === '' ? undefined : { deploymentName, buildId });
  return { previousVersion: version, ...(deploymentVersion === undefined ? {} : { previousDeploymentVersion: deploymentVersion }) };
}

const tokenOf = (engine: Engine, key: DeploymentKey): Uint8Array => toToken(requireDeployment(engine, key).record);

export async function setWorkerDeploymentManager(
  engine: Engine,
  request: Request<'setWorkerDeploymentManager'>,
  call: NamespaceCall,
): Promise<Response<'setWorkerDeploymentManager'>> {
  const key = keyOf(engine, call, request.deploymentName);
  const identity = boundedId(engine, 'Identity', request.identity);
  const manager = request.self ? identity : boundedId(engine, 'ManagerIdentity', request.managerIdentity);
  const previousManagerIdentity = requireDeployment(engine, key).record.manager;
  const wanted = { identity, manager, seen: fromToken(request.conflictToken), now: engine.clock.now() };
  await engine.deployments.transact(key, (found) => decideSetManager(found ?? requireDeployment(engine, key), wanted));
  return { conflictToken: tokenOf(engine, key), previousManagerIdentity };
}

/** One that is not there is as good as deleted. */
export async function deleteWorkerDeployment(
  engine: Engine,
  request: Request<'deleteWorkerDeployment'>,
  call: NamespaceCall,
): Promise<object> {
  const identity = boundedId(engine, 'Identity', request.identity);
  await engine.deployments.delete(keyOf(engine, call, request.deploymentName), (found) => requireEmpty(found, identity));
  return {};
}

export async function deleteWorkerDeploymentVersion(
  engine: Engine,
  request: Request<'deleteWorkerDeploymentVersion'>,
  call: NamespaceCall,
): Promise<object> {
  const version = requireVersionName(engine, request);
  const key = { namespaceId: call.namespace.id, name: version.deploymentName };
  requireDeployment(engine, key);
  await watchDrainage(engine, call, { ...key, buildId: version.buildId });
  const { buildId } = version;
  const identity = boundedId(engine, 'Identity', request.identity);
  await engine.deployments.transact(key, (found) =>
    found === undefined
      ? 'unchanged'
      : decideDeleteVersion(found, {
          buildId,
          identity,
          skipsDrainage: request.skipDrainage === true,
          isPolled: isPolled(engine, key.namespaceId, version),
        }),
  );
  return {};
}

export async function updateWorkerDeploymentVersionMetadata(
  engine: Engine,
  request: Request<'updateWorkerDeploymentVersionMetadata'>,
  call: NamespaceCall,
): Promise<object> {
  const version = requireVersionName(engine, request);
  const key = { namespaceId: call.namespace.id, name: version.deploymentName };
  const lastModifier = boundedId(engine, 'Identity', request.identity);
  const upserts = Object.entries(request.upsertEntries ?? {}).map(([name, payload]): [string, string] => [
    name,
    Buffer.from(Payload.encode(payload).finish()).toString('base64'),
  ]);
  const removed = new Set(request.removeEntries ?? []);
  await engine.deployments.transact(key, (found) => {
    const { deployment, record } = requireVersion(found, version);
    const kept = Object.entries(record.metadata).filter(([name]) => !removed.has(name));
    const metadata = Object.fromEntries([...kept, ...upserts]);
    if (JSON.stringify(metadata).length > METADATA_BYTES_MAX) throw invalid(`metadata exceeds the limit of ${METADATA_BYTES_MAX} bytes`);
    return { record: deployment, versions: [{ ...record, metadata, lastModifier }], removed: [] };
  });
  const after = engine.deployments.findVersion(key.namespaceId, version);
  return { metadata: { entries: after === undefined ? {} : toMetadata(after) } };
}
