/** A run that people hold: what comes in is recorded, and no worker gets anything to do until it goes on. */
import { api } from '@tidemark/protocol/api';
import { EngineError } from '../../../kernel/engine-error.ts';
import type { Decision, Env } from '../decision.ts';
import { rejected, unchanged } from '../decision.ts';
import { alreadyCompleted } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';
import { failWorkflowTask } from '../workflow-task.ts';

const { WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_PAUSE_REQUESTED_BEFORE_TASK_STARTED: PAUSE_REQUESTED } = api.enums.v1.WorkflowTaskFailedCause;

export interface PauseRequest {
  readonly identity: string;
  readonly reason: string;
  readonly requestId: string;
}

/** A worker that has a task may still finish it; a task that nobody took is withdrawn. */
export function decidePause(state: RunState, request: PauseRequest, env: Env): Decision<undefined> {
  if (!isOpen(state)) return rejected(alreadyCompleted());
  const { pause } = state.volatile;
  if (pause !== undefined) {
    return pause.requestId === request.requestId
      ? unchanged(undefined)
      : rejected(new EngineError('failed-precondition', 'workflow is already paused.'));
  }
  const step = Step.on(state, env);
  if (step.volatile.workflowTask?.startedEventId === 0) failWorkflowTask(step, { cause: PAUSE_REQUESTED, identity: request.identity });
  step.note({ type: 'runPaused', pause: { ...request, at: env.now } });
  step.add({ name: 'workflowExecutionPaused', attributes: request, workerMayIgnore: true });
  return step.decide(undefined);
}

/** Goes on with one task that shows all that came in, and hands out the activities that waited. */
export function decideUnpause(state: RunState, request: PauseRequest, env: Env): Decision<undefined> {
  if (!isOpen(state)) return rejected(alreadyCompleted());
  if (state.volatile.pause === undefined) return rejected(new EngineError('failed-precondition', 'workflow is not paused.'));
  const step = Step.on(state, env);
  step.note({ type: 'runPaused', pause: undefined });
  step.add({ name: 'workflowExecutionUnpaused', attributes: request, workerMayIgnore: true });
  if (step.volatile.firstTaskAt === undefined) step.wakeUp();
  return step.decide(undefined);
}
