/** Where the tasks of a queue go that are bound to no version. */
import type { Instant } from '../../kernel/ports.ts';
import type { WorkerVersion } from '../../kernel/worker-version.ts';
import type { Deployment, VersionQueue } from './deployment.ts';
import { hasQueue } from './deployment.ts';

/** A version that is absent stands for workers without one. */
export interface QueueRouting {
  readonly current: WorkerVersion | undefined;
  readonly ramp: { readonly version: WorkerVersion | undefined; readonly percentage: number } | undefined;
  /** When this came to be; absent where no deployment ever had a say. */
  readonly changedAt: Instant | undefined;
}

/** A queue may belong to several deployments: the one that was changed last has its way. */
export function routingOf(deployments: readonly Deployment[], queue: VersionQueue): QueueRouting {
  let current: WorkerVersion | undefined;
  let currentAt: Instant | undefined;
  let ramp: QueueRouting['ramp'];
  let rampAt: Instant | undefined;
  for (const { record, versions } of deployments) {
    const { routing } = record;
    const isServed = (buildId: string | undefined): boolean => {
      const version = buildId === undefined ? undefined : versions.get(buildId);
      return version !== undefined && hasQueue(version, queue);
    };
    const named = (buildId: string): WorkerVersion => ({ deploymentName: record.name, buildId });
    const { current: build, currentChangedAt = 0, ramping, rampingChangedAt = 0 } = routing;
    if (build !== undefined && isServed(build) && currentChangedAt >= (currentAt ?? 0)) {
      current = named(build);
      currentAt = currentChangedAt;
    }
    const isRamped = ramping === '' ? isServed(build) : isServed(ramping);
    if (ramping !== undefined && isRamped && rampingChangedAt >= (rampAt ?? 0)) {
      ramp = { version: ramping === '' ? undefined : named(ramping), percentage: routing.rampingPercentage };
      rampAt = Math.max(rampingChangedAt, routing.percentageChangedAt ?? 0);
    }
  }
  const changes = [currentAt, rampAt].filter((at) => at !== undefined);
  return { current, ramp, changedAt: changes.length === 0 ? undefined : Math.max(...changes) };
}

/** One workflow id always goes the same way under the same share, whatever its runs. */
export function chooseVersion({ current, ramp }: QueueRouting, workflowId: string): WorkerVersion | undefined {
  return ramp !== undefined && shareOf(workflowId) < ramp.percentage ? ramp.version : current;
}

/** From 0 to just under 100, spread evenly over ids however alike they are. */
export function shareOf(workflowId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < workflowId.length; at += 1) hash = Math.imul(hash ^ workflowId.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32) * 100;
}
