/** Resets a run to a point that is described and not named: its first or last workflow task, or where a build took over. */
import { api } from '@tidemark/protocol/api';
import { toLong, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { HistoryEvent } from '../history/model/events.ts';
import { eventNameOf } from '../history/model/events.ts';
import type { Target } from '../history/history.ts';
import type { BatchItem } from './batch-operation.ts';
import type { Engine } from './engine.ts';
import { readEvents, resetWorkflow } from './reset-workflow.ts';
import { invalid, requireTarget } from './validate.ts';

const { ResetType } = api.enums.v1;
type ResetOptions = temporal.api.common.v1.IResetOptions;
type BatchReset = temporal.api.batch.v1.IBatchOperationReset;

interface ResetJob {
  readonly reset: BatchReset;
  readonly reason: string;
}

export async function resetByOptions({ engine, call, execution, requestId }: BatchItem, { reset, reason }: ResetJob): Promise<void> {
  const options = resetOptionsOf(reset);
  const target = requireTarget(engine, call, execution);
  const { runId, eventId } = await pointOf(engine, target, options);
  await resetWorkflow(
    engine,
    {
      workflowExecution: runId === undefined ? execution : { ...execution, runId },
      requestId,
      reason,
      workflowTaskFinishEventId: eventId,
      resetReapplyType: options.resetReapplyType ?? null,
      resetReapplyExcludeTypes: options.resetReapplyExcludeTypes ?? null,
      postResetOperations: reset.postResetOperations ?? null,
      identity: reset.identity ?? '',
    },
    call,
  );
}

interface Point {
  /** Unless it is the run that was asked for. */
  readonly runId?: string;
  readonly eventId: NonNullable<HistoryEvent['eventId']>;
}

async function pointOf(engine: Engine, target: Target, options: ResetOptions): Promise<Point> {
  if (options.buildId) return await buildPoint(engine, target, options);
  if (options.workflowTaskId && toNumber(options.workflowTaskId)) return { eventId: options.workflowTaskId };
  return { eventId: findPoint(await readEvents(engine, target), options) };
}

/** Where this build took over, in whatever run of the chain that was. */
async function buildPoint(engine: Engine, target: Target, { buildId, currentRunOnly }: ResetOptions): Promise<Point> {
  const { points, ownRunId } = await engine.history.read(target, ({ derived }) => ({
    points: derived.resetPoints,
    ownRunId: derived.key.runId as string,
  }));
  const point = points.find((one) => one.buildId === buildId || one.binaryChecksum === buildId);
  if (point === undefined) throw invalid(`no workflow task of this chain was completed by build id ${buildId ?? ''}`);
  if (!point.isResettable) throw invalid(`build id ${buildId ?? ''} took over while something was under way that a reset cannot take back`);
  if (currentRunOnly && point.runId !== ownRunId) throw invalid(`build id ${buildId ?? ''} took over in an earlier run of the chain`);
  return { runId: point.runId, eventId: toLong(point.completedEventId) };
}

/** The options, or what the older fields say in their words. Throws when there is no point in them. */
export function resetOptionsOf({ options, resetType, resetReapplyType }: BatchReset): ResetOptions {
  if (options) {
    if (!options.firstWorkflowTask && !options.lastWorkflowTask && !options.buildId && !toNumber(options.workflowTaskId))
      throw invalid('reset options must name a workflow task or a build id');
    return options;
  }
  const reapply = { resetReapplyType: resetReapplyType ?? null };
  if (resetType === ResetType.RESET_TYPE_FIRST_WORKFLOW_TASK) return { firstWorkflowTask: {}, ...reapply };
  if (resetType === ResetType.RESET_TYPE_LAST_WORKFLOW_TASK) return { lastWorkflowTask: {}, ...reapply };
  throw invalid('reset type must be set');
}

/** The event that ends the workflow task; the one after its schedule where none has ended yet. */
function findPoint(events: readonly HistoryEvent[], { firstWorkflowTask }: ResetOptions): NonNullable<HistoryEvent['eventId']> {
  const find = (name: string): HistoryEvent | undefined => {
    const isIt = (event: HistoryEvent): boolean => eventNameOf(event.eventType ?? 0) === name;
    return firstWorkflowTask ? events.find(isIt) : events.findLast(isIt);
  };
  const completed = find('workflowTaskCompleted')?.eventId;
  const scheduled = find('workflowTaskScheduled')?.eventId;
  if (completed) return completed;
  if (!scheduled) throw invalid('unable to find a workflow task to reset to: none was ever scheduled');
  return toLong(toNumber(scheduled) + 1);
}
