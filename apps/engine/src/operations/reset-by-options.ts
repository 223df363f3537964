/** Resets a run to a point that is described and not named: its first or last workflow task. */
import { api } from '@tidemark/protocol/api';
import { toLong, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { HistoryEvent } from '../history/model/events.ts';
import { eventNameOf } from '../history/model/events.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { BatchItem } from './batch-operation.ts';
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
  const workflowTaskFinishEventId = toNumber(options.workflowTaskId)
    ? (options.workflowTaskId ?? null)
    : findPoint(await readEvents(engine, requireTarget(engine, call, execution)), options);
  await resetWorkflow(
    engine,
    {
      workflowExecution: execution,
      requestId,
      reason,
      workflowTaskFinishEventId,
      resetReapplyType: options.resetReapplyType ?? null,
      resetReapplyExcludeTypes: options.resetReapplyExcludeTypes ?? null,
      postResetOperations: reset.postResetOperations ?? null,
      identity: reset.identity ?? '',
    },
    call,
  );
}

/** The options, or what the older fields say in their words. Throws when there is no point in them, or none this engine can find. */
export function resetOptionsOf({ options, resetType, resetReapplyType }: BatchReset): ResetOptions {
  if (options) {
    if (options.buildId) throw new EngineError('unimplemented', 'resetting to a build id is not implemented by this server');
    if (!options.firstWorkflowTask && !options.lastWorkflowTask && !toNumber(options.workflowTaskId))
      throw invalid('reset options must name a workflow task');
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
