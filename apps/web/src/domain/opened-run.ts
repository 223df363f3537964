/** A child workflow that is opened beneath its row: what the timeline shows of one of its runs. */
import type { Group } from './event-groups.ts';

interface RunName {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

/** What stands beneath an opened child instead of steps, or after them. */
export interface RowNote {
  /** `reading` ends by itself, `problem` may be tried again, of `more` the rest is on the page of the run. */
  readonly kind: 'reading' | 'problem' | 'more' | 'empty';
  readonly text: string;
  readonly run: RunName;
}

export interface OpenedRun {
  /** Ids as `Places` gives them. */
  readonly steps: readonly Group[];
  /** The runs that went on after the first one of a child, which stand behind its steps. */
  readonly later: readonly Group[];
  /** Milliseconds since the epoch: what has not ended was open then at the latest. */
  readonly readAt: number;
  readonly notes: readonly RowNote[];
  /** The id of the first note; the next ones follow it. */
  readonly noteId: number;
}

/** By the id of the row that was opened. */
export type OpenedRuns = ReadonlyMap<number, OpenedRun>;
export const NONE_OPENED: OpenedRuns = new Map();
