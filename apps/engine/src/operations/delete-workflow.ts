/** Deletes a run with its history; a running one is terminated first. */
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { decideTerminate } from '../history/model/decide/terminate.ts';
import { isOpen } from '../history/model/state.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { requireTarget } from './validate.ts';

export async function deleteWorkflow(
  engine: Engine,
  request: WorkflowMethods['deleteWorkflowExecution']['request'],
  call: NamespaceCall,
): Promise<object> {
  const target = requireTarget(engine, call, request.workflowExecution);
  const { key, open } = await engine.history.read(target, (state) => ({ key: state.derived.key, open: isOpen(state) }));
  const run = { workflow: key, runId: key.runId };
  if (open) {
    const termination = { reason: 'Delete workflow execution', identity: 'history-service', firstExecutionRunId: '' };
    await engine.history.transact(run, (state, env) => decideTerminate(state, termination, env));
  }
  await engine.store.runs.delete(key);
  engine.history.forget(key);
  return {};
}
