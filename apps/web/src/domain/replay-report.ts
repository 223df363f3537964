/** The report of a replay as the console shows it. Its shape is the SDK's; workers write it, the console reads it. */
import type { CommandSide, EventSide, LaneRow, ReplayReport, SourceFrame, TaskLane } from '@tidemark/sdk/replay';
import { formatDuration } from '../lib/duration.ts';

export type {
  CommandSide,
  ConditionSide,
  EventSide,
  LaneRow,
  LogSide,
  ReplayReport,
  SourceFrame,
  TaskLane,
} from '@tidemark/sdk/replay';

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
      /** What the code wrote in them. */
      readonly lines: number;
      readonly lanes: readonly TaskLane[];
    }
  | { readonly kind: 'lane'; readonly lane: TaskLane; readonly reach: Reach }
  | { readonly kind: 'unseen'; readonly from: number; readonly to: number };

/** How far the replay came in a task. */
export type Reach = 'replayed' | 'stopped' | 'not-reached';

/** The workflow task at which the replay stopped. */
export const stoppedAt = (report: ReplayReport): number | undefined => report.divergence?.taskIndex ?? report.tasks.failedIndex;

const isSame = (lane: TaskLane): boolean => lane.rows.every((row) => row.status === 'same');

function reachOf(lane: TaskLane, stopped: number | undefined): Reach {
  if (stopped === undefined || lane.index < stopped) return 'replayed';
  return lane.index === stopped ? 'stopped' : 'not-reached';
}

/** Identical tasks folded, the first divergence and its neighbours open, and nothing guessed past it. */
export function replaySections(report: ReplayReport, context = 1): ReplaySection[] {
  const stopped = stoppedAt(report);
  const sections: ReplaySection[] = [];
  let run: TaskLane[] = [];
  const flush = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first && last)
      sections.push({
        kind: 'same',
        first,
        last,
        lanes: run,
        commands: run.reduce((sum, { rows }) => sum + rows.length, 0),
        lines: run.reduce((sum, { logs }) => sum + (logs?.length ?? 0), 0),
      });
    run = [];
  };
  for (const lane of report.lanes) {
    const reach = reachOf(lane, stopped);
    const isNear = stopped !== undefined && lane.index >= stopped - context;
    if (isSame(lane) && !isNear) run.push(lane);
    else {
      flush();
      sections.push({ kind: 'lane', lane: reach === 'stopped' ? { ...lane, rows: pairFirst(lane.rows) } : lane, reach });
    }
  }
  flush();
  const lastShown = report.lanes.at(-1)?.index ?? 0;
  const firstShown = report.lanes[0]?.index ?? 1;
  if (firstShown > 1) sections.unshift({ kind: 'unseen', from: 1, to: firstShown - 1 });
  if (lastShown < report.tasks.total) sections.push({ kind: 'unseen', from: lastShown + 1, to: report.tasks.total });
  return sections;
}

/** A row at which history and code part. */
export const isHard = (row: LaneRow): boolean =>
  row.status === 'missing' || row.status === 'extra' || (row.status === 'changed' && (row.fields ?? []).some((field) => field.matters));

/** Puts what history holds and what the code did instead into one row, so that the eye finds both where they part. */
function pairFirst(rows: readonly LaneRow[]): readonly LaneRow[] {
  const at = rows.findIndex(isHard);
  const [row, next] = [rows[at], rows[at + 1]];
  if (row?.event === undefined || row.command !== undefined || next?.command === undefined || next.event !== undefined) return rows;
  return rows.toSpliced(at, 2, { ...row, command: next.command });
}

const NAMES = ['activityType', 'workflowType', 'patch', 'signal', 'name'] as const;

/** What a side is called, short: its icon says the kind. Its label is the whole sentence. */
export function sideName({ label, attributes }: Pick<EventSide | CommandSide, 'label' | 'attributes'>): string {
  const name = NAMES.map((key) => attributes[key]).find((value) => typeof value === 'string' && value !== '');
  if (typeof name === 'string') return name;
  const { ms } = attributes;
  return typeof ms === 'number' ? `timer ${formatDuration(ms)}` : label;
}

/** The report's sentence without the number of the task, which the console says before it. */
export function divergenceSentence({ summary }: Pick<ReplayReport, 'summary'>): string {
  const rest = summary.replace(/^Task \d+ \(event \d+\): /, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

export function countRows(report: ReplayReport): { diverged: number; drift: number } {
  const rows = report.lanes.flatMap((lane) => lane.rows);
  return {
    diverged: report.verdict === 'nondeterminism' ? 1 : 0,
    drift: rows.filter((row) => row.status === 'changed' && !isHard(row)).length,
  };
}

/** The frame to show: the one with source, nearest to the author's code. */
export const bestFrame = (stack: readonly SourceFrame[] | undefined): SourceFrame | undefined =>
  stack?.find((frame) => frame.snippet !== undefined) ?? stack?.[0];

/** `order.ts:86`. */
export const framePlace = (frame: SourceFrame | undefined): string => (frame ? `${frame.file.split('/').at(-1)}:${frame.line}` : '');
