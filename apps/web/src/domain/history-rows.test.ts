import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, wideHistory } from './fixtures.ts';
import { growth, MUCH_GROWTH } from './growth.ts';
import { historyRows, verbOf } from './history-rows.ts';

const events = history(
  { type: 'WorkflowExecutionStarted', name: 'OrderFlow' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 2 },
  { type: 'WorkflowTaskCompleted', ref: 2 },
  { type: 'ActivityTaskScheduled', name: 'a', key: '1', taskId: 4 },
  { type: 'ActivityTaskScheduled', name: 'b', key: '2', taskId: 4 },
  { type: 'ActivityTaskStarted', ref: 5, attempt: 1 },
  { type: 'ActivityTaskCompleted', ref: 5 },
);
const run = groupEvents(events);

describe('historyRows', () => {
  it('tells a workflow task once', () => {
    const rows = historyRows(events, run, { mode: 'groups', newestFirst: false });
    expect(rows.map((row) => row.key)).toEqual(['e1', 't2', 'e5', 'e6', 'e7', 'e8', 'p6']);
  });

  it('lists every event, and what is pending first, in the events view', () => {
    const rows = historyRows(events, run, { mode: 'events', newestFirst: true });
    expect(rows.map((row) => row.key)).toEqual(['p6', 'e8', 'e7', 'e6', 'e5', 'e4', 'e3', 'e2', 'e1']);
  });

  it('ties the events of one operation in one lane and parts those that overlap', () => {
    const rows = historyRows(events, run, { mode: 'events', newestFirst: false });
    const lanes = new Map(rows.flatMap((row) => (row.gutter.dot ? [[row.key, row.gutter.dot.lane] as const] : [])));
    expect(lanes.get('e5')).toBe(lanes.get('e8'));
    expect(lanes.get('e5')).not.toBe(lanes.get('e6'));
    const middle = rows.find((row) => row.key === 'e7');
    expect(middle?.gutter.lines.map((line) => line.part)).toEqual(['through', 'through']);
  });

  it('keeps its gutter narrow and its pace on ten thousand events', () => {
    const wide = wideHistory(3_333);
    const grouped = groupEvents(wide);
    const rows = historyRows(wide, grouped, { mode: 'groups', newestFirst: true });
    expect(Math.max(...rows.map((row) => row.gutter.dot?.lane ?? 0))).toBeLessThan(6);
    const grown = growth(333, (count) => {
      const some = wideHistory(count);
      const groups = groupEvents(some);
      return () => historyRows(some, groups, { mode: 'groups', newestFirst: true });
    });
    expect(grown).toBeLessThan(MUCH_GROWTH);
  });
});

describe('verbOf', () => {
  it.each([
    ['ActivityTaskTimedOut', 'timed out'],
    ['WorkflowExecutionSignaled', 'received'],
    ['StartChildWorkflowExecutionInitiated', 'initiated'],
    ['TimerFired', 'fired'],
    ['WorkflowExecutionStarted', 'started'],
  ])('%s reads %s', (type, verb) => expect(verbOf(type)).toBe(verb));
});
