/** What our engine keeps of attempts beside history: with failures of the protocol inside the server, as rows beyond it. Moments are milliseconds since the epoch. */
import type { temporal } from '@tidemark/protocol/types';

type IFailure = temporal.api.failure.v1.IFailure;

export interface AttemptFacts {
  /** Among all attempts of the row, from 1; what its worker was told is `number`, which begins again at 1 after a reset. */
  readonly ordinal: number;
  readonly number: number;
  readonly scheduledAt: number;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly heartbeatAt?: number | undefined;
  /** When the attempt after it is, or was, to be handed out. */
  readonly retryAt?: number | undefined;
  readonly worker: string;
  readonly build: string;
  readonly outcome: 'running' | 'failed' | 'completed' | 'canceled';
  /** Of a workflow task. */
  readonly cause: string;
  /** Place in `failures`; -1 when it did not fail. */
  readonly failure: number;
}

/** Failures in a row that are alike; ordinals are inclusive. */
export interface StreakFacts {
  readonly from: number;
  readonly to: number;
  readonly failure: number;
}

/** One activity, or one row of workflow tasks that failed one after the other. */
export interface AttemptsOf<Failure = IFailure> {
  readonly scheduledEventId: number;
  /** Of a row of workflow tasks the scheduling of the latest; of an activity its own. */
  readonly lastEventId: number;
  readonly total: number;
  readonly failed: number;
  readonly isOver: boolean;
  /** The first three and the last twenty, oldest first. */
  readonly attempts: readonly AttemptFacts[];
  /** The first three and the last twenty, oldest first. */
  readonly streaks: readonly StreakFacts[];
  readonly streaksTotal: number;
  readonly failures: readonly Failure[];
}

export interface UnwrittenAttempts {
  readonly worker: string;
  readonly build: string;
  readonly activityAttempts: number;
  readonly taskAttempts: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface RunAttempts<Failure = IFailure> {
  readonly activities: readonly AttemptsOf<Failure>[];
  /** Activities that were tried more than once and are too many to be told. */
  readonly activitiesLeftOut: number;
  readonly tasks: readonly AttemptsOf<Failure>[];
  /** By worker: what history does not say. */
  readonly unwritten: readonly UnwrittenAttempts[];
}
