/** Rows of the history page, with the gutter that ties the events of one operation together. */
import type { Group, RunGroups, WorkflowTask } from './event-groups.ts';
import type { RunEvent } from './run-event.ts';
import type { Tone } from './status.ts';
import { groupLook } from './status.ts';

export interface GutterLine {
  readonly lane: number;
  readonly part: 'through' | 'begin' | 'end';
  readonly isPending: boolean;
  readonly groupId: number;
}
export interface Gutter {
  readonly lines: readonly GutterLine[];
  readonly dot: { readonly lane: number; readonly tone: Tone; readonly isHollow: boolean; readonly groupId: number } | undefined;
}

interface Common {
  readonly key: string;
  readonly gutter: Gutter;
}
export type HistoryRow =
  | (Common & {
      readonly kind: 'event';
      readonly event: RunEvent;
      readonly group: Group | undefined;
      readonly previousAt: number | undefined;
    })
  | (Common & {
      readonly kind: 'task';
      readonly task: WorkflowTask;
      readonly first: RunEvent;
      readonly last: RunEvent;
      readonly previousAt: number | undefined;
    })
  | (Common & { readonly kind: 'pending'; readonly group: Group });

export interface HistoryOptions {
  readonly mode: 'groups' | 'events';
  readonly newestFirst: boolean;
  readonly accepts?: (event: RunEvent, group: Group | undefined) => boolean;
}

/** Wider than this the gutter would push the table away; further operations share the last lane. */
const LANES_MAX = 6;

type WithoutGutter<Row> = Row extends HistoryRow ? Omit<Row, 'gutter'> & { readonly groupId: number | undefined } : never;
type Bare = WithoutGutter<HistoryRow>;

export function historyRows(
  events: readonly RunEvent[],
  run: RunGroups,
  { mode, newestFirst, accepts = () => true }: HistoryOptions,
): HistoryRow[] {
  const rows: Bare[] = [];
  for (const [index, event] of events.entries()) {
    const group = run.byEvent.get(event.id);
    const previousAt = events[index - 1]?.at;
    if (!accepts(event, group)) continue;
    const task = mode === 'groups' ? run.taskByEvent.get(event.id) : undefined;
    if (task === undefined) {
      rows.push({ kind: 'event', key: `e${event.id}`, event, group, previousAt, groupId: group?.id });
      continue;
    }
    // A task is told once, where it ended or where it stands now.
    if (event.id !== task.eventIds.at(-1)) continue;
    const first = events[(task.eventIds[0] ?? 1) - 1] ?? event;
    rows.push({ kind: 'task', key: `t${task.id}`, task, first, last: event, previousAt, groupId: undefined });
  }
  for (const group of run.groups) {
    const isPending = group.endedAt === undefined && group.status !== 'received';
    const opening = events[group.id - 1];
    if (isPending && opening !== undefined && accepts(opening, group))
      rows.push({ kind: 'pending', key: `p${group.id}`, group, groupId: group.id });
  }
  return withGutter(newestFirst ? rows.reverse() : rows);
}

function withGutter(rows: readonly Bare[]): HistoryRow[] {
  const spans = new Map<number, { from: number; to: number; isPending: boolean }>();
  for (const [index, row] of rows.entries()) {
    if (row.groupId === undefined) continue;
    const span = spans.get(row.groupId) ?? { from: index, to: index, isPending: false };
    span.to = index;
    span.isPending ||= row.kind === 'pending';
    spans.set(row.groupId, span);
  }
  const lanes = assignLanes(spans);
  const open = new Set<number>();
  return rows.map((row, index) => {
    if (row.groupId !== undefined) open.add(row.groupId);
    const lines: GutterLine[] = [];
    for (const id of open) {
      const span = spans.get(id);
      const lane = lanes.get(id);
      if (span === undefined || lane === undefined || span.from === span.to) continue;
      lines.push({
        lane,
        groupId: id,
        isPending: span.isPending,
        part: index === span.from ? 'begin' : index === span.to ? 'end' : 'through',
      });
    }
    for (const id of open) if ((spans.get(id)?.to ?? index) <= index) open.delete(id);
    return { ...row, gutter: { lines, dot: dotOf(row, lanes) } };
  });
}

function dotOf(row: Bare, lanes: ReadonlyMap<number, number>): Gutter['dot'] {
  if (row.groupId === undefined) return undefined;
  const lane = lanes.get(row.groupId) ?? 0;
  if (row.kind === 'pending') return { lane, tone: groupLook(row.group.status).tone, isHollow: true, groupId: row.groupId };
  if (row.kind !== 'event' || row.group === undefined) return undefined;
  const isEnd = row.event.id === row.group.eventIds.at(-1) && row.group.endedAt !== undefined;
  const look = groupLook(row.group.status);
  return { lane, tone: isEnd && !look.isCalm ? look.tone : 'wait', isHollow: false, groupId: row.groupId };
}

function assignLanes(spans: ReadonlyMap<number, { from: number; to: number }>): Map<number, number> {
  const freeAt: number[] = [];
  const lanes = new Map<number, number>();
  for (const [id, span] of Array.from(spans).sort(([, a], [, b]) => a.from - b.from)) {
    let lane = freeAt.findIndex((until) => until < span.from);
    if (lane === -1) lane = freeAt.length < LANES_MAX ? freeAt.length : LANES_MAX - 1;
    freeAt[lane] = Math.max(freeAt[lane] ?? -1, span.to);
    lanes.set(id, lane);
  }
  return lanes;
}

const VERBS: Readonly<Record<string, string>> = {
  WorkflowExecutionSignaled: 'received',
  WorkflowExecutionCancelRequested: 'received',
  MarkerRecorded: 'recorded',
  UpsertWorkflowSearchAttributes: 'set',
  WorkflowPropertiesModified: 'changed',
  WorkflowExecutionContinuedAsNew: 'continued as new',
  ExternalWorkflowExecutionSignaled: 'delivered',
  ExternalWorkflowExecutionCancelRequested: 'delivered',
};

/** `ActivityTaskTimedOut` is `timed out`. */
export function verbOf(type: string): string {
  const known = VERBS[type];
  if (known !== undefined) return known;
  const rest = type.replace(
    /^(ActivityTask|WorkflowTask|Timer|StartChildWorkflowExecution|ChildWorkflowExecution|NexusOperation|SignalExternalWorkflowExecution|RequestCancelExternalWorkflowExecution|WorkflowExecution)/,
    '',
  );
  return rest
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
}
