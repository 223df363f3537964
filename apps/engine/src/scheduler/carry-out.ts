/** What schedules do to workflows: start them, end them, and see how they ended. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { Target } from '../history/history.ts';
import { decideCancel } from '../history/model/decide/cancel.ts';
import { decideStart } from '../history/model/decide/start.ts';
import { decideTerminate } from '../history/model/decide/terminate.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunKey } from '../kernel/ids.ts';
import { runId, workflowId } from '../kernel/ids.ts';
import type { NamespaceRecord } from '../persistence/ports/namespace-store.ts';
import type { Engine } from '../operations/engine.ts';
import { readEvent } from '../operations/read-event.ts';
import { toStart } from '../operations/start-request.ts';
import type { ActionEnd } from '../schedules/model/decide.ts';
import type { RunningAction, ScheduleKey, ScheduleState, Starting, Stopping } from '../schedules/model/state.ts';
import { withTypes } from '../visibility/model/search-attributes.ts';

const { WorkflowIdReusePolicy: Reuse, WorkflowExecutionStatus: Status } = api.enums.v1;
type Payload = temporal.api.common.v1.IPayload;

const identityOf = (namespace: NamespaceRecord, { scheduleId }: ScheduleKey): string =>
  `temporal-scheduler-${namespace.name}-${scheduleId}`;

async function namespaceOf({ store }: Engine, { namespaceId, scheduleId }: ScheduleKey): Promise<NamespaceRecord> {
  const found = await store.namespaces.findById(namespaceId);
  if (found === undefined) throw new EngineError('not-found', `the namespace of schedule ${scheduleId} is gone`);
  return found;
}

/** The first run id of the action, or nothing when it can never be started. Finds what an earlier try has started. */
export async function startAction(engine: Engine, state: ScheduleState, starting: Starting): Promise<string | undefined> {
  const namespace = await namespaceOf(engine, state.key);
  const call = { namespace, deadline: Infinity, signal: new AbortController().signal, headers: new Map<string, string>() };
  const { workflowIdReusePolicy: _policy, ...action } = state.schedule.action?.startWorkflow ?? {};
  const reuse = starting.isManual ? Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE : Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;
  const told = starting.isConcurrent ? {} : { lastCompletionResult: state.lastResult ?? null, continuedFailure: state.lastFailure ?? null };
  try {
    const request = toStart(
      engine,
      {
        ...action,
        ...told,
        workflowId: starting.workflowId,
        requestId: starting.requestId,
        identity: identityOf(namespace, state.key),
        workflowIdReusePolicy: reuse,
        searchAttributes: withTypes(
          { indexedFields: { ...action.searchAttributes?.indexedFields, ...attributesOf(state, starting) } },
          namespace,
        ),
      },
      call,
    );
    const reply = await engine.history.transactCurrent({ workflow: request.run.key }, (current, env) => decideStart(current, request, env));
    return reply.firstExecutionRunId;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'unavailable' || error.code === 'resource-exhausted') throw error;
    engine.logger.warn('an action of a schedule cannot be started', {
      scheduleId: state.key.scheduleId,
      workflowId: starting.workflowId,
      error: error.message,
    });
    return undefined;
  }
}

const text = new TextEncoder();
const json = (value: string): Payload => ({ metadata: { encoding: text.encode('json/plain') }, data: text.encode(JSON.stringify(value)) });

const attributesOf = ({ key }: ScheduleState, { nominal }: Starting): Record<string, Payload> => ({
  TemporalScheduledById: json(key.scheduleId),
  TemporalScheduledStartTime: json(new Date(nominal).toISOString().replace('.000Z', 'Z')),
});

/** Asks an action to end, or ends it; one that has ended already is left alone. */
export async function stopAction(engine: Engine, state: ScheduleState, stopping: Stopping): Promise<void> {
  const identity = identityOf(await namespaceOf(engine, state.key), state.key);
  const target = { workflow: { namespaceId: state.key.namespaceId, workflowId: workflowId(stopping.workflowId) } };
  const chain = { firstExecutionRunId: stopping.runId, identity, links: [] };
  try {
    await engine.history.transact(target, (run, env) =>
      stopping.how === 'cancel'
        ? decideCancel(run, { ...chain, reason: 'cancelled by schedule overlap policy', requestId: `${stopping.runId}/schedule` }, env)
        : decideTerminate(run, { ...chain, reason: 'terminated by schedule overlap policy' }, env),
    );
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'not-found')) throw error;
  }
}

interface RunFacts {
  readonly key: RunKey;
  readonly firstRunId: string;
  readonly status: number;
  readonly isOpen: boolean;
  readonly followedBy: string;
  readonly lastEventId: number;
}

const gone = { status: Status.WORKFLOW_EXECUTION_STATUS_TERMINATED, result: undefined, failure: undefined };

/** How the chain that an action began has ended; nothing while it goes on. A chain that was deleted counts as terminated. */
export async function endOfAction(engine: Engine, key: ScheduleKey, action: RunningAction): Promise<Omit<ActionEnd, 'action'> | undefined> {
  const last = await lastRunOf(engine, key, action);
  if (last === undefined) return gone;
  if (last.isOpen) return undefined;
  const event = await readEvent(engine, last.key, last.lastEventId);
  return {
    status: last.status,
    result: event.workflowExecutionCompletedEventAttributes?.result ?? undefined,
    failure: event.workflowExecutionFailedEventAttributes?.failure ?? undefined,
  };
}

/**
 * The workflow id resolves to the last run of the chain, after a reset too, and when the first run is long gone. Only where another chain
 * has taken the id since, this one has ended, and its runs are followed to the last.
 */
async function lastRunOf(engine: Engine, key: ScheduleKey, action: RunningAction): Promise<RunFacts | undefined> {
  const workflow = { namespaceId: key.namespaceId, workflowId: workflowId(action.workflowId) };
  const current = await factsOf(engine, { workflow });
  let last = current?.firstRunId === action.runId ? current : await factsOf(engine, { workflow, runId: runId(action.runId) });
  while (last !== undefined && last.followedBy !== '') last = await factsOf(engine, { workflow, runId: runId(last.followedBy) });
  return last;
}

async function factsOf({ history }: Engine, target: Target): Promise<RunFacts | undefined> {
  try {
    return await history.read(target, ({ derived }) => ({
      key: derived.key,
      firstRunId: derived.start.firstExecutionRunId || derived.key.runId,
      status: derived.status,
      isOpen: derived.closedAt === undefined,
      followedBy: derived.followedBy,
      lastEventId: derived.nextEventId - 1,
    }));
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-found') return undefined;
    throw error;
  }
}
