/** Starts a workflow, or answers with the run that is there; with a signal, in one step. */
import { api } from '@tidemark/protocol/api';
import { EncodedResponse } from '@tidemark/protocol/server';
import { encodeWith } from '@tidemark/protocol/splice';
import type { temporal } from '@tidemark/protocol/types';
import type { SignalRequest } from '../history/model/decide/signal.ts';
import { decideSignalWithStart } from '../history/model/decide/signal.ts';
import type { StartReply, StartRequest } from '../history/model/decide/start.ts';
import { decideStart } from '../history/model/decide/start.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { linkToStart } from './links.ts';
import { factsOf, taskMessage } from './workflow-task-message.ts';
import { toStart, withoutCallbacks } from './start-request.ts';
import { checkPayloads, invalid, requireId } from './validate.ts';

const { WorkflowIdConflictPolicy: Conflict, WorkflowIdReusePolicy: Reuse } = api.enums.v1;
const { PollWorkflowTaskQueueResponse, StartWorkflowExecutionResponse } = api.workflowservice.v1;
type Start = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
type SignalWithStart = temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionRequest;
type StartResponse = temporal.api.workflowservice.v1.IStartWorkflowExecutionResponse;

export async function startWorkflow(engine: Engine, request: Start, call: NamespaceCall): Promise<StartResponse | EncodedResponse> {
  const start = { ...toStart(engine, request, call), ...joining(request) };
  const reply = await engine.history.transactCurrent({ workflow: start.run.key }, (current, env) => {
    const decision = decideStart(current, start, env);
    if (decision.kind === 'rejected') return decision;
    const { eager } = decision.reply;
    // The state is looked at here, because it goes on changing once the commit is made.
    return { ...decision, reply: { ...decision.reply, task: eager && factsOf(eager.state, eager.task) } };
  });
  const { workflowId } = start.run.key;
  const link = linkToStart({ namespace: call.namespace.name, workflowId, runId: reply.runId });
  const response = { ...toResponse(reply), status: reply.status, link };
  if (reply.task === undefined) return response;
  const message = await taskMessage(engine, reply.task, { isSticky: false, backlog: 0 });
  const task = encodeWith(PollWorkflowTaskQueueResponse, message.fields, { field: 'history', bytes: message.history });
  return new EncodedResponse(encodeWith(StartWorkflowExecutionResponse, response, { field: 'eagerWorkflowTask', bytes: task }));
}

/** What is left behind at the run that is there, when the policy is to use it. */
function joining({ onConflictOptions, requestId, links }: Start): Pick<StartRequest, 'attach'> {
  if (!onConflictOptions) return {};
  if (onConflictOptions.attachCompletionCallbacks) throw withoutCallbacks();
  return {
    attach: {
      requestId: onConflictOptions.attachRequestId ? (requestId ?? '') : '',
      links: onConflictOptions.attachLinks ? (links ?? []) : [],
    },
  };
}

export async function signalWithStartWorkflow(
  engine: Engine,
  request: SignalWithStart,
  call: NamespaceCall,
): Promise<temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionResponse> {
  if (request.workflowIdConflictPolicy === Conflict.WORKFLOW_ID_CONFLICT_POLICY_FAIL) {
    throw invalid('Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.');
  }
  const signal = toSignal(engine, request);
  const base = toStart(engine, request, call);
  const conflictPolicy = request.workflowIdConflictPolicy || Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
  const replaces = base.reusePolicy === Reuse.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING;
  const start = { ...base, conflictPolicy: replaces ? Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING : conflictPolicy };
  const reply = await engine.history.transactCurrent({ workflow: start.run.key }, (current, env) =>
    decideSignalWithStart(current, { start, signal }, env),
  );
  return toResponse(reply);
}

const toResponse = ({ runId: id, firstExecutionRunId, started }: StartReply): StartResponse => ({
  runId: id,
  firstExecutionRunId,
  started,
});

function toSignal(engine: Engine, request: SignalWithStart): SignalRequest {
  const signalName = requireId(engine, 'SignalName', request.signalName);
  checkPayloads(engine, request.signalInput);
  return {
    signalName,
    input: request.signalInput,
    header: request.header,
    identity: request.identity ?? '',
    requestId: request.requestId || engine.random.uuid(),
    links: request.links ?? [],
  };
}
