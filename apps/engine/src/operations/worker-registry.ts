/** The workers that say they are alive. In memory: a worker that matters says so again within a minute. */
import type { temporal } from '@tidemark/protocol/types';
import type { SlotMoment, WorkerMoment } from '../api/model/tidemark-service.ts';
import type { NamespaceId } from '../kernel/ids.ts';
import type { Clock, Instant } from '../kernel/ports.ts';

type WorkerHeartbeat = temporal.api.worker.v1.IWorkerHeartbeat;

export interface WorkerRecord {
  readonly heartbeat: WorkerHeartbeat;
  readonly identity: string;
  readonly seenAt: Instant;
  /** The figures of its last heartbeats, the oldest first. */
  readonly trail: readonly WorkerMoment[];
}

const MEMORY_MS = 5 * 60_000;
const WORKERS_PER_NAMESPACE_MAX = 10_000;
/** An hour of a worker that reports once a minute. */
const TRAIL_MAX = 60;

export class WorkerRegistry {
  private readonly namespaces = new Map<NamespaceId, Map<string, WorkerRecord>>();

  constructor(private readonly clock: Clock) {}

  record(namespaceId: NamespaceId, heartbeat: WorkerHeartbeat): void {
    const key = heartbeat.workerInstanceKey ?? '';
    if (key === '') return;
    const workers = this.sweep(namespaceId);
    if (!workers.has(key) && workers.size >= WORKERS_PER_NAMESPACE_MAX) return;
    const seenAt = this.clock.now();
    const trail = [...(workers.get(key)?.trail ?? []), momentOf(heartbeat, seenAt)].slice(-TRAIL_MAX);
    workers.set(key, { heartbeat, identity: heartbeat.workerIdentity ?? '', seenAt, trail });
  }

  find(namespaceId: NamespaceId, workerInstanceKey: string): WorkerRecord | undefined {
    return this.sweep(namespaceId).get(workerInstanceKey);
  }

  /** In the order of their keys. */
  list(namespaceId: NamespaceId): readonly WorkerRecord[] {
    const workers = this.sweep(namespaceId);
    return [...workers.keys()].sort().flatMap((key) => workers.get(key) ?? []);
  }

  private sweep(namespaceId: NamespaceId): Map<string, WorkerRecord> {
    const workers = this.namespaces.get(namespaceId) ?? new Map<string, WorkerRecord>();
    this.namespaces.set(namespaceId, workers);
    const since = this.clock.now() - MEMORY_MS;
    for (const [key, { seenAt }] of workers) if (seenAt < since) workers.delete(key);
    return workers;
  }
}

function momentOf({ workflowTaskSlotsInfo, activityTaskSlotsInfo, hostInfo }: WorkerHeartbeat, at: Instant): WorkerMoment {
  const workflow = toSlotMoment(workflowTaskSlotsInfo);
  const activity = toSlotMoment(activityTaskSlotsInfo);
  const { currentHostCpuUsage: cpu, currentHostMemUsage: memory } = hostInfo ?? {};
  return {
    at,
    ...(workflow === undefined ? {} : { workflow }),
    ...(activity === undefined ? {} : { activity }),
    ...(typeof cpu === 'number' ? { cpu } : {}),
    ...(typeof memory === 'number' ? { memory } : {}),
  };
}

const toSlotMoment = (slots: WorkerHeartbeat['workflowTaskSlotsInfo']): SlotMoment | undefined =>
  slots ? { used: slots.currentUsedSlots ?? 0, available: slots.currentAvailableSlots ?? 0 } : undefined;
