import type { Command } from '../workflow/commands.ts';
import type { HistoryEvent } from './events.ts';

export type DivergenceKind =
  | 'missing-command'
  | 'extra-command'
  | 'different-kind'
  | 'different-identity'
  | 'different-attribute'
  | 'moved'
  | 'patch-missing'
  | 'patch-unexpected'
  | 'orphan-resolution'
  | 'different-ending'
  | 'update-not-handled'
  | 'local-activity-outcome';

export interface Mismatch {
  readonly kind: DivergenceKind;
  /** Counted from 1: the task whose commands do not fit. */
  readonly taskIndex: number;
  readonly event?: HistoryEvent;
  readonly command?: Command;
}

/** History and code part. Carries what was found; the report puts it into words. */
export class NondeterminismError extends Error {
  override readonly name = 'NondeterminismError';
  constructor(readonly mismatch: Mismatch) {
    super(`history and code part at task ${mismatch.taskIndex}: ${mismatch.kind}`);
  }
}

/** The events themselves are not a history: a gap, or something no SDK of this version can know. */
export class InvalidHistoryError extends Error {
  override readonly name = 'InvalidHistoryError';
}
