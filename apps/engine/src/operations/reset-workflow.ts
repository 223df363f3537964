/** Resets a run: reads the past that the new run shares and what is to be done again, then decides. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { decodeEvents } from '../history/codec.ts';
import type { Target } from '../history/history.ts';
import type { Reapplied } from '../history/model/decide/reset.ts';
import { decideReset } from '../history/model/decide/reset.ts';
import { unchanged } from '../history/model/decision.ts';
import type { HistoryEvent } from '../history/model/events.ts';
import { runNotFound, workflowNotFound } from '../history/model/refusals.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunKey } from '../kernel/ids.ts';
import { runId } from '../kernel/ids.ts';
import { derivedId } from './derived-id.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { draftsAfterReset } from './post-reset.ts';
import { invalid, requireId, requireTarget } from './validate.ts';

const { ResetReapplyExcludeType: Exclude, ResetReapplyType: Reapply, WorkflowExecutionStatus } = api.enums.v1;
type Request = WorkflowMethods['resetWorkflowExecution']['request'];
type Response = temporal.api.workflowservice.v1.IResetWorkflowExecutionResponse;

/** A run that moves while its history is read is read again. */
const TRIES_MAX = 10;
const BATCHES_PER_READ = 256;

export async function resetWorkflow(engine: Engine, request: Request, call: NamespaceCall): Promise<Response> {
  const requestId = requireId(engine, 'RequestId', request.requestId);
  const target = requireTarget(engine, call, request.workflowExecution);
  const after = draftsAfterReset(engine, request.postResetOperations, request.identity ?? '');
  const finishEventId = toNumber(request.workflowTaskFinishEventId);
  // A request that is repeated finds the run that it made.
  const newRunId = runId(derivedId(target.workflow.namespaceId, target.workflow.workflowId, requestId));
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const base = await factsOf(engine, target);
    if (finishEventId <= 1 || finishEventId >= base.nextEventId)
      throw invalid('Workflow task finish ID must be > 1 && <= workflow last event ID.');
    const batches = await readBatches(engine, base.key, { from: 1, to: base.nextEventId });
    const later = [...batches.flat().filter((event) => toNumber(event.eventId) >= finishEventId), ...(await readChain(engine, base))];
    const reset = {
      newRunId,
      reason: request.reason ?? '',
      past: cut(batches, finishEventId),
      later,
      reapplied: reappliedBy(request),
      after,
    };
    const isDone = await engine.history.transactRuns(
      { workflow: base.key, runIds: [base.key.runId, undefined, newRunId] },
      ([state, current, made], env) => {
        if (made !== undefined) return unchanged(true);
        if (state === undefined) throw runNotFound(base.key.workflowId, base.key.runId);
        if (state.derived.nextEventId !== base.nextEventId) return unchanged(false);
        const decision = decideReset({ base: state, current }, reset, env);
        return decision.kind === 'rejected' ? decision : { ...decision, reply: true };
      },
    );
    if (isDone) return { runId: newRunId };
  }
  throw new EngineError('unavailable', 'the run moves too fast to be reset; try again');
}

export async function readEvents(engine: Engine, target: Target): Promise<HistoryEvent[]> {
  const { key, nextEventId } = await factsOf(engine, target);
  return (await readBatches(engine, key, { from: 1, to: nextEventId })).flat();
}

interface Base {
  readonly key: RunKey;
  readonly nextEventId: number;
  readonly continuedBy: string;
}

const factsOf = (engine: Engine, target: Target): Promise<Base> =>
  engine.history.read(target, ({ derived }) => ({
    key: derived.key,
    nextEventId: derived.nextEventId,
    continuedBy: derived.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW ? derived.followedBy : '',
  }));

/** What the runs that continued this one took in; those that are deleted took it with them. */
async function readChain(engine: Engine, base: Base): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let next = base;
  while (next.continuedBy !== '') {
    const target = { workflow: base.key, runId: runId(next.continuedBy) };
    try {
      next = await factsOf(engine, target);
    } catch (error) {
      if (error instanceof EngineError && error.code === 'not-found') return events;
      throw error;
    }
    const batches = await readBatches(engine, next.key, { from: 1, to: next.nextEventId });
    // Children and options belong to the run that has them; only what came from outside goes along.
    events.push(...batches.flat().filter(isMessage));
  }
  return events;
}

const isMessage = (event: HistoryEvent): boolean =>
  Boolean(event.workflowExecutionSignaledEventAttributes ?? event.workflowExecutionUpdateAcceptedEventAttributes);

async function readBatches({ store }: Engine, key: RunKey, { from, to }: { from: number; to: number }): Promise<HistoryEvent[][]> {
  const batches: HistoryEvent[][] = [];
  for (let fromEventId = from; fromEventId < to; ) {
    const page = await store.runs.readHistory(key, { fromEventId, toEventId: to, batchesMax: BATCHES_PER_READ });
    const last = page.at(-1);
    if (last === undefined) throw workflowNotFound(key.workflowId);
    batches.push(...page.map(({ events }) => decodeEvents(events)));
    fromEventId = last.firstEventId + last.eventCount;
  }
  return batches;
}

/** The batches before this event, the last one perhaps in part. */
function cut(batches: readonly HistoryEvent[][], eventId: number): HistoryEvent[][] {
  return batches.map((batch) => batch.filter((event) => toNumber(event.eventId) < eventId)).filter((batch) => batch.length > 0);
}

/** The exclusions narrow what the older field lets through. */
function reappliedBy({ resetReapplyType, resetReapplyExcludeTypes }: Request): Reapplied {
  const excluded = resetReapplyExcludeTypes ?? [];
  const isNone = resetReapplyType === Reapply.RESET_REAPPLY_TYPE_NONE;
  const onlySignals = resetReapplyType === Reapply.RESET_REAPPLY_TYPE_SIGNAL;
  return {
    signals: !isNone && !excluded.includes(Exclude.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL),
    updates: !isNone && !onlySignals && !excluded.includes(Exclude.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE),
  };
}
