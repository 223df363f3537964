/** Two runs of one kind side by side: step by step, and what of it is worth a look. */
import { align } from './align.ts';
import type { Group } from './event-groups.ts';

export type Difference = 'onlyA' | 'onlyB' | 'status' | 'attempts' | 'order' | 'time';

export interface CompareRow {
  readonly key: string;
  readonly a: Group | undefined;
  readonly b: Group | undefined;
  /** Milliseconds from A to B; undefined where one of them does not say. */
  readonly duration: number | undefined;
  readonly wait: number | undefined;
  readonly attempts: number | undefined;
  /** The weightiest; undefined when the two went alike. */
  readonly difference: Difference | undefined;
}

export interface Side {
  readonly groups: readonly Group[];
  /** The end of the run, or now. */
  readonly end: number;
}

/** Less than this is a moment: nothing that took longer. */
export const LEAST_MS = 250;
/** A step took longer when it took half as long again, and not only by a moment. */
const LONGER = { share: 0.5, leastMs: LEAST_MS };
/** What a run writes down about itself takes no time and is told in other places. */
const LEFT_OUT: ReadonlySet<Group['kind']> = new Set<Group['kind']>(['attr']);
export const isCompared = ({ kind }: Pick<Group, 'kind'>): boolean => !LEFT_OUT.has(kind);

export function compareRuns(a: Side, b: Side): CompareRow[] {
  const shown = ({ groups }: Side) => groups.filter(isCompared);
  return align(shown(a), shown(b), (group) => `${group.kind} ${group.name}`).map(({ a: left, b: right, isMoved }) => {
    const duration = difference(left && durationOf(left, a.end), right && durationOf(right, b.end));
    const attempts = difference(left?.attempt, right?.attempt);
    return {
      key: `${left?.id ?? ''}-${right?.id ?? ''}`,
      a: left,
      b: right,
      duration,
      wait: difference(left && waitOf(left), right && waitOf(right)),
      attempts,
      difference: weightiest({ left, right, isMoved, duration, attempts, least: left && durationOf(left, a.end) }),
    };
  });
}

/** What a run left open when it ended, and a timer that was not needed, say nothing of how long a step takes. */
export const hasLength = ({ kind, status }: Pick<Group, 'kind' | 'status'>): boolean =>
  status !== 'abandoned' && !(kind === 'timer' && status === 'canceled');

/** From the command to the end; points take none. */
export const durationOf = (group: Group, end: number): number | undefined =>
  group.status === 'received' ? undefined : (group.endedAt ?? end) - group.openedAt;

/** Time in the queue before the only attempt; later attempts hide when the first began. */
export const waitOf = (group: Group): number | undefined =>
  group.startedAt === undefined || group.attempt > 1 || (group.kind !== 'activity' && group.kind !== 'nexus')
    ? undefined
    : group.startedAt - group.openedAt;

const difference = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : b - a;

interface Weighed {
  readonly left: Group | undefined;
  readonly right: Group | undefined;
  readonly isMoved: boolean;
  readonly duration: number | undefined;
  readonly attempts: number | undefined;
  /** Of A. */
  readonly least: number | undefined;
}

function weightiest({ left, right, isMoved, duration, attempts, least = 0 }: Weighed): Difference | undefined {
  if (right === undefined) return 'onlyA';
  if (left === undefined) return 'onlyB';
  if (left.status !== right.status) return 'status';
  if (attempts !== undefined && attempts !== 0) return 'attempts';
  if (isMoved) return 'order';
  const by = Math.abs(duration ?? 0);
  const shorter = Math.min(least, least + (duration ?? 0));
  return by >= LONGER.leastMs && by >= shorter * LONGER.share ? 'time' : undefined;
}
