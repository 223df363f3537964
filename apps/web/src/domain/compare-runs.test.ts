import { describe, expect, it } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import { groupEvents } from './event-groups.ts';
import { history, T0, wideHistory } from './fixtures.ts';
import type { RunEvent } from './run-event.ts';

const side = (events: readonly RunEvent[]) => ({ groups: groupEvents(events).groups, end: events.at(-1)?.at ?? T0 });
const begun = [
  { type: 'WorkflowExecutionStarted' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 2 },
  { type: 'WorkflowTaskCompleted', ref: 2 },
] as const;
const step = (name: string, id: number, { wait = 10, run = 100, end = 'ActivityTaskCompleted', attempt = 1 } = {}) => [
  { type: 'ActivityTaskScheduled', name, key: name, taskId: 4, after: 0 },
  { type: 'ActivityTaskStarted', ref: id, attempt, after: wait },
  { type: end, ref: id, after: run },
];

describe('compareRuns', () => {
  it('names what differs, with its weight in milliseconds', () => {
    const a = history(...begun, ...step('reserve', 5), ...step('charge', 8), ...step('mail', 11));
    const b = history(
      ...begun,
      ...step('reserve', 5, { wait: 20, run: 120 }),
      ...step('score', 8),
      ...step('charge', 11, { run: 4_000, attempt: 3 }),
      { type: 'WorkflowExecutionSignaled', name: 'approve' },
    );
    const rows = compareRuns(side(a), side(b));
    expect(rows.map(({ a: left, b: right, difference }) => [left?.name ?? right?.name, difference])).toEqual([
      ['reserve', undefined],
      ['score', 'onlyB'],
      ['charge', 'attempts'],
      ['mail', 'onlyA'],
      ['approve', 'onlyB'],
    ]);
    expect(rows[0]).toMatchObject({ duration: 30, wait: 10, attempts: 0 });
    expect(rows[2]).toMatchObject({ duration: 3_900, wait: undefined, attempts: 2 });
  });

  it.each([
    [{ run: 340 }, undefined],
    [{ run: 361 }, 'time'],
    [{ run: 100, end: 'ActivityTaskFailed' }, 'status'],
  ] as const)('weighs %j', (options, wanted) => {
    const plain = history(...begun, ...step('charge', 5));
    const other = history(...begun, ...step('charge', 5, options));
    expect(compareRuns(side(plain), side(other))[0]?.difference).toBe(wanted);
    expect(compareRuns(side(other), side(plain))[0]?.difference).toBe(wanted);
  });

  it('finds nothing between a run and itself', () => {
    const events = wideHistory(200);
    expect(compareRuns(side(events), side(events)).filter((row) => row.difference !== undefined || row.duration !== 0)).toEqual([]);
  });
});
