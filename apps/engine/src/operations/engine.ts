/** What every operation works with, and what it knows of its call. */
import type { Changefeed } from '../changefeed/changefeed.ts';
import type { Deployments } from '../deployments/deployments.ts';
import type { History } from '../history/history.ts';
import type { Limits } from '../kernel/limits.ts';
import type { Clock, Instant, Logger, Random } from '../kernel/ports.ts';
import type { Matching } from '../matching/matching.ts';
import type { NamespaceRecord } from '../persistence/ports/namespace-store.ts';
import type { Store } from '../persistence/ports/store.ts';
import type { Schedules } from '../schedules/schedules.ts';
import type { BatchNotices } from './batch-notices.ts';
import type { QueryRegistry } from './query-registry.ts';
import type { WorkerRegistry } from './worker-registry.ts';

export interface Engine {
  readonly history: History;
  readonly matching: Matching;
  readonly deployments: Deployments;
  readonly changefeed: Changefeed;
  readonly store: Store;
  readonly schedules: Schedules;
  readonly queries: QueryRegistry;
  readonly workers: WorkerRegistry;
  readonly batchNotices: BatchNotices;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: Limits;
  readonly logger: Logger;
  readonly clusterId: string;
  /** Asks for what nobody keeps any more to be taken away soon. */
  readonly sweepSoon: () => void;
}

export interface Call {
  /** Milliseconds since the epoch; Infinity when the caller named none. */
  readonly deadline: Instant;
  /** Aborted when the caller is gone or the engine stops. */
  readonly signal: AbortSignal;
  readonly headers: ReadonlyMap<string, string>;
}

export interface NamespaceCall extends Call {
  readonly namespace: NamespaceRecord;
}

/** Ends a wait before the caller does, and never waits longer than the server's own limit. */
export function waitUntil({ clock, limits }: Engine, call: Call): Instant {
  return Math.min(call.deadline - limits.longPollMarginMs, clock.now() + limits.longPollMs - limits.longPollMarginMs);
}
