import { expect, it } from 'vitest';
import type { Group } from './event-groups.ts';
import { groupEvents } from './event-groups.ts';
import { history, T0 } from './fixtures.ts';
import { nextFailure } from './next-failure.ts';
import { layoutRows } from './timeline-layout.ts';

/** Seven steps of one name, of which the third came through on its second attempt; then one that failed for good. */
const events = history(
  ...Array.from({ length: 7 }, (_, at) => [
    { type: 'ActivityTaskScheduled', name: 'reserve', key: String(at), after: 10 } as const,
    { type: 'ActivityTaskStarted', ref: at * 3 + 1, attempt: at === 2 ? 2 : 1, after: 10 } as const,
    { type: 'ActivityTaskCompleted', ref: at * 3 + 1, after: 10 } as const,
  ]).flat(),
  { type: 'ActivityTaskScheduled', name: 'charge', key: 'c', after: 10 },
  { type: 'ActivityTaskStarted', ref: 22, attempt: 1, after: 10 },
  { type: 'ActivityTaskFailed', ref: 22, after: 10 },
);
const { groups } = groupEvents(events);
const rows = (expanded: ReadonlySet<string> = new Set()) => layoutRows(groups, { now: T0 + 60_000, expanded });
const nameOf = (stop: { readonly group: Group } | undefined) => stop && `${stop.group.name} ${stop.group.key}`;

it('finds failures in woven rows, in order, round the end, both ways', () => {
  const first = nextFailure(rows(), null, 1);
  expect(nameOf(first)).toBe('reserve 2');
  expect(first?.row.isExpandable).toBe(true);
  const second = nextFailure(rows(), first?.group.id ?? 0, 1);
  expect(nameOf(second)).toBe('charge c');
  expect(nameOf(nextFailure(rows(), second?.group.id ?? 0, 1))).toBe('reserve 2');
  expect(nameOf(nextFailure(rows(), second?.group.id ?? 0, -1))).toBe('reserve 2');
  expect(nameOf(nextFailure(rows(), null, -1))).toBe('charge c');
});

it('finds the rows of an open weave, and nothing where nothing failed', () => {
  const open = rows(new Set([rows()[0]?.key ?? '']));
  const stop = nextFailure(open, null, 1);
  expect(nameOf(stop)).toBe('reserve 2');
  expect(stop?.row.level).toBe(2);
  expect(
    nextFailure(
      rows().filter(({ group }) => group.name === 'nothing'),
      null,
      1,
    ),
  ).toBeUndefined();
});
