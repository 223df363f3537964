/** What a replay found out, as JSON. */
import type { CommandKind, JobKind } from '../workflow/commands.ts';
import type { DivergenceKind } from './nondeterminism.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface ReplayReport {
  readonly format: 'replay-report/1';
  readonly verdict: 'ok' | 'nondeterminism' | 'task-failure' | 'invalid-history';
  /** One sentence. */
  readonly summary: string;
  readonly execution: {
    readonly namespace: string;
    readonly workflowId: string;
    readonly runId: string;
    readonly workflowType: string;
    readonly status?: string;
  };
  readonly code: {
    readonly bundleHash: string;
    readonly buildId?: string;
    readonly sdk: { readonly name: string; readonly version: string };
  };
  readonly history: { readonly source: 'server' | 'file'; readonly events: number };
  readonly tasks: { readonly total: number; readonly matched: number; readonly failedIndex?: number };
  readonly divergence?: Divergence;
  readonly lanes: readonly TaskLane[];
  /** What the code was waiting for where the replay ended; absent in reports of older workers. */
  readonly waits?: readonly WaitSide[];
  /** The conditions it was waiting for there. */
  readonly conditions?: readonly ConditionSide[];
  readonly hints: readonly Hint[];
  readonly error?: { readonly type: string; readonly message: string; readonly stack: readonly SourceFrame[] };
  readonly truncated?: { readonly omittedTasks: number; readonly omittedFields: number };
}

export interface WaitSide {
  readonly kind: 'activity' | 'timer' | 'child' | 'externalSignal' | 'externalCancel';
  /** The event that began it. */
  readonly eventId: number;
  /** The activity's or child's type, the signal's name; empty for a timer. */
  readonly name: string;
  /** Where the code asked for it. */
  readonly at?: SourceFrame;
}

/** A wait that history does not tell of. */
export interface ConditionSide {
  /** What its author called it, or its text: `this.approved`. */
  readonly label: string;
  readonly at?: SourceFrame;
}

export interface LogSide {
  readonly level: string;
  readonly message: string;
  /** As JSON; absent for none. */
  readonly attributes?: string;
  readonly at?: SourceFrame;
}

export interface Divergence {
  readonly kind: DivergenceKind;
  readonly taskIndex: number;
  /** What history holds. */
  readonly expected?: EventSide;
  /** What the code produced. */
  readonly actual?: CommandSide;
  readonly fields: readonly FieldDiff[];
  readonly code: 'TMPRL1100';
}

export interface TaskLane {
  /** Counted from 1. */
  readonly index: number;
  readonly startedEventId: number;
  /** Workflow time, ISO 8601. */
  readonly time: string;
  /** What woke the code. */
  readonly jobs: readonly { readonly kind: JobKind | 'event'; readonly label: string; readonly eventId?: number }[];
  readonly rows: readonly LaneRow[];
  /** What the code wrote in this task; the first of many. Absent for nothing and in reports of older workers. */
  readonly logs?: readonly LogSide[];
  /** What it waited for at the end of the task, beside the operations that history tells of. */
  readonly conditions?: readonly ConditionSide[];
}

export interface LaneRow {
  /** `skipped`: not compared, because the history ends here or the replay stopped before. */
  readonly status: 'same' | 'missing' | 'extra' | 'changed' | 'moved' | 'skipped';
  readonly event?: EventSide;
  readonly command?: CommandSide;
  readonly fields?: readonly FieldDiff[];
  /** The row of the same task at which the equal element stands. */
  readonly movedFrom?: number;
}

export interface EventSide {
  readonly eventId: number;
  readonly type: string;
  readonly label: string;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly wouldBe: CommandKind | 'unknown';
}

export interface CommandSide {
  readonly index: number;
  readonly kind: CommandKind;
  readonly label: string;
  readonly attributes: Readonly<Record<string, Json>>;
  /** Where the code asked for it, innermost first. */
  readonly stack: readonly SourceFrame[];
  readonly summary?: string;
}

export interface SourceFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly fn?: string;
  readonly async?: boolean;
  readonly snippet?: { readonly firstLine: number; readonly lines: readonly string[]; readonly mark: number };
}

export interface FieldDiff {
  readonly path: string;
  readonly expected: Json;
  readonly actual: Json;
  readonly matters: boolean;
}

export interface Hint {
  readonly kind: 'use-patch' | 'reorder' | 'rename' | 'random-or-time' | 'unknown-type';
  readonly text: string;
  readonly code?: string;
  readonly at?: SourceFrame;
}
