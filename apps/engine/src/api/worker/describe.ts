import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { fromTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import type { WorkerMoment } from '../model/tidemark-service.ts';
import type { ApiContext } from '../procedure.ts';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';
import type { Heartbeat, Slots, WorkerRow } from './worker-row.ts';
import { toSlots, toWorkerRow } from './worker-row.ts';

const PAGE = 500;

export interface SlotKind extends Slots {
  readonly kind: 'Workflow' | 'Activity' | 'Local activity' | 'Nexus';
  /** How the worker decides how many it has: `Fixed`, `ResourceBased`; empty when it does not say. */
  readonly supplier: string;
  /** Since the heartbeat before. */
  readonly lately: { readonly processed: number; readonly failed: number };
}

export interface PollerKind {
  readonly kind: 'Workflow' | 'Sticky' | 'Activity' | 'Nexus';
  readonly polls: number;
  /** Milliseconds since the epoch. */
  readonly lastTaskAt: number | null;
  readonly isAutoscaling: boolean;
}

export interface WorkerDescription {
  readonly row: WorkerRow;
  readonly slots: readonly SlotKind[];
  readonly pollers: readonly PollerKind[];
  readonly plugins: readonly string[];
  /** What its heartbeats said before, the oldest first; null where the server does not remember. */
  readonly trail: readonly WorkerMoment[] | null;
}

/** One worker as its last heartbeat tells of it. */
export const describe = procedure
  .input(namespaceInput.extend({ key: z.string().min(1).max(1000) }))
  .query(async ({ ctx, input, signal }): Promise<WorkerDescription> => {
    const beat = await find(ctx, input, { ...deadline(), ...(signal ? { signal } : {}) });
    const trail = await ctx.tidemark?.workerTrail({ namespace: input.namespace, workerInstanceKey: input.key });
    return {
      row: toWorkerRow(beat),
      slots: slotsOf(beat),
      pollers: pollersOf(beat),
      plugins: (beat.plugins ?? []).map(({ name, version }) => [name, version].filter(Boolean).join(' ')),
      trail: trail ?? null,
    };
  });

async function find(
  { workflow }: ApiContext,
  { namespace, key }: { readonly namespace: string; readonly key: string },
  options: ReturnType<typeof deadline>,
): Promise<Heartbeat> {
  const gone = new RpcError(StatusCode.NOT_FOUND, 'No worker of this key has reported in the last minutes.');
  try {
    const { workerInfo } = await workflow.describeWorker({ namespace, workerInstanceKey: key }, options);
    if (workerInfo?.workerHeartbeat) return workerInfo.workerHeartbeat;
    throw gone;
  } catch (error) {
    // Servers had the list before they had the description.
    if (!hasCode(error, StatusCode.UNIMPLEMENTED)) throw error;
  }
  const { workersInfo } = await workflow.listWorkers({ namespace, pageSize: PAGE }, options);
  const found = workersInfo.find(({ workerHeartbeat }) => workerHeartbeat?.workerInstanceKey === key)?.workerHeartbeat;
  if (!found) throw gone;
  return found;
}

function slotsOf(beat: Heartbeat): readonly SlotKind[] {
  const all = [
    ['Workflow', beat.workflowTaskSlotsInfo],
    ['Activity', beat.activityTaskSlotsInfo],
    ['Local activity', beat.localActivitySlotsInfo],
    ['Nexus', beat.nexusTaskSlotsInfo],
  ] as const;
  return all.flatMap(([kind, info]): readonly SlotKind[] => {
    const slots = toSlots(info);
    if (slots === null || !info) return [];
    const lately = { processed: info.lastIntervalProcessedTasks ?? 0, failed: info.lastIntervalFailureTasks ?? 0 };
    return [{ kind, ...slots, supplier: info.slotSupplierKind ?? '', lately }];
  });
}

function pollersOf(beat: Heartbeat): readonly PollerKind[] {
  const all: readonly (readonly [PollerKind['kind'], temporal.api.worker.v1.IWorkerPollerInfo | null | undefined])[] = [
    ['Workflow', beat.workflowPollerInfo],
    ['Sticky', beat.workflowStickyPollerInfo],
    ['Activity', beat.activityPollerInfo],
    ['Nexus', beat.nexusPollerInfo],
  ];
  return all.flatMap(([kind, info]): readonly PollerKind[] =>
    info
      ? [
          {
            kind,
            polls: info.currentPollers ?? 0,
            lastTaskAt: fromTimestamp(info.lastSuccessfulPollTime) ?? null,
            isAutoscaling: info.isAutoscaling ?? false,
          },
        ]
      : [],
  );
}
