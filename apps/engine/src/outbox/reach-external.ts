/** Delivers a signal or a cancel request that one workflow sends to another, and tells the sender how that went. */
import { api } from '@tidemark/protocol/api';
import { decideCancel } from '../history/model/decide/cancel.ts';
import { decideExternalOutcome } from '../history/model/decide/external.ts';
import { decideSignal } from '../history/model/decide/signal.ts';
import type { Decision, Env } from '../history/model/decision.ts';
import { rejected } from '../history/model/decision.ts';
import type { PendingExternal } from '../history/model/derived.ts';
import { runNotFound } from '../history/model/refusals.ts';
import type { RunState } from '../history/model/state.ts';
import { isOpen } from '../history/model/state.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunKey } from '../kernel/ids.ts';
import { runId, workflowId } from '../kernel/ids.ts';
import type { Engine } from '../operations/engine.ts';

const { SignalExternalWorkflowExecutionFailedCause: Cause } = api.enums.v1;
const IDENTITY = 'history-service';

export async function reachExternal(engine: Engine, { key, initiatedEventId }: { key: RunKey; initiatedEventId: number }): Promise<void> {
  const sender = { workflow: key, runId: key.runId };
  const external = await engine.history.read(sender, (state) =>
    isOpen(state) ? state.derived.externals.get(initiatedEventId) : undefined,
  );
  if (external === undefined) return;
  const cause = await deliver(engine, { sender: key, external });
  await engine.history.transact(sender, (state, env) => decideExternalOutcome(state, { initiatedEventId, cause }, env));
}

interface Delivery {
  readonly sender: RunKey;
  readonly external: PendingExternal;
}

/** Why it did not arrive, or nothing. */
async function deliver(engine: Engine, { sender, external }: Delivery): Promise<number | undefined> {
  const { workflowExecution, childWorkflowOnly } = external.attributes;
  const target = {
    workflow: { namespaceId: sender.namespaceId, workflowId: workflowId(workflowExecution?.workflowId ?? '') },
    ...(workflowExecution?.runId ? { runId: runId(workflowExecution.runId) } : {}),
  };
  try {
    await engine.history.transact(target, (state, env) => {
      const isSender = state.derived.key.runId === sender.runId;
      const isForeign = childWorkflowOnly === true && state.derived.start.parentWorkflowExecution?.runId !== sender.runId;
      if (isSender || isForeign) return rejected(runNotFound(target.workflow.workflowId, state.derived.key.runId));
      return decideDelivery(state, { sender, external }, env);
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.code === 'not-found') return Cause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
    if (error.code === 'invalid-argument') return Cause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_SIGNAL_COUNT_LIMIT_EXCEEDED;
    throw error;
  }
}

function decideDelivery(state: RunState, { sender, external }: Delivery, env: Env): Decision<undefined> {
  const execution = { workflowId: sender.workflowId, runId: sender.runId };
  const requestId = `${sender.runId}/${external.initiatedEventId}`;
  if (external.kind === 'signal') {
    const { signalName, input, header } = external.attributes;
    const signal = { signalName: signalName ?? '', input, header, identity: IDENTITY, requestId, links: [], external: execution };
    return decideSignal(state, signal, env);
  }
  const cancel = {
    reason: external.attributes.reason ?? '',
    identity: IDENTITY,
    requestId,
    firstExecutionRunId: '',
    links: [],
    external: { execution, initiatedEventId: external.initiatedEventId },
  };
  return decideCancel(state, cancel, env);
}
