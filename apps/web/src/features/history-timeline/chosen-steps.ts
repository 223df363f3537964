/** Several rows of the timeline that are chosen together: what they took, in sum. */
import type { TimelineRow } from '../../domain/timeline-layout.ts';

export interface Chosen {
  /** Keys of the rows. */
  readonly keys: ReadonlySet<string>;
  readonly steps: number;
  /** Milliseconds of work, each step for itself. */
  readonly ms: number;
  /** Milliseconds from the first beginning to the last end. */
  readonly spanMs: number;
}

/** Rows from one place to another, both included, in either order; `end` is where what has not ended reaches to. */
export function chosenSteps(rows: readonly TimelineRow[], [one, other]: readonly [number, number], end: number): Chosen | undefined {
  if (one < 0 || other < 0 || one === other) return undefined;
  const chosen = rows.slice(Math.min(one, other), Math.max(one, other) + 1);
  // The members of an open row have rows of their own.
  const groups = chosen.flatMap(({ members, isExpanded }) => (isExpanded ? [] : members));
  let [ms, from, to] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { openedAt, startedAt, endedAt, status } of groups) {
    const ended = status === 'received' ? openedAt : (endedAt ?? end);
    ms += ended - (startedAt ?? openedAt);
    from = Math.min(from, openedAt);
    to = Math.max(to, ended);
  }
  return { keys: new Set(chosen.map(({ key }) => key)), steps: groups.length, ms, spanMs: Math.max(0, to - from) };
}

export const isChosen = (chosen: Chosen | undefined, { key }: TimelineRow): boolean => chosen?.keys.has(key) ?? false;

/** Where the row of a step stands: of a woven one by its first, while it is not open. */
export const placeOf = (rows: readonly TimelineRow[], id: number | null): number =>
  id === null ? -1 : rows.findIndex(({ group, members, isExpanded }) => group.id === id && (members.length === 1 || !isExpanded));
