/** Starts the child that a run has initiated, and tells the run how that went. */
import { api } from '@tidemark/protocol/api';
import type { ChildOf } from '../history/model/decide/child.ts';
import { childStart, decideChildNotStarted, decideChildStarted, decideStartChild } from '../history/model/decide/child.ts';
import type { StartRequest } from '../history/model/decide/start.ts';
import { isOpen } from '../history/model/state.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunKey } from '../kernel/ids.ts';
import type { Engine } from '../operations/engine.ts';
import { applyClosePolicy } from './after-close.ts';

const { StartChildWorkflowExecutionFailedCause: Cause } = api.enums.v1;

export async function startChild(engine: Engine, { key, initiatedEventId }: { key: RunKey; initiatedEventId: number }): Promise<void> {
  const parent = { workflow: key, runId: key.runId };
  const request = await engine.history.read(parent, (state) => {
    const child = state.derived.children.get(initiatedEventId);
    if (!isOpen(state) || child === undefined || child.startedEventId !== 0) return undefined;
    return childStart(state, child, {
      runId: engine.random.uuid(),
      now: engine.clock.now(),
      isServedBy: (name, version) => engine.deployments.serves({ namespaceId: key.namespaceId, kind: 'workflow', name }, version),
    });
  });
  if (request === undefined) return;
  const of: ChildOf = { parent: key, initiatedEventId };
  const runId = await start(engine, { of, request });
  if (runId === undefined) {
    const cause = Cause.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS;
    await engine.history.transact(parent, (state, env) => decideChildNotStarted(state, { initiatedEventId, cause }, env));
    return;
  }
  const goesOn = await engine.history.transact(parent, (state, env) => decideChildStarted(state, { initiatedEventId, runId }, env));
  if (!goesOn) await applyClosePolicy(engine, of);
}

/** The first run id of the child, or nothing when its workflow id is taken. */
async function start(engine: Engine, { of, request }: { of: ChildOf; request: StartRequest }): Promise<string | undefined> {
  try {
    const { firstExecutionRunId } = await engine.history.transactCurrent({ workflow: request.run.key }, (current, env) =>
      decideStartChild(current, { of, request }, env),
    );
    return firstExecutionRunId;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'already-started') return undefined;
    throw error;
  }
}
