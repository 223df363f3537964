/** What can be said to a run that is there: signal, cancel, terminate. */
import type { WorkflowMethod, WorkflowMethods } from '@tidemark/protocol/services';
import { decideCancel } from '../history/model/decide/cancel.ts';
import { decideSignal } from '../history/model/decide/signal.ts';
import { decideTerminate } from '../history/model/decide/terminate.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, checkLinks, checkPayloads, requireId, requireTarget } from './validate.ts';

type Request<Method extends WorkflowMethod> = WorkflowMethods[Method]['request'];

export async function signalWorkflow(engine: Engine, request: Request<'signalWorkflowExecution'>, call: NamespaceCall): Promise<object> {
  const target = requireTarget(engine, call, request.workflowExecution);
  const signalName = requireId(engine, 'SignalName', request.signalName);
  const requestId = boundedId(engine, 'RequestId', request.requestId) || engine.random.uuid();
  checkPayloads(engine, request.input);
  checkLinks(engine, request.links);
  const signal = {
    signalName,
    requestId,
    input: request.input,
    header: request.header,
    identity: request.identity ?? '',
    links: request.links ?? [],
  };
  await engine.history.transact(target, (state, env) => decideSignal(state, signal, env));
  return {};
}

export async function cancelWorkflow(
  engine: Engine,
  request: Request<'requestCancelWorkflowExecution'>,
  call: NamespaceCall,
): Promise<object> {
  const target = requireTarget(engine, call, request.workflowExecution);
  checkLinks(engine, request.links);
  const cancel = {
    reason: request.reason ?? '',
    identity: request.identity ?? '',
    requestId: boundedId(engine, 'RequestId', request.requestId) || engine.random.uuid(),
    firstExecutionRunId: request.firstExecutionRunId ?? '',
    links: request.links ?? [],
  };
  await engine.history.transact(target, (state, env) => decideCancel(state, cancel, env));
  return {};
}

export async function terminateWorkflow(
  engine: Engine,
  request: Request<'terminateWorkflowExecution'>,
  call: NamespaceCall,
): Promise<object> {
  const target = requireTarget(engine, call, request.workflowExecution);
  checkPayloads(engine, request.details);
  checkLinks(engine, request.links);
  const termination = {
    reason: request.reason || 'terminated by user via frontend',
    identity: request.identity || 'frontend-service',
    firstExecutionRunId: request.firstExecutionRunId ?? '',
    links: request.links ?? [],
    ...(request.details ? { details: request.details } : {}),
  };
  await engine.history.transact(target, (state, env) => decideTerminate(state, termination, env));
  return {};
}
