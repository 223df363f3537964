/** What a diagnosis answers: a reason, in pieces that a page formats by its own clock and time zone. */

/** Moments are milliseconds since the epoch: `since` is shown as the time that passed, `until` as the time that is left, `at` as a clock. */
export type Phrase =
  | string
  | { readonly strong: string }
  | { readonly since: number }
  | { readonly until: number }
  | { readonly at: number };

/**
 * - `stuck`: nothing moves until somebody does something
 * - `slow`: it goes on, later than it should
 * - `waiting`: as it was written
 */
export type Severity = 'stuck' | 'slow' | 'waiting';

export type WhyCode =
  | 'namespace-deleted'
  | 'namespace-deprecated'
  | 'run-paused'
  | 'start-delayed'
  | 'cron-wait'
  | 'retry-wait'
  | 'continue-wait'
  | 'run-expiring'
  | 'cancel-ignored'
  | 'problems-reported'
  | 'task-failing'
  | 'task-type-missing'
  | 'task-running'
  | 'task-long'
  | 'task-sticky-gone'
  | 'task-unpolled'
  | 'task-close-name'
  | 'task-version-unpolled'
  | 'task-unrouted'
  | 'task-slots-full'
  | 'task-backlog'
  | 'task-waiting'
  | 'activity-paused'
  | 'activity-backoff'
  | 'activity-type-missing'
  | 'activity-running'
  | 'activity-silent'
  | 'activity-unwatched'
  | 'activity-canceling'
  | 'activity-expiring'
  | 'activity-start-expiring'
  | 'activity-unpolled'
  | 'activity-close-name'
  | 'activity-version-unpolled'
  | 'activity-unrouted'
  | 'activity-slots-full'
  | 'activity-queue-stopped'
  | 'activity-queue-slow'
  | 'activity-backlog'
  | 'activity-waiting'
  | 'update-admitted'
  | 'update-accepted'
  | 'timer'
  | 'child'
  | 'child-starting'
  | 'external-signal'
  | 'external-cancel'
  | 'message';

/** What a person can do about it. Each is a command or a page that exists. */
export type WhyAction =
  | { readonly kind: 'queue'; readonly queue: string }
  | { readonly kind: 'workers' }
  | { readonly kind: 'event'; readonly eventId: number }
  | { readonly kind: 'run'; readonly workflowId: string; readonly runId: string }
  | { readonly kind: 'replay' }
  | { readonly kind: 'retry'; readonly activityId: string }
  | { readonly kind: 'unpause'; readonly activityId: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'deployment'; readonly deployment: string }
  /** Out of the version it is pinned to; `build` is the one that new work goes to, empty where there is none. */
  | { readonly kind: 'move'; readonly deployment: string; readonly from: string; readonly build: string }
  | { readonly kind: 'signal' }
  | { readonly kind: 'terminate' };

export interface Evidence {
  readonly name: string;
  readonly value: readonly Phrase[];
}

export interface Finding {
  readonly code: WhyCode;
  readonly severity: Severity;
  readonly sentence: readonly Phrase[];
  /** The same for a cell of a table. */
  readonly short: readonly Phrase[];
  readonly evidence: readonly Evidence[];
  /** The most useful one first. */
  readonly actions: readonly WhyAction[];
  readonly since: number | undefined;
}

export const strong = (text: string): Phrase => ({ strong: text });

const TEXT_MAX = 240;
/** The first line of what somebody else wrote, cut between words where it becomes long. */
export function firstLineOf(text: string, max = TEXT_MAX): string {
  const [line = ''] = text.trim().split('\n', 1);
  if (line.length <= max) return line;
  const cut = line.slice(0, max - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > max / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.]+$/, '')}…`;
}

const CLAUSE_MIN = 8;
/** What it says before it goes into particulars, where the whole is too long: `502 Bad Gateway` of `502 Bad Gateway: POST https://…`. */
export function gistOf(text: string, max: number): string {
  const line = firstLineOf(text);
  const [clause = ''] = line.split(/[:;] /, 1);
  return line.length > max && clause.length >= CLAUSE_MIN && clause.length <= max ? clause : firstLineOf(line, max);
}
