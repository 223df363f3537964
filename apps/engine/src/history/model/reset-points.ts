/** Which builds of the worker a chain has met, and where. */
import { fromTimestamp, toLong, toNumber, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Derived, ResetPoint } from './derived.ts';
import type { EventAttributes } from './events.ts';

type Points = temporal.api.workflow.v1.IResetPoints;

/** A chain may meet any number of builds; the oldest are forgotten. */
const POINTS_MAX = 20;

/** The points after a workflow task was completed: one more, when no task of the chain was completed by this build before. */
export function withBuild(
  derived: Derived,
  completed: EventAttributes<'workflowTaskCompleted'>,
  { completedEventId, at }: Pick<ResetPoint, 'completedEventId' | 'at'>,
): readonly ResetPoint[] {
  const { resetPoints } = derived;
  const buildId = completed.deploymentVersion?.buildId || completed.workerVersion?.buildId || '';
  const binaryChecksum = completed.binaryChecksum ?? '';
  if (resetPoints.some((point) => point.buildId === buildId && point.binaryChecksum === binaryChecksum)) return resetPoints;
  const isResettable = derived.children.size === 0 && derived.externals.size === 0;
  const point = { buildId, binaryChecksum, runId: derived.key.runId, completedEventId, at, isResettable };
  return [...resetPoints, point].slice(-POINTS_MAX);
}

export const toResetPoints = (points: readonly ResetPoint[]): Points => ({
  points: points.map(({ buildId, binaryChecksum, runId, completedEventId, at, isResettable }) => ({
    buildId,
    binaryChecksum,
    runId,
    firstWorkflowTaskCompletedId: toLong(completedEventId),
    createTime: toTimestamp(at),
    resettable: isResettable,
  })),
});

export const fromResetPoints = (points: Points | null | undefined): readonly ResetPoint[] =>
  (points?.points ?? []).map((point) => ({
    buildId: point.buildId ?? '',
    binaryChecksum: point.binaryChecksum ?? '',
    runId: point.runId ?? '',
    completedEventId: toNumber(point.firstWorkflowTaskCompletedId),
    at: fromTimestamp(point.createTime) ?? 0,
    isResettable: point.resettable === true,
  }));
