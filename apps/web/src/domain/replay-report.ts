/** The report of a replay: what history holds against what the code produced, per workflow task. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Verdict = 'ok' | 'nondeterminism' | 'task-failure' | 'invalid-history';

export interface SourceFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly fn?: string;
  readonly async?: boolean;
  readonly snippet?: { readonly firstLine: number; readonly lines: readonly string[]; readonly mark: number };
}
export interface EventSide {
  readonly eventId: number;
  readonly type: string;
  readonly label: string;
  readonly attributes?: Readonly<Record<string, Json>>;
  readonly wouldBe?: string;
  readonly recordedAt?: SourceFrame;
}
export interface CommandSide {
  readonly index: number;
  readonly kind: string;
  readonly label: string;
  readonly attributes?: Readonly<Record<string, Json>>;
  readonly stack?: readonly SourceFrame[];
  readonly handler?: string;
  readonly causedBy?: number;
  readonly summary?: string;
}
export interface FieldDiff {
  readonly path: string;
  readonly expected?: Json;
  readonly actual?: Json;
  readonly matters: boolean;
}
export interface LaneRow {
  readonly status: 'same' | 'missing' | 'extra' | 'changed' | 'moved' | 'skipped';
  readonly event?: EventSide;
  readonly command?: CommandSide;
  readonly fields?: readonly FieldDiff[];
  readonly movedFrom?: number;
}
export interface TaskLane {
  readonly index: number;
  readonly startedEventId: number;
  readonly time?: string;
  readonly jobs: readonly { readonly kind: string; readonly label: string; readonly eventId?: number }[];
  readonly rows: readonly LaneRow[];
}
export interface Hint {
  readonly kind: string;
  readonly text: string;
  readonly code?: string;
  readonly at?: SourceFrame;
}
export interface ReplayReport {
  readonly format: 'replay-report/1';
  readonly verdict: Verdict;
  readonly summary: string;
  readonly execution: { readonly workflowId: string; readonly runId: string; readonly workflowType: string };
  readonly code: {
    readonly bundleHash?: string;
    readonly buildId?: string;
    readonly commit?: string;
    readonly sdk?: { readonly name: string; readonly version: string };
  };
  readonly history: {
    readonly events: number;
    readonly recordedBy?: { readonly sdk?: { readonly name: string; readonly version: string }; readonly buildId?: string };
  };
  readonly tasks: { readonly total: number; readonly matched: number; readonly failedIndex?: number };
  readonly divergence?: {
    readonly kind: string;
    readonly taskIndex: number;
    readonly expected?: EventSide;
    readonly actual?: CommandSide;
    readonly fields?: readonly FieldDiff[];
  };
  readonly lanes: readonly TaskLane[];
  readonly hints: readonly Hint[];
  readonly error?: { readonly type: string; readonly message: string; readonly stack?: readonly SourceFrame[] };
  readonly truncated?: { readonly omittedTasks: number; readonly omittedFields: number };
}

/** Workers of other versions may answer otherwise; only a report of this format is drawn. */
export function parseReport(value: unknown): ReplayReport | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const report = value as Partial<ReplayReport>;
  const isReport =
    report.format === 'replay-report/1' &&
    typeof report.verdict === 'string' &&
    Array.isArray(report.lanes) &&
    typeof report.tasks === 'object';
  // Missing lists are read as empty; the rest of the shape is the format's promise.
  return isReport ? { ...(report as ReplayReport), hints: report.hints ?? [] } : undefined;
}

export type ReplaySection =
  | {
      readonly kind: 'same';
      readonly first: TaskLane;
      readonly last: TaskLane;
      readonly commands: number;
      readonly lanes: readonly TaskLane[];
    }
  | { readonly kind: 'lane'; readonly lane: TaskLane; readonly isDiverged: boolean }
  | { readonly kind: 'unseen'; readonly from: number; readonly to: number };

const isSame = (lane: TaskLane): boolean => lane.rows.every((row) => row.status === 'same');

/** Identical tasks folded, the first divergence and its neighbours open, and nothing guessed past it. */
export function replaySections(report: ReplayReport, context = 1): ReplaySection[] {
  const failed = report.divergence?.taskIndex ?? report.tasks.failedIndex;
  const sections: ReplaySection[] = [];
  let run: TaskLane[] = [];
  const flush = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first && last)
      sections.push({ kind: 'same', first, last, lanes: run, commands: run.reduce((sum, lane) => sum + lane.rows.length, 0) });
    run = [];
  };
  for (const lane of report.lanes) {
    const isNear = failed !== undefined && lane.index >= failed - context && lane.index <= failed;
    if (isSame(lane) && !isNear) run.push(lane);
    else {
      flush();
      sections.push({ kind: 'lane', lane, isDiverged: lane.index === failed });
    }
  }
  flush();
  const lastShown = report.lanes.at(-1)?.index ?? 0;
  const firstShown = report.lanes[0]?.index ?? 1;
  if (firstShown > 1) sections.unshift({ kind: 'unseen', from: 1, to: firstShown - 1 });
  if (lastShown < report.tasks.total) sections.push({ kind: 'unseen', from: lastShown + 1, to: report.tasks.total });
  return sections;
}

export function countRows(report: ReplayReport): { diverged: number; drift: number } {
  const rows = report.lanes.flatMap((lane) => lane.rows);
  return {
    diverged: report.verdict === 'nondeterminism' ? 1 : 0,
    drift: rows.filter((row) => row.status === 'changed' && !(row.fields ?? []).some((field) => field.matters)).length,
  };
}

/** The frame to show: the one with source, nearest to the author's code. */
export const bestFrame = (stack: readonly SourceFrame[] | undefined): SourceFrame | undefined =>
  stack?.find((frame) => frame.snippet !== undefined) ?? stack?.[0];
