/** Why the first workflow task of a run is held back, as its started event says. */
import type { temporal } from '@tidemark/protocol/types';
import type { RunInside } from './run-facts.ts';

type Started = temporal.api.history.v1.IWorkflowExecutionStartedEventAttributes;
/** Numbers of ContinueAsNewInitiator. */
const INITIATOR = { retry: 2, cron: 3 } as const;

export function firstTaskOf(started: Started, at: number): NonNullable<RunInside['firstTask']> {
  const { initiator, attempt, cronSchedule, continuedExecutionRunId } = started;
  const failure = started.continuedFailure?.message ?? '';
  const said = failure === '' ? {} : { failure };
  if (initiator === INITIATOR.retry || (attempt ?? 1) > 1) return { at, cause: 'retry', ...said };
  if (initiator === INITIATOR.cron || cronSchedule) return { at, cause: 'cron', ...said };
  return { at, cause: continuedExecutionRunId ? 'continued' : 'delay' };
}
