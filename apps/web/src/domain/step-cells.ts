/** What the rows of a timeline say in numbers, for a table of them. Pure; milliseconds. */
import type { Group } from './event-groups.ts';
import { nextSort } from './row-sort.ts';
import { middle } from './spread.ts';
import type { StatusLook } from './status.ts';
import { groupLook } from './status.ts';
import type { TimelineRow } from './timeline-layout.ts';

export interface StepCells {
  readonly look: StatusLook;
  /** What stands beside the glyph. */
  readonly word: string;
  /** Moment at which it was asked for. */
  readonly openedAt: number;
  /** For a worker, before the first attempt; undefined where nobody is waited for, or history does not say how long. */
  readonly waitedMs: number | undefined;
  /** Undefined for what takes no time, and for what no one has begun. */
  readonly ranMs: number | undefined;
  /** Of several steps: in sum. Undefined for what is never tried again. */
  readonly attempts: number | undefined;
  /** One of them, and how many. */
  readonly worker: string | undefined;
  readonly workers: number;
}

export const STEP_COLUMNS = ['step', 'kind', 'status', 'started', 'waited', 'ran', 'attempts', 'worker'] as const;
export type StepColumn = (typeof STEP_COLUMNS)[number];

const TRIED: ReadonlySet<Group['kind']> = new Set(['activity', 'nexus']);
const RECORDED: ReadonlySet<Group['kind']> = new Set(['marker', 'attr']);
/** Nobody works at it: it waits for a worker or, after an attempt, for the next. */
const isIdle = ({ startedAt, endedAt, kind }: Group): boolean => TRIED.has(kind) && startedAt === undefined && endedAt === undefined;
const isInQueue = (group: Group): boolean => isIdle(group) && group.attempt === 1;

/** Of several steps, times are those of the one in the middle. `now` is where what has not ended reaches to. */
export function stepCells({ group, members }: TimelineRow, now: number): StepCells {
  if (members.length > 1) return wovenCells(members, now);
  const look = groupLook(group.status);
  return {
    look,
    word: group.status === 'received' && RECORDED.has(group.kind) ? 'Recorded' : look.word,
    openedAt: group.openedAt,
    waitedMs: isInQueue(group) ? now - group.openedAt : waitedMs(group),
    ranMs: isIdle(group) || group.status === 'received' ? undefined : (group.endedAt ?? now) - beganAt(group),
    attempts: TRIED.has(group.kind) ? group.attempt : undefined,
    worker: group.worker,
    workers: group.worker === undefined ? 0 : 1,
  };
}

const beganAt = ({ startedAt, openedAt }: Group): number => startedAt ?? openedAt;
// Before a later attempt there were others.
const waitedMs = ({ startedAt, openedAt, attempt }: Group): number | undefined =>
  startedAt === undefined || attempt > 1 ? undefined : startedAt - openedAt;

function wovenCells(members: readonly Group[], now: number): StepCells {
  const failed = members.filter(({ status }) => status === 'failed' || status === 'timedout').length;
  const open = members.filter(({ status, endedAt }) => status !== 'received' && endedAt === undefined).length;
  const first = members[0] as Group;
  const look = groupLook(failed > 0 ? 'failed' : open > 0 ? 'running' : first.status === 'received' ? 'received' : 'completed');
  const isOne = failed === 0 && open === 0 && members.every(({ status }) => status === first.status);
  const workers = new Set(members.flatMap(({ worker }) => worker ?? []));
  const done = members.length - open;
  return {
    look: isOne ? groupLook(first.status) : look,
    word: isOne
      ? RECORDED.has(first.kind) && first.status === 'received'
        ? 'Recorded'
        : groupLook(first.status).word
      : [...(failed > 0 ? [`${failed} failed`] : []), ...(open > 0 ? [`${done} of ${members.length}`] : [])].join(', ') || look.word,
    openedAt: members.reduce((least, { openedAt }) => Math.min(least, openedAt), now),
    waitedMs: middle(members.flatMap((one) => waitedMs(one) ?? [])),
    ranMs: middle(members.flatMap((one) => (one.endedAt === undefined || one.status === 'received' ? [] : one.endedAt - beganAt(one)))),
    attempts: TRIED.has(first.kind) ? members.reduce((sum, { attempt }) => sum + attempt, 0) : undefined,
    worker: workers.values().next().value,
    workers: workers.size,
  };
}

export interface StepSort {
  readonly column: StepColumn;
  readonly isDescending: boolean;
}

const NUMBERS: ReadonlySet<StepColumn> = new Set(['started', 'waited', 'ran', 'attempts']);
export const isNumberColumn = (column: StepColumn): boolean => NUMBERS.has(column);
/** The greatest of numbers, the first of words; again the other way; then as the rows were. */
export function nextStepSort(sort: StepSort | undefined, column: StepColumn): StepSort | undefined {
  return nextSort(sort, column, isNumberColumn(column) && column !== 'started');
}

/** Longer than anything that has ended; among themselves, those that began earlier run longer. No clock is asked, so that no row moves with it. */
const STILL = 1e15;

function sortKey(row: TimelineRow, column: StepColumn): string | number | undefined {
  const { group } = row;
  if (column === 'step') return group.name;
  if (column === 'kind') return group.kind;
  if (row.members.length === 1 && group.endedAt === undefined && group.status !== 'received') {
    if (column === 'ran') return isIdle(group) ? undefined : STILL - beganAt(group);
    if (column === 'waited' && isInQueue(group)) return STILL - group.openedAt;
  }
  const cells = stepCells(row, group.openedAt);
  if (column === 'status') return cells.word;
  if (column === 'started') return cells.openedAt;
  if (column === 'waited') return cells.waitedMs;
  if (column === 'ran') return cells.ranMs;
  return column === 'attempts' ? cells.attempts : cells.worker;
}

/** Rows that stand under another go with it. What a row does not say stands last, whichever way; of equals the order is kept. */
export function sortSteps(rows: readonly TimelineRow[], sort: StepSort | undefined): readonly TimelineRow[] {
  if (sort === undefined) return rows;
  const sign = sort.isDescending ? -1 : 1;
  const heads: { readonly key: string | number | undefined; readonly rows: TimelineRow[] }[] = [];
  for (const row of rows) {
    const head = heads.at(-1);
    if (row.level === 1 || head === undefined) heads.push({ key: sortKey(row, sort.column), rows: [row] });
    else head.rows.push(row);
  }
  return heads
    .sort(({ key: a }, { key: b }) =>
      a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : sign * compare(a, b),
    )
    .flatMap((head) => head.rows);
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
