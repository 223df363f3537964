/** Which build of a worker deployment a run belongs to, and whether it stays there. */
import type { temporal } from '@tidemark/protocol/types';
import type { WorkerVersion } from '../../kernel/worker-version.ts';
import { isSameVersion, nameOfVersion } from '../../kernel/worker-version.ts';
import type { EventAttributes } from './events.ts';

/** Numbers of VersioningBehavior. This is folded in browsers too, which load no codecs. */
export const Behavior = { PINNED: 1, AUTO_UPGRADE: 2 } as const;
const OVERRIDE_PINNED = 1;

type ProtoVersion = temporal.api.deployment.v1.IWorkerDeploymentVersion;
type ProtoOverride = temporal.api.workflow.v1.IVersioningOverride;

/** What people set for one run; it goes before what its worker says. */
export type Override = { readonly kind: 'pinned'; readonly version: WorkerVersion } | { readonly kind: 'autoUpgrade' };

export interface RunVersioning {
  /** Number of VersioningBehavior, as the worker of the last completed workflow task said it; 0 for a worker without versions. */
  readonly behavior: number;
  /** Of that worker; before the first task, what the run inherited. */
  readonly version: WorkerVersion | undefined;
  readonly override: Override | undefined;
  /** Every version that completed a workflow task of the run, in the order of their first. */
  readonly used: readonly string[];
  /** The event that changed any of this last: what the index says of it changed with that one. */
  readonly changedBy: number;
}

/** A run goes through many builds before it ends; the index keeps so many of them. */
const USED_MAX = 100;

const nothing: Omit<RunVersioning, 'changedBy'> = { behavior: 0, version: undefined, override: undefined, used: [] };

export function toVersion(version: ProtoVersion | null | undefined): WorkerVersion | undefined {
  return version?.deploymentName && version.buildId ? { deploymentName: version.deploymentName, buildId: version.buildId } : undefined;
}

const VERSIONED = 2;

/** Nothing for a worker that says its names for information only. */
export const versionOfWorker = (
  options: temporal.api.deployment.v1.IWorkerDeploymentOptions | null | undefined,
): WorkerVersion | undefined => (options?.workerVersioningMode === VERSIONED ? toVersion(options) : undefined);

export function fromOverride(override: ProtoOverride | null | undefined): Override | undefined {
  if (!override) return undefined;
  const version = toVersion(override.pinned?.version);
  if (version !== undefined) return { kind: 'pinned', version };
  return override.autoUpgrade === true ? { kind: 'autoUpgrade' } : undefined;
}

export function toOverride(override: Override): ProtoOverride {
  if (override.kind === 'autoUpgrade') return { autoUpgrade: true };
  return { pinned: { behavior: OVERRIDE_PINNED, version: override.version } };
}

export const isSameOverride = (one: Override | undefined, other: Override | undefined): boolean =>
  one?.kind === other?.kind && (one?.kind !== 'pinned' || other?.kind !== 'pinned' || isSameVersion(one.version, other.version));

/** Nothing for a run that was started without a word of versions. */
export function afterStart(attributes: EventAttributes<'workflowExecutionStarted'>, eventId: number): RunVersioning | undefined {
  const override = fromOverride(attributes.versioningOverride);
  const version = toVersion(attributes.inheritedPinnedVersion);
  if (override === undefined && version === undefined) return undefined;
  return { ...nothing, behavior: version === undefined ? 0 : Behavior.PINNED, version, override, changedBy: eventId };
}

export function afterTask(
  before: RunVersioning | undefined,
  { versioningBehavior, deploymentVersion }: EventAttributes<'workflowTaskCompleted'>,
  eventId: number,
): RunVersioning | undefined {
  const behavior = versioningBehavior ?? 0;
  const version = behavior === 0 ? undefined : toVersion(deploymentVersion);
  const { behavior: old, version: oldVersion, used } = before ?? nothing;
  if (behavior === old && isSameVersion(version, oldVersion) && (version === undefined || used.includes(nameOfVersion(version))))
    return before;
  const names = version === undefined || used.includes(nameOfVersion(version)) ? used : [...used, nameOfVersion(version)].slice(-USED_MAX);
  return { ...(before ?? nothing), behavior, version, used: names, changedBy: eventId };
}

export function afterOptions(
  before: RunVersioning | undefined,
  attributes: EventAttributes<'workflowExecutionOptionsUpdated'>,
  eventId: number,
): RunVersioning | undefined {
  const given = fromOverride(attributes.versioningOverride);
  const override = given ?? (attributes.unsetVersioningOverride === true ? undefined : before?.override);
  return isSameOverride(override, before?.override) ? before : { ...(before ?? nothing), override, changedBy: eventId };
}

/** The one version whose workers may work on the run; nothing where whoever is current may. */
export function pinnedVersionOf(versioning: RunVersioning | undefined): WorkerVersion | undefined {
  if (versioning === undefined) return undefined;
  const { override, behavior, version } = versioning;
  if (override !== undefined) return override.kind === 'pinned' ? override.version : undefined;
  return behavior === Behavior.PINNED ? version : undefined;
}

export function behaviorOf(versioning: RunVersioning | undefined): number {
  if (versioning?.override === undefined) return versioning?.behavior ?? 0;
  return versioning.override.kind === 'pinned' ? Behavior.PINNED : Behavior.AUTO_UPGRADE;
}

/** The version that holds for the run: the one it is pinned to, or the one it was last worked on by. */
export const versionOf = (versioning: RunVersioning | undefined): WorkerVersion | undefined =>
  pinnedVersionOf(versioning) ?? versioning?.version;

/** What of the run moves along to the one that follows it or that it starts: the pin, where the next one's queue belongs to the version. */
export function inheritedPin(
  versioning: RunVersioning | undefined,
  isServed: (version: WorkerVersion) => boolean,
): { readonly inheritedPinnedVersion?: ProtoVersion } {
  const pinned = pinnedVersionOf(versioning);
  return pinned !== undefined && isServed(pinned) ? { inheritedPinnedVersion: pinned } : {};
}
