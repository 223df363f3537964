import { describe, expect, it } from 'vitest';
import { costliestStep } from './compare-cost.ts';
import { compareRuns } from './compare-runs.ts';
import { groupEvents } from './event-groups.ts';
import { history, T0 } from './fixtures.ts';
import type { RunEvent } from './run-event.ts';

/** Reserves and charges one after the other, beside a deadline that is cancelled at the end; `mail` is sent beside the charge. */
const order = ({ reserve = 100, charge = 100, mail = 20 } = {}) =>
  history(
    { type: 'WorkflowExecutionStarted' },
    { type: 'WorkflowTaskScheduled', after: 0 },
    { type: 'WorkflowTaskStarted', ref: 2, after: 10 },
    { type: 'WorkflowTaskCompleted', ref: 2, after: 10 },
    { type: 'TimerStarted', name: 'deadline', key: 'd', taskId: 4, after: 0 },
    { type: 'ActivityTaskScheduled', name: 'reserve', key: 'r', taskId: 4, after: 0 },
    { type: 'ActivityTaskStarted', ref: 6, attempt: 1, after: 10 },
    { type: 'ActivityTaskCompleted', ref: 6, after: reserve },
    { type: 'WorkflowTaskScheduled', after: 0 },
    { type: 'WorkflowTaskStarted', ref: 9, after: 10 },
    { type: 'WorkflowTaskCompleted', ref: 9, after: 10 },
    { type: 'ActivityTaskScheduled', name: 'mail', key: 'm', taskId: 11, after: 0 },
    { type: 'ActivityTaskScheduled', name: 'charge', key: 'c', taskId: 11, after: 0 },
    { type: 'ActivityTaskStarted', ref: 12, attempt: 1, after: 1 },
    { type: 'ActivityTaskStarted', ref: 13, attempt: 1, after: 1 },
    { type: 'ActivityTaskCompleted', ref: 12, after: mail },
    { type: 'ActivityTaskCompleted', ref: 13, after: charge },
    { type: 'WorkflowTaskScheduled', after: 0 },
    { type: 'WorkflowTaskStarted', ref: 18, after: 10 },
    { type: 'WorkflowTaskCompleted', ref: 18, after: 10 },
    { type: 'TimerCanceled', ref: 5, taskId: 20, after: 0 },
    { type: 'WorkflowExecutionCompleted', taskId: 20, after: 0 },
  );
const subject = (events: readonly RunEvent[]) => ({ events, groups: groupEvents(events), end: events.at(-1)?.at ?? T0 });

function costOf(left: readonly RunEvent[], right: readonly RunEvent[]) {
  const [a, b] = [subject(left), subject(right)];
  const rows = compareRuns({ groups: a.groups.groups, end: a.end }, { groups: b.groups.groups, end: b.end });
  const cost = costliestStep(rows, a, b);
  return cost && { name: cost.row.a?.name, ms: cost.ms, of: cost.of, longer: cost.longer };
}

describe('costliestStep', () => {
  it('names the step that the longer run waited for, whichever of the two that is', () => {
    const [normal, slow] = [order({ reserve: 400 }), order({ charge: 4_000 })];
    expect(costOf(normal, slow)).toEqual({ name: 'charge', ms: 3_900, of: 3_600, longer: 'b' });
    expect(costOf(slow, normal)).toEqual({ name: 'charge', ms: 3_900, of: 3_600, longer: 'a' });
  });

  it('blames neither a timer nor an activity that ran beside what was waited for', () => {
    expect(costOf(order(), order({ charge: 2_000 }))?.name).toBe('charge');
    expect(costOf(order({ mail: 50, charge: 5_000 }), order({ mail: 3_000, charge: 7_000 }))?.name).toBe('charge');
  });

  it('blames nothing where both took about as long, or what was lost was lost between the steps', () => {
    expect(costOf(order(), order({ charge: 300 }))).toBeUndefined();
    const late = order().map((event) => ({ ...event, at: event.id < 19 ? event.at : event.at + 5_000 }));
    expect(costOf(order(), late)).toBeUndefined();
  });
});
