/** Updates: sent to a run, and waited for until they reach the stage their caller asks for. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import type { Watch } from '../changefeed/changefeed.ts';
import type { Target } from '../history/history.ts';
import type { UpdateAdmission, UpdateStatus } from '../history/model/decide/update.ts';
import { acceptedUpdateFailure, decideAdmitUpdate, statusOfUpdate } from '../history/model/decide/update.ts';
import { alreadyCompleted, closing } from '../history/model/refusals.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunKey } from '../kernel/ids.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { waitUntil } from './engine.ts';
import { readEvent } from './read-event.ts';
import { boundedId, checkPayloads, invalid, requireId, requireTarget } from './validate.ts';

const { UpdateWorkflowExecutionLifecycleStage: Stage } = api.enums.v1;
type Stage = temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
type UpdateRequest = temporal.api.workflowservice.v1.IUpdateWorkflowExecutionRequest;
type UpdateResponse = temporal.api.workflowservice.v1.IUpdateWorkflowExecutionResponse;
type PollRequest = WorkflowMethods['pollWorkflowExecutionUpdate']['request'];
type PollResponse = temporal.api.workflowservice.v1.IPollWorkflowExecutionUpdateResponse;

export async function updateWorkflow(engine: Engine, request: UpdateRequest, call: NamespaceCall): Promise<UpdateResponse> {
  const target = requireTarget(engine, call, request.workflowExecution);
  const admission = toAdmission(engine, request);
  const until = stageOf(request.waitPolicy);
  const key = await engine.history.read(target, ({ derived }) => derived.key);
  const watch = engine.changefeed.watch(key.runId);
  try {
    await engine.history.transact(pin(target, key), (state, env) => decideAdmitUpdate(state, admission, env));
    return await waitForUpdate(engine, { key, updateId: admission.updateId, until, watch, call });
  } finally {
    watch.close();
  }
}

/** The wait and the update are about the same run, whichever becomes the current one meanwhile. */
const pin = (target: Target, { runId }: RunKey): Target => ({ ...target, runId });

export function toAdmission(engine: Engine, { request, firstExecutionRunId }: UpdateRequest): UpdateAdmission {
  if (!request) throw invalid('Request is not set on request.');
  if (!request.input) throw invalid('Request.Input is not set on request.');
  requireId(engine, 'Request.Input.Name', request.input.name);
  const updateId = boundedId(engine, 'UpdateId', request.meta?.updateId) || engine.random.uuid();
  // Refused here: once a worker repeated arguments that are too large in its acceptance, the run itself would have to end.
  checkPayloads(engine, request.input.args);
  return {
    updateId,
    request: { ...request, meta: { updateId, identity: request.meta?.identity ?? '' } },
    firstExecutionRunId: firstExecutionRunId ?? '',
  };
}

export function stageOf(policy: temporal.api.update.v1.IWaitPolicy | null | undefined): Stage {
  const stage = policy?.lifecycleStage || Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED;
  if (stage === Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED) {
    throw new EngineError('permission-denied', 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED is not supported by this server');
  }
  return stage;
}

export async function pollUpdate(engine: Engine, request: PollRequest, call: NamespaceCall): Promise<PollResponse> {
  const updateId = requireId(engine, 'UpdateRef.UpdateId', request.updateRef?.updateId);
  const target = requireTarget(engine, call, request.updateRef?.workflowExecution);
  const key = await engine.history.read(target, ({ derived }) => derived.key);
  const watch = engine.changefeed.watch(key.runId);
  try {
    const known = await statusIn(engine, key, updateId);
    if (known.stage === 'unknown' || known.stage === 'refused') throw new EngineError('not-found', `update "${updateId}" not found`);
    const until = request.waitPolicy?.lifecycleStage ?? Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_UNSPECIFIED;
    return await waitForUpdate(engine, { key, updateId, until, watch, call });
  } finally {
    watch.close();
  }
}

const statusIn = (engine: Engine, key: RunKey, updateId: string): Promise<UpdateStatus> =>
  engine.history.read({ workflow: key, runId: key.runId }, (state) => statusOfUpdate(state, updateId));

export interface UpdateWait {
  readonly key: RunKey;
  readonly updateId: string;
  /** Answers as soon as the update is at least here. */
  readonly until: Stage;
  readonly watch: Watch;
  readonly call: NamespaceCall;
}

/** Answers with the stage that was reached when the wait is over; the caller polls on from there. */
export async function waitForUpdate(engine: Engine, wait: UpdateWait): Promise<UpdateResponse> {
  const deadline = waitUntil(engine, wait.call);
  for (;;) {
    const status = await statusIn(engine, wait.key, wait.updateId);
    const reached = await responseTo(engine, wait, status);
    if ((reached.stage ?? 0) >= wait.until) return reached;
    if (!(await wait.watch.next({ deadline, signal: wait.call.signal }))) return reached;
  }
}

async function responseTo(engine: Engine, { key, updateId }: UpdateWait, status: UpdateStatus): Promise<UpdateResponse> {
  const updateRef = { workflowExecution: { workflowId: key.workflowId, runId: key.runId }, updateId };
  const completed = (outcome: temporal.api.update.v1.IOutcome): UpdateResponse => ({
    updateRef,
    outcome,
    stage: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED,
  });
  switch (status.stage) {
    case 'admitted':
      return { updateRef, stage: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED };
    case 'accepted':
      return { updateRef, stage: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED };
    case 'completed': {
      const event = await readEvent(engine, key, status.eventId);
      return completed(event.workflowExecutionUpdateCompletedEventAttributes?.outcome ?? {});
    }
    case 'refused':
      if (status.refusal.kind === 'rejected') return completed({ failure: status.refusal.failure });
      throw new EngineError('workflow-not-ready', 'Unable to perform workflow execution update due to unexpected workflow task failure.');
    case 'aborted':
      if (status.wasAccepted) return completed({ failure: acceptedUpdateFailure });
      // The run that follows may take it: clients send it again.
      throw status.isFollowed ? closing() : new EngineError('not-found', 'workflow update was aborted by closing workflow');
    case 'unknown': {
      const isOver = await engine.history.read({ workflow: key, runId: key.runId }, ({ derived }) => derived.closedAt !== undefined);
      throw isOver ? alreadyCompleted() : new EngineError('unavailable', 'workflow update was aborted');
    }
  }
}
