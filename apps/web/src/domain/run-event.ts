/** What the views need of a history event and of a run's pending work: rows of the api under the views' own names. */
import type { EventRow, FailureRow } from '@tidemark/engine/api/model/event-row';

export type { ActivityOptions, PendingActivity } from '@tidemark/engine/api/model/pending-activity';
export type RunEvent = EventRow;
export type RunFailure = FailureRow;

export interface PendingTask {
  readonly state: string;
  readonly attempt: number;
  readonly scheduledAt: number | null;
  readonly startedAt: number | null;
}
