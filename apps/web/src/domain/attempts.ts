/** Attempts of activities and of workflow tasks, as the engine keeps them beside history. */
import type { AttemptFacts, AttemptsOf, RunAttempts as RunAttemptsOf, StreakFacts } from '@tidemark/engine/api/model/run-attempts';
import type { RunFailure } from './run-event.ts';

export type { UnwrittenAttempts } from '@tidemark/engine/api/model/run-attempts';
export type Attempt = AttemptFacts;
export type Streak = StreakFacts;
export type Attempts = AttemptsOf<RunFailure>;
export type RunAttempts = RunAttemptsOf<RunFailure>;

export interface AttemptIndex {
  readonly ofActivity: (scheduledEventId: number) => Attempts | undefined;
  /** The row of failed tasks that the task with this scheduled event belongs to. */
  readonly ofTask: (scheduledEventId: number) => Attempts | undefined;
}

export function indexAttempts(run: RunAttempts | null | undefined): AttemptIndex {
  const byActivity = new Map((run?.activities ?? []).map((one) => [one.scheduledEventId, one]));
  const tasks = run?.tasks ?? [];
  return {
    ofActivity: (id) => byActivity.get(id),
    ofTask: (id) => tasks.find((row) => id >= row.scheduledEventId && id <= row.lastEventId),
  };
}

export const NO_ATTEMPTS: AttemptIndex = indexAttempts(undefined);

/** One line of the list of attempts. */
export type AttemptLine =
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  /** Older ones of the same failure; with `isOpen` their attempts follow. */
  | { readonly kind: 'alike'; readonly streak: Streak; readonly count: number; readonly isOpen: boolean }
  /** Attempts that are not kept one by one. */
  | { readonly kind: 'gap'; readonly from: number; readonly to: number };

/** So many more of one failure stand behind one line. */
const ALIKE_MIN = 2;

/** Newest first: of each row of like failures the newest one, and the others behind a line that opens. */
export function attemptLines(of: Attempts, opened: ReadonlySet<number>): readonly AttemptLine[] {
  const lines: AttemptLine[] = [];
  const streakOf = (ordinal: number) => of.streaks.find((one) => ordinal >= one.from && ordinal <= one.to);
  let previous: number | undefined;
  let hiddenTo: Streak | undefined;
  for (const attempt of of.attempts.toReversed()) {
    const streak = attempt.outcome === 'failed' ? streakOf(attempt.ordinal) : undefined;
    const isHidden = hiddenTo !== undefined && streak === hiddenTo;
    if (previous !== undefined && attempt.ordinal < previous - 1 && !isHidden)
      lines.push({ kind: 'gap', from: attempt.ordinal + 1, to: previous - 1 });
    previous = attempt.ordinal;
    if (isHidden) continue;
    hiddenTo = undefined;
    lines.push({ kind: 'attempt', attempt });
    const older = streak === undefined || attempt.ordinal !== streak.to ? 0 : streak.to - streak.from;
    if (streak === undefined || older < ALIKE_MIN) continue;
    const isOpen = opened.has(streak.from);
    lines.push({ kind: 'alike', streak, count: older, isOpen });
    if (!isOpen) hiddenTo = streak;
  }
  return lines;
}

/** What an attempt failed of, and the failure it took the place of. */
export interface Change {
  readonly streak: Streak;
  readonly before: { readonly streak: Streak; readonly failure: RunFailure } | undefined;
}

export function changeAt(of: Attempts, ordinal: number): Change | undefined {
  const at = of.streaks.findIndex((one) => ordinal >= one.from && ordinal <= one.to);
  const streak = of.streaks[at];
  if (streak === undefined) return undefined;
  const before = of.streaks[at - 1];
  const failure = before === undefined ? undefined : of.failures[before.failure];
  return { streak, before: before && failure ? { streak: before, failure } : undefined };
}
