/** The last actions of a schedule as a row of cells, with the times between them at which no run was started. */
import type { RunStatus, StatusLook } from './status.ts';
import { isRunStatus, runLook } from './status.ts';

export interface StripAction {
  readonly scheduledAt: number;
  readonly startedAt: number;
  readonly workflowId: string;
  readonly runId: string;
  readonly status: string;
}

export type StripCell =
  | { readonly kind: 'run'; readonly at: number; readonly action: StripAction; readonly lateMs: number }
  | { readonly kind: 'skipped'; readonly at: number };

/** A run that starts so much after its time, jitter aside, was late. */
const LATE_MS = 5_000;
/** A time that has just come may still be in work. */
const SETTLED_MS = 10_000;
/** Times of the spec may be named to the second. */
const SAME_MS = 1_000;

export interface StripOptions {
  /** Oldest first. */
  readonly recent: readonly StripAction[];
  /** The spec's times between two moments, without jitter. */
  readonly times: (from: number, until: number, max: number) => readonly number[];
  /** What came before is not held against the spec: it was another one. */
  readonly since: number;
  readonly jitterMs: number;
  readonly now: number;
  readonly cellsMax: number;
}

/** The newest last. Nothing is called skipped before the oldest action that is known, nor while the spec was another. */
export function stripCells({ recent, times, since, jitterMs, now, cellsMax }: StripOptions): StripCell[] {
  const runs = recent.map(
    (action): StripCell => ({
      kind: 'run',
      at: action.scheduledAt,
      action,
      lateMs: lateness(action.startedAt - action.scheduledAt, jitterMs),
    }),
  );
  const oldest = recent[0]?.scheduledAt;
  if (oldest === undefined) return runs;
  const from = Math.max(oldest, since);
  const hasRun = (at: number) => recent.some(({ scheduledAt }) => scheduledAt >= at - SAME_MS && scheduledAt <= at + jitterMs + SAME_MS);
  const skipped = times(from, now - SETTLED_MS - jitterMs, 200)
    .filter((at) => !hasRun(at))
    .map((at): StripCell => ({ kind: 'skipped', at }));
  return [...runs, ...skipped].sort((a, b) => a.at - b.at).slice(-cellsMax);
}

const lateness = (behindMs: number, jitterMs: number): number => (behindMs > LATE_MS + jitterMs ? behindMs : 0);

/** Servers that do not follow their runs say nothing about their end: those were started, and that is all that is known. */
const STARTED: StatusLook = { tone: 'scheduled', glyph: 'completed', word: 'Started', isCalm: true };
const SKIPPED: StatusLook = { tone: 'wait', glyph: 'canceled', word: 'No run', isCalm: true };

export function cellLook(cell: StripCell | ActionLine): StatusLook {
  if (cell.kind === 'skipped') return SKIPPED;
  const { status } = cell.action;
  return isRunStatus(status) ? runLook(status satisfies RunStatus) : STARTED;
}

export type ActionLine =
  | Extract<StripCell, { kind: 'run' }>
  | { readonly kind: 'skipped' /** The first of them. */; readonly at: number; readonly until: number; readonly count: number };

/** The cells as lines of a table, the newest first: times without a run that follow each other are one line. */
export function actionLines(cells: readonly StripCell[]): ActionLine[] {
  const lines: ActionLine[] = [];
  for (const cell of cells) {
    const last = lines.at(-1);
    if (cell.kind === 'run') lines.push(cell);
    else if (last?.kind === 'skipped') lines[lines.length - 1] = { ...last, until: cell.at, count: last.count + 1 };
    else lines.push({ kind: 'skipped', at: cell.at, until: cell.at, count: 1 });
  }
  return lines.reverse();
}
