/** Holds a run, and lets it go on. */
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { PauseRequest } from '../history/model/decide/pause.ts';
import { decidePause, decideUnpause } from '../history/model/decide/pause.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, requireTarget } from './validate.ts';

type Request = WorkflowMethods['pauseWorkflowExecution']['request'] | WorkflowMethods['unpauseWorkflowExecution']['request'];

export async function pauseWorkflow(engine: Engine, request: Request, call: NamespaceCall): Promise<object> {
  const pause = toPause(engine, request);
  await engine.history.transact(requireTarget(engine, call, request), (state, env) => decidePause(state, pause, env));
  return {};
}

export async function unpauseWorkflow(engine: Engine, request: Request, call: NamespaceCall): Promise<object> {
  const pause = toPause(engine, request);
  await engine.history.transact(requireTarget(engine, call, request), (state, env) => decideUnpause(state, pause, env));
  return {};
}

function toPause(engine: Engine, request: Request): PauseRequest {
  return {
    identity: boundedId(engine, 'Identity', request.identity),
    reason: boundedId(engine, 'Reason', request.reason),
    requestId: boundedId(engine, 'RequestId', request.requestId) || engine.random.uuid(),
  };
}
