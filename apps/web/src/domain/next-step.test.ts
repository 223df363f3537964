import { expect, it } from 'vitest';
import type { Group } from './event-groups.ts';
import { groupEvents } from './event-groups.ts';
import { history, T0 } from './fixtures.ts';
import { hasFailed, isPending, nextStep } from './next-step.ts';
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
  const first = nextStep(rows(), null, { by: 1, is: hasFailed });
  expect(nameOf(first)).toBe('reserve 2');
  expect(first?.row.isExpandable).toBe(true);
  const second = nextStep(rows(), first?.group.id ?? 0, { by: 1, is: hasFailed });
  expect(nameOf(second)).toBe('charge c');
  expect(nameOf(nextStep(rows(), second?.group.id ?? 0, { by: 1, is: hasFailed }))).toBe('reserve 2');
  expect(nameOf(nextStep(rows(), second?.group.id ?? 0, { by: -1, is: hasFailed }))).toBe('reserve 2');
  expect(nameOf(nextStep(rows(), null, { by: -1, is: hasFailed }))).toBe('charge c');
});

it('finds the rows of an open weave, and nothing where nothing failed', () => {
  const open = rows(new Set([rows()[0]?.key ?? '']));
  const stop = nextStep(open, null, { by: 1, is: hasFailed });
  expect(nameOf(stop)).toBe('reserve 2');
  expect(stop?.row.level).toBe(2);
  expect(
    nextStep(
      rows().filter(({ group }) => group.name === 'nothing'),
      null,
      { by: 1, is: hasFailed },
    ),
  ).toBeUndefined();
});

it('finds what is pending, and nothing of what was only received', () => {
  const open = history(
    { type: 'WorkflowExecutionSignaled', name: 's', after: 1 },
    { type: 'ActivityTaskScheduled', name: 'a', key: '1', after: 2 },
    { type: 'TimerStarted', key: 't', after: 3 },
  );
  const some = layoutRows(groupEvents(open).groups, { now: T0 + 60_000 });
  const first = nextStep(some, null, { by: 1, is: isPending });
  expect(first?.group.name).toBe('a');
  expect(nextStep(some, first?.group.id ?? 0, { by: 1, is: isPending })?.group.kind).toBe('timer');
});
