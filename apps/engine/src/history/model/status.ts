/** A run's status as people are told it. */
import { api } from '@tidemark/protocol/api';
import type { RunState } from './state.ts';
import { isPaused } from './state.ts';

const { WORKFLOW_EXECUTION_STATUS_PAUSED: PAUSED } = api.enums.v1.WorkflowExecutionStatus;

/** Number of WorkflowExecutionStatus. History alone does not say that a run is paused: the word may wait for a workflow task to end. */
export const statusOf = (state: RunState): number => (isPaused(state) ? PAUSED : state.derived.status);
