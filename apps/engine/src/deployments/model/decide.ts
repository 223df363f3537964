/** What people and workers do to a deployment, and what is refused. */
import { api } from '@tidemark/protocol/api';
import { EngineError } from '../../kernel/engine-error.ts';
import type { Limits } from '../../kernel/limits.ts';
import type { Instant } from '../../kernel/ports.ts';
import { legacyName } from '../../kernel/worker-version.ts';
import type { Deployment, DeploymentChange, Routing, VersionQueue, VersionRecord } from './deployment.ts';
import { hasQueue, isRouted, newVersion } from './deployment.ts';

const { ResourceExhaustedCause, ResourceExhaustedScope } = api.enums.v1;

/** Nothing to write where everything is as it is wanted. */
export type Outcome = DeploymentChange | 'unchanged';

interface Changing {
  readonly identity: string;
  /** The revision the caller saw; absent where it does not care. */
  readonly seen: number | undefined;
  readonly now: Instant;
}

export interface RoutingRequest extends Changing {
  /** Empty for workers without a version. */
  readonly buildId: string;
  readonly ignoresMissingQueues: boolean;
  readonly needsNoPollers: boolean;
}

export interface RampRequest extends RoutingRequest {
  readonly percentage: number;
}

export function decideSetCurrent(deployment: Deployment, request: RoutingRequest): Outcome {
  const { record } = deployment;
  requireManager(deployment, request.identity);
  const { routing } = record;
  const next = request.buildId === '' ? undefined : request.buildId;
  if (next === routing.current && (next !== undefined || routing.ramping !== '')) return 'unchanged';
  const version = requireVersion(deployment, request);
  requireSeen(deployment, request.seen);
  if (version !== undefined) requireQueues(deployment, version, request);
  const { current: _before, ...rest } = routing;
  const { ramping: _ramp, ...unramped } = rest;
  const isPromoted = routing.ramping === request.buildId;
  const kept: Routing = isPromoted ? { ...unramped, rampingPercentage: 0, rampingChangedAt: request.now } : rest;
  return route(deployment, request, { ...kept, ...(next === undefined ? {} : { current: next }), currentChangedAt: request.now });
}

export function decideSetRamping(deployment: Deployment, request: RampRequest): Outcome {
  const { record } = deployment;
  requireManager(deployment, request.identity);
  const { routing } = record;
  const { buildId, percentage, now } = request;
  const isRemoval = buildId === '' && percentage === 0;
  if (isRemoval && routing.ramping === undefined) return 'unchanged';
  if (!isRemoval && routing.ramping === buildId && routing.rampingPercentage === percentage) return 'unchanged';
  if (!isRemoval && buildId === (routing.current ?? ''))
    throw precondition(
      `requested ramping version ${buildId === '' ? '__unversioned__' : legacyName({ deploymentName: record.name, buildId })} is already current`,
    );
  const version = isRemoval ? undefined : requireVersion(deployment, request);
  requireSeen(deployment, request.seen);
  if (version !== undefined && routing.ramping !== buildId) requireQueues(deployment, version, request);
  const { ramping: before, ...rest } = routing;
  if (isRemoval) return route(deployment, request, { ...rest, rampingPercentage: 0, rampingChangedAt: now, percentageChangedAt: now });
  const changed = { ...rest, ramping: buildId, rampingPercentage: percentage, percentageChangedAt: now };
  return route(deployment, request, before === buildId ? changed : { ...changed, rampingChangedAt: now });
}

/** Writes the routing, and into the versions what it makes of them. */
function route(deployment: Deployment, { identity, buildId, now }: RoutingRequest, routing: Routing): DeploymentChange {
  const record = { ...deployment.record, routing, revision: deployment.record.revision + 1, lastModifier: identity };
  const known = [...deployment.versions.values()];
  const isNew = buildId !== '' && !deployment.versions.has(buildId);
  const all = isNew ? [...known, newVersion(deployment, buildId, now)] : known;
  const versions = all.flatMap((version) => {
    const next = routedVersion(version, { before: deployment.record.routing, after: routing, now });
    return next === undefined && !(isNew && version.buildId === buildId) ? [] : [{ ...(next ?? version), lastModifier: identity }];
  });
  return { record, versions, removed: [] };
}

interface Rerouting {
  readonly before: Routing;
  readonly after: Routing;
  readonly now: Instant;
}

/** Nothing where the version does not notice. */
function routedVersion(version: VersionRecord, { before, after, now }: Rerouting): VersionRecord | undefined {
  const { buildId } = version;
  const was = { current: before.current === buildId, ramping: before.ramping === buildId };
  const is = { current: after.current === buildId, ramping: after.ramping === buildId };
  if (was.current === is.current && was.ramping === is.ramping) {
    return is.ramping && before.rampingPercentage !== after.rampingPercentage ? { ...version, routingChangedAt: now } : undefined;
  }
  const { currentSince, rampingSince, drainage: _drainage, ...rest } = version;
  const isActive = is.current || is.ramping;
  return {
    ...rest,
    routingChangedAt: now,
    ...(is.current ? { currentSince: was.current ? (currentSince ?? now) : now } : {}),
    ...(is.ramping ? { rampingSince: was.ramping ? (rampingSince ?? now) : now } : {}),
    ...(was.current && !is.current ? { lastCurrentAt: now } : {}),
    ...(isActive
      ? { firstActivatedAt: version.firstActivatedAt ?? now }
      : { lastDeactivatedAt: now, drainage: { isDrained: false, changedAt: now, checkedAt: now } }),
  };
}

