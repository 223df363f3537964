/** Deletes a run with its history; a running one is terminated first. */
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { decideTerminate } from '../history/model/decide/terminate.ts';
import { isOpen } from '../history/model/state.ts';
import type { RunKey } from '../kernel/ids.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { requireTarget } from './validate.ts';

export async function deleteWorkflow(
  engine: Engine,
  request: WorkflowMethods['deleteWorkflowExecution']['request'],
  call: NamespaceCall,
): Promise<object> {
  const target = requireTarget(engine, call, request.workflowExecution);
  await deleteRun(engine, await engine.history.read(target, ({ derived }) => derived.key));
  return {};
}

/** Throws NOT_FOUND when it is gone already. */
export async function deleteRun(engine: Engine, key: RunKey): Promise<void> {
  const run = { workflow: key, runId: key.runId };
  if (await engine.history.read(run, isOpen)) {
    const termination = { reason: 'Delete workflow execution', identity: 'history-service', firstExecutionRunId: '' };
    await engine.history.transact(run, (state, env) => decideTerminate(state, termination, env));
  }
  await engine.store.runs.delete(key);
  engine.history.forget(key);
}
