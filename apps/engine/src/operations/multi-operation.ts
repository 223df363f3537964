/** Several operations as one. The protocol knows one such pair: start a workflow, or find it running, and update it. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import type { UpdateWithStartReply } from '../history/model/decide/update-with-start.ts';
import { decideUpdateWithStart, failureAfterStart, multiFailure } from '../history/model/decide/update-with-start.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { toStart } from './start-request.ts';
import { stageOf, toAdmission, waitForUpdate } from './update-workflow.ts';
import { invalid } from './validate.ts';

const { WorkflowExecutionStatus } = api.enums.v1;
type Methods = WorkflowMethods['executeMultiOperation'];
type Response = temporal.api.workflowservice.v1.IExecuteMultiOperationResponse;
type Start = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
type Update = temporal.api.workflowservice.v1.IUpdateWorkflowExecutionRequest;

export async function executeMultiOperation(engine: Engine, request: Methods['request'], call: NamespaceCall): Promise<Response> {
  const { start, update } = pairOf(request, call);
  const prepared = partsOf(engine, { start, update }, call);
  const first = await attempt(engine, prepared, call);
  if (!('failure' in first)) return first;
  // A run that was there and ended under the update makes room for one that takes it.
  const mayStart = !first.started && first.failure.code === 'not-found';
  const last = mayStart ? await attempt(engine, prepared, call) : first;
  if (!('failure' in last)) return last;
  throw last.started ? failureAfterStart(last.failure) : multiFailure(undefined, last.failure);
}

/** That the update failed is told beside whether this attempt started the run. Throws what kept both from being done. */
async function attempt(
  engine: Engine,
  { start, admission, until }: ReturnType<typeof partsOf>,
  call: NamespaceCall,
): Promise<Response | { readonly started: boolean; readonly failure: EngineError }> {
  const { key, start: reply } = await engine.history.transactCurrent<UpdateWithStartReply>({ workflow: start.run.key }, (current, env) =>
    decideUpdateWithStart(current, { start, update: admission }, env),
  );
  const watch = engine.changefeed.watch(key.runId);
  try {
    const updateWorkflow = await waitForUpdate(engine, { key, updateId: admission.updateId, until, watch, call });
    return {
      responses: [{ startWorkflow: { ...reply, status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING } }, { updateWorkflow }],
    };
  } catch (error) {
    if (error instanceof EngineError) return { started: reply.started, failure: error };
    throw error;
  } finally {
    watch.close();
  }
}

function pairOf({ operations }: Methods['request'], { namespace }: NamespaceCall): { start: Start; update: Update } {
  const [first, second, ...others] = operations ?? [];
  if (!first?.startWorkflow || !second?.updateWorkflow || others.length > 0) {
    throw invalid('Operations have to be exactly [Start, Update].');
  }
  const [start, update] = [first.startWorkflow, second.updateWorkflow];
  for (const [name, given] of [
    ['StartWorkflow', start.namespace],
    ['UpdateWorkflow', update.namespace],
  ] as const) {
    if (given && given !== namespace.name) throw invalid(`Operations: ${name}.Namespace must be that of the request.`);
  }
  if (start.workflowId !== update.workflowExecution?.workflowId)
    throw invalid('Operations: the WorkflowId of Start and Update must be the same.');
  return { start, update };
}

/** Each part is checked before any is done. */
function partsOf(engine: Engine, { start, update }: { start: Start; update: Update }, call: NamespaceCall) {
  const started = part(() => {
    if (start.cronSchedule) throw invalid('CronSchedule is not allowed.');
    if (start.requestEagerExecution) throw invalid('RequestEagerExecution is not supported.');
    if (start.workflowStartDelay) throw invalid('WorkflowStartDelay is not supported.');
    return toStart(engine, start, call);
  });
  const updated = part(() => {
    if (update.workflowExecution?.runId) throw invalid('RunId is not allowed.');
    if (update.firstExecutionRunId) throw invalid('FirstExecutionRunId is not allowed.');
    return { admission: toAdmission(engine, update), until: stageOf(update.waitPolicy) };
  });
  if (started instanceof EngineError || updated instanceof EngineError) {
    throw multiFailure(started instanceof EngineError ? started : undefined, updated instanceof EngineError ? updated : undefined);
  }
  return { start: started, ...updated };
}

function part<Value>(make: () => Value): Value | EngineError {
  try {
    return make();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}
