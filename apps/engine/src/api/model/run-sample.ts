import type { EventRow } from './event-row.ts';

/** A closed run whose steps were read. */
export interface SampledRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly closedAt: number;
  /** What opened, began and ended its steps, and its own end; where it was asked for, its start and its workflow tasks too. Without payloads, workers and the text of failures. */
  readonly rows: readonly EventRow[];
}

/** The newest closed runs of a question, as far as their histories were read. */
export interface RunSample {
  readonly runs: readonly SampledRun[];
  /** Passed over: their histories are longer than is read for this. */
  readonly tooLong: number;
  /** Not read before the time or the room was over. */
  readonly unread: number;
  /** There are older ones too. */
  readonly hasMore: boolean;
}
