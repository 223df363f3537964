/** The ends a run meets from outside: its task in flight is failed first, what waited is written, then the closing event. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { Step } from './step.ts';
import { forceCloseWorkflowTask } from './workflow-task.ts';

const { RetryState } = api.enums.v1;

export interface Termination {
  readonly reason: string;
  readonly identity: string;
  readonly details?: temporal.api.common.v1.IPayloads;
  readonly links?: readonly temporal.api.common.v1.ILink[];
}

export function terminate(step: Step, { reason, identity, details, links }: Termination): void {
  forceCloseWorkflowTask(step);
  step.flush();
  step.write({
    name: 'workflowExecutionTerminated',
    attributes: { reason, identity, ...(details ? { details } : {}) },
    ...(links ? { links } : {}),
  });
}

/** The deadline of the whole chain: nothing follows. */
export function timeOutExecution(step: Step): void {
  forceCloseWorkflowTask(step);
  step.flush();
  step.write({ name: 'workflowExecutionTimedOut', attributes: { retryState: RetryState.RETRY_STATE_TIMEOUT } });
}
