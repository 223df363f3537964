import { expect, it } from 'vitest';
import { columnsOf, rowsOf } from './event-columns.ts';
import { history, pendingActivity } from './fixtures.ts';
import { groupPage } from './group-page.ts';
import { OpenedSteps } from './opened-steps.ts';

const events = history(
  { type: 'WorkflowExecutionStarted' },
  { type: 'ActivityTaskScheduled', name: 'charge', key: '1' },
  { type: 'ActivityTaskStarted', ref: 2, attempt: 1 },
  { type: 'ActivityTaskCompleted', ref: 2 },
  { type: 'ActivityTaskScheduled', name: 'mail', key: '2' },
);
const none = { pending: [], isPart: false };

it('gives steps ids of their own, and the same steps while nothing changes of them', () => {
  const opened = new OpenedSteps((id) => 1000 + id);
  const before = opened.of({ events: events.slice(0, 4), ...none });
  const after = opened.of({ events, ...none });
  expect(after.steps.map(({ id, name }) => `${id} ${name}`)).toEqual(['1002 charge', '1005 mail']);
  expect(after.steps[0]).toBe(before.steps[0]);
  expect(after.groups.byEvent.get(4)?.id).toBe(2);
  expect(opened.of({ events, pending: none.pending, isPart: false })).toBe(after);
});

it('knows what is pending, and what was not read to its end', () => {
  const opened = new OpenedSteps((id) => 1000 + id);
  const pending = [pendingActivity({ activityId: '2', attempt: 3 })];
  expect(opened.of({ events, pending, isPart: false }).steps[1]).toMatchObject({ status: 'retrying', attempt: 3 });
  expect(opened.of({ events, pending: [], isPart: true }).steps[1]?.status).toBe('unread');
  expect(opened.of({ events: events.slice(1), ...none }).steps).toHaveLength(2);
});

it('shows the steps of a run that was read page by page as of any other', () => {
  const paged = rowsOf(columnsOf(events), groupPage(events));
  const shown = new OpenedSteps((id) => 1000 + id).of({ events: paged, ...none });
  expect(shown.steps).toEqual(new OpenedSteps((id) => 1000 + id).of({ events, ...none }).steps);
});