export function decideSetManager(deployment: Deployment, { manager, ...request }: Changing & { readonly manager: string }): Outcome {
  if (deployment.record.manager === manager) return 'unchanged';
  requireSeen(deployment, request.seen);
  const record = { ...deployment.record, manager, revision: deployment.record.revision + 1, lastModifier: request.identity };
  return { record, versions: [], removed: [] };
}

interface Registration {
  readonly buildId: string;
  readonly queue: VersionQueue;
  readonly now: Instant;
  readonly limits: Limits;
  /** Whether somebody polls for this version now. */
  readonly isPolled: (buildId: string) => boolean;
}

/** A worker polls: its version and its queue are remembered from the first time on. */
export function decideRegister(deployment: Deployment, { buildId, queue, now, limits, isPolled }: Registration): Outcome {
  const known = deployment.versions.get(buildId);
  if (known !== undefined && hasQueue(known, queue)) return 'unchanged';
  const version = known ?? newVersion(deployment, buildId, now);
  if (version.taskQueues.length >= limits.versionQueuesMax)
    throw exhausted(
      `cannot add task queue ${queue.name}: ${legacyName({ deploymentName: deployment.record.name, buildId })} has ${limits.versionQueuesMax}`,
    );
  const isFull = known === undefined && deployment.versions.size >= limits.deploymentVersionsMax;
  const spare = isFull ? leastNeeded(deployment, isPolled) : undefined;
  if (isFull && spare === undefined)
    throw exhausted(
      `cannot add version ${buildId}: deployment ${deployment.record.name} has ${limits.deploymentVersionsMax} versions, all in use`,
    );
  return {
    record: deployment.record,
    versions: [{ ...version, taskQueues: [...version.taskQueues, queue] }],
    removed: spare === undefined ? [] : [spare],
  };
}

/** The oldest version that nobody would miss. */
function leastNeeded({ record, versions }: Deployment, isPolled: (buildId: string) => boolean): string | undefined {
  const idle = [...versions.values()].filter(
    ({ buildId, drainage }) => !isRouted(record, buildId) && drainage?.isDrained !== false && !isPolled(buildId),
  );
  return idle.sort((a, b) => a.createdAt - b.createdAt)[0]?.buildId;
}

interface VersionRemoval {
  readonly buildId: string;
  readonly identity: string;
  readonly skipsDrainage: boolean;
  readonly isPolled: boolean;
}

export function decideDeleteVersion(deployment: Deployment, { buildId, identity, skipsDrainage, isPolled }: VersionRemoval): Outcome {
  const version = deployment.versions.get(buildId);
  if (version === undefined) return 'unchanged';
  requireManager(deployment, identity);
  if (isRouted(deployment.record, buildId)) throw precondition('Version cannot be deleted since it is current or ramping.');
  if (version.drainage?.isDrained === false && !skipsDrainage) throw precondition('Version cannot be deleted since it is draining.');
  if (isPolled) throw precondition('Version cannot be deleted since it has active pollers.');
  const record = { ...deployment.record, lastModifier: identity, revision: deployment.record.revision + 1 };
  return { record, versions: [], removed: [buildId] };
}

/** Refused while anything of it is left. */
export function requireEmpty(deployment: Deployment, identity: string): void {
  requireManager(deployment, identity);
  if (deployment.versions.size > 0) throw precondition('deployment has versions; they must be deleted first');
}

function requireManager({ record }: Deployment, identity: string): void {
  if (record.manager === '' || record.manager === identity) return;
  throw precondition(
    `ManagerIdentity '${record.manager}' is set and does not match user identity '${identity}'; to proceed, set your own identity as the ManagerIdentity, remove the ManagerIdentity, or wait for the other client to do so`,
  );
}

function requireSeen({ record }: Deployment, seen: number | undefined): void {
  if (seen !== undefined && seen !== record.revision) throw precondition('conflict token mismatch');
}

/** Nothing for workers without a version. */
function requireVersion(deployment: Deployment, { buildId, needsNoPollers, now }: RoutingRequest): VersionRecord | undefined {
  if (buildId === '') return undefined;
  const version = deployment.versions.get(buildId);
  if (version === undefined && !needsNoPollers) throw new EngineError('not-found', 'Version not found in deployment');
  return version ?? newVersion(deployment, buildId, now);
}

/** Work of a queue that the next version does not poll would go to workers without a version. */
function requireQueues(
  { record, versions }: Deployment,
  version: VersionRecord,
  { ignoresMissingQueues, ...request }: RoutingRequest,
): void {
  const current = record.routing.current === undefined ? undefined : versions.get(record.routing.current);
  if (ignoresMissingQueues || current === undefined) return;
  if (current.taskQueues.every((queue) => hasQueue(version, queue))) return;
  const which = 'percentage' in request ? 'ramping' : 'current';
  throw precondition(
    `proposed ${which} version is missing active task queues from the current version; these would become unversioned if it is set as the ${which} version`,
  );
}

const precondition = (message: string): EngineError => new EngineError('failed-precondition', message);

export const exhausted = (message: string): EngineError =>
  new EngineError('resource-exhausted', message, {
    exhausted: {
      cause: ResourceExhaustedCause.RESOURCE_EXHAUSTED_CAUSE_WORKER_DEPLOYMENT_LIMITS,
      scope: ResourceExhaustedScope.RESOURCE_EXHAUSTED_SCOPE_NAMESPACE,
    },
  });
