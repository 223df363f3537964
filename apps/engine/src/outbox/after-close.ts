/** What follows from the end of a run: its parent hears of it, its children meet their close policy. */
import { api } from '@tidemark/protocol/api';
import { toNumber } from '@tidemark/protocol/time';
import { decideCancel } from '../history/model/decide/cancel.ts';
import type { ChildOf } from '../history/model/decide/child.ts';
import { decideAfterClose, decideChildClosed, isChildOf } from '../history/model/decide/child.ts';
import { decideTerminate } from '../history/model/decide/terminate.ts';
import { rejected } from '../history/model/decision.ts';
import { notInChain } from '../history/model/refusals.ts';
import type { RunState } from '../history/model/state.ts';
import type { AfterClose } from '../history/model/volatile.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunKey } from '../kernel/ids.ts';
import { runId, workflowId } from '../kernel/ids.ts';
import type { Engine } from '../operations/engine.ts';
import { readEvent } from '../operations/read-event.ts';

const { ParentClosePolicy } = api.enums.v1;
const IDENTITY = 'history-service';

export async function afterClose(engine: Engine, key: RunKey): Promise<void> {
  const target = { workflow: key, runId: key.runId };
  const left = await engine.history.read(target, ({ volatile }) => volatile.afterClose);
  const tell = (one: AfterClose): Promise<void> =>
    one === 'parent' ? tellParent(engine, key) : applyClosePolicy(engine, { parent: key, initiatedEventId: one });
  const outcomes = await Promise.allSettled(left.map(tell));
  const told = left.filter((_one, at) => outcomes[at]?.status === 'fulfilled');
  await engine.history.transact(target, (state, env) => decideAfterClose(state, told, env));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

interface Parent {
  readonly workflowId: string;
  readonly runId: string;
  readonly initiatedEventId: number;
  readonly firstRunId: string;
  readonly lastEventId: number;
}

const parentOf = ({ derived: { key, start, nextEventId } }: RunState): Parent => ({
  workflowId: start.parentWorkflowExecution?.workflowId ?? '',
  runId: start.parentWorkflowExecution?.runId ?? '',
  initiatedEventId: toNumber(start.parentInitiatedEventId),
  firstRunId: start.firstExecutionRunId || key.runId,
  lastEventId: nextEventId - 1,
});

async function tellParent(engine: Engine, key: RunKey): Promise<void> {
  const parent = await engine.history.read({ workflow: key, runId: key.runId }, parentOf);
  const closed = {
    initiatedEventId: parent.initiatedEventId,
    firstRunId: parent.firstRunId,
    key,
    closing: await readEvent(engine, key, parent.lastEventId),
  };
  const workflow = { namespaceId: key.namespaceId, workflowId: workflowId(parent.workflowId) };
  // A parent that was reset goes on in another run, and waits for its child there.
  for (let run = parent.runId; run !== ''; ) {
    const target = { workflow, runId: runId(run) };
    run = await unlessGone(
      engine.history.read(target, ({ volatile }) => volatile.resetTo),
      '',
    );
    await unlessGone(
      engine.history.transact(target, (state, env) => decideChildClosed(state, closed, env)),
      undefined,
    );
  }
}

/** Ends or cancels the child, in whichever run of its chain it is now. Does nothing when it never began or has ended. */
export async function applyClosePolicy(engine: Engine, of: ChildOf): Promise<void> {
  const { parent } = of;
  const child = await engine.history.read({ workflow: parent, runId: parent.runId }, ({ derived }) => {
    const found = derived.children.get(of.initiatedEventId);
    return found && { id: workflowId(found.attributes.workflowId ?? ''), policy: found.attributes.parentClosePolicy };
  });
  if (child === undefined || child.policy === ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON) return;
  const target = { workflow: { namespaceId: parent.namespaceId, workflowId: child.id } };
  const change = engine.history.transact(target, (state, env) => {
    if (!isChildOf(state, of)) return rejected(notInChain());
    if (child.policy === ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL) {
      const execution = { workflowId: parent.workflowId, runId: parent.runId };
      const requestId = `${parent.runId}/${of.initiatedEventId}/closed`;
      const external = { execution, initiatedEventId: 0 };
      return decideCancel(state, { reason: '', identity: IDENTITY, requestId, firstExecutionRunId: '', links: [], external }, env);
    }
    return decideTerminate(state, { reason: 'by parent close policy', identity: IDENTITY, firstExecutionRunId: '' }, env);
  });
  await unlessGone(change, undefined);
}

/** Somebody who is not there any more needs to hear nothing. */
async function unlessGone<Value>(answer: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-found') return otherwise;
    throw error;
  }
}
