import { describe, expect, it } from 'vitest';
import { groupEvents } from '../../domain/event-groups.ts';
import { history, T0 } from '../../domain/fixtures.ts';
import { layoutRows } from '../../domain/timeline-layout.ts';
import { chosenSteps, isChosen, placeOf } from './chosen-steps.ts';

const { groups } = groupEvents(
  history(
    { type: 'ActivityTaskScheduled', name: 'a', key: '1', after: 0 },
    { type: 'ActivityTaskStarted', ref: 1, after: 100 },
    { type: 'ActivityTaskCompleted', ref: 1, after: 400 },
    { type: 'WorkflowExecutionSignaled', name: 's', after: 450 },
    { type: 'TimerStarted', key: 't', after: 500 },
    { type: 'ActivityTaskScheduled', name: 'b', key: '2', after: 600 },
  ),
);
const rows = layoutRows(groups, { now: T0 + 3_000 });

describe('chosenSteps', () => {
  it('sums what each step took, and says how long they took together', () => {
    const chosen = chosenSteps(rows, [2, 0], T0 + 3_000);
    expect(chosen).toMatchObject({ steps: 3, ms: 400 + 0 + 1_550, spanMs: 3_000 });
    expect(rows.map((row) => isChosen(chosen, row))).toEqual([true, true, true, false]);
  });

  it('is nothing of one row, or of a row that is not there', () => {
    expect(chosenSteps(rows, [1, 1], T0)).toBeUndefined();
    expect(chosenSteps(rows, [1, placeOf(rows, 99)], T0)).toBeUndefined();
    expect(placeOf(rows, rows[3]?.group.id ?? 0)).toBe(3);
  });
});
