/** Batch jobs: what they do, how they are, how fast they go. */
import type { StatusLook } from './status.ts';

const STATES: Readonly<Record<string, StatusLook>> = {
  Running: { tone: 'running', glyph: 'running', word: 'Running', isCalm: true },
  Completed: { tone: 'completed', glyph: 'completed', word: 'Done', isCalm: true },
  Failed: { tone: 'failed', glyph: 'failed', word: 'Ended early', isCalm: false },
};
const UNKNOWN: StatusLook = { tone: 'scheduled', glyph: 'scheduled', word: 'Unknown', isCalm: true };

export const batchLook = (state: string): StatusLook => STATES[state] ?? UNKNOWN;

const OPERATIONS: Readonly<Record<string, string>> = {
  Terminate: 'Terminate',
  Cancel: 'Cancel',
  Signal: 'Signal',
  Delete: 'Delete',
  Reset: 'Reset',
  UpdateExecutionOptions: 'Update options',
  UnpauseActivity: 'Unpause activities',
  UpdateActivityOptions: 'Update activity options',
  ResetActivity: 'Reset activities',
};
/** Some servers do not say what a job does. */
export const operationWord = (type: string): string => OPERATIONS[type] ?? type;

export interface BatchProgress {
  readonly total: number;
  readonly complete: number;
  readonly failed: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly closedAt: number | null;
}

export interface BatchPace {
  /** Of one. */
  readonly done: number;
  /** Runs per second since the job began; undefined before there is anything to divide. */
  readonly perSecond: number | undefined;
  /** Milliseconds until the rest is done at this pace; undefined when it has ended or has not got anywhere. */
  readonly leftMs: number | undefined;
}

export function paceOf({ total, complete, failed, startedAt, closedAt }: BatchProgress, now: number): BatchPace {
  const reached = complete + failed;
  const seconds = ((closedAt ?? now) - startedAt) / 1000;
  const perSecond = reached > 0 && seconds > 0 ? reached / seconds : undefined;
  return {
    done: total === 0 ? 0 : Math.min(1, reached / total),
    perSecond,
    leftMs: closedAt === null && perSecond !== undefined ? ((total - reached) / perSecond) * 1000 : undefined,
  };
}
