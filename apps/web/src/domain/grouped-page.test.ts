import { describe, expect, it } from 'vitest';
import { buffersOf, columnsOf, rowsOf } from './event-columns.ts';
import type { RunGroups } from './event-groups.ts';
import { groupEvents, RunGrouper } from './event-groups.ts';
import { history, pendingActivity, wideHistory } from './fixtures.ts';
import { buffersOfGroups, groupPage } from './group-page.ts';
import { ownGroup, ownTask } from './grouped-page.ts';
import type { RunEvent } from './run-event.ts';

/** A page as it arrives from another thread, grouped there. */
function sent(events: readonly RunEvent[]): readonly RunEvent[] {
  const page = { columns: columnsOf(events), groups: groupPage(events) };
  const { columns, groups } = structuredClone(page, { transfer: [...buffersOf(page.columns), ...buffersOfGroups(page.groups)] });
  return rowsOf(columns, groups);
}

const pagesOf = (events: readonly RunEvent[], size: number): readonly RunEvent[][] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, at) => events.slice(at * size, (at + 1) * size));

/** Each name by itself: those of a page are no properties of their own. */
const plain = ({ groups, tasks }: RunGroups) => ({
  groups: groups.map((group) => ownGroup(group)),
  tasks: tasks.map((task) => ownTask(task)),
  eventIds: [...groups, ...tasks].map(({ eventIds }) => eventIds),
});
const sketch = ({ groups, tasks }: RunGroups) => [
  ...groups.map(({ id, kind, name, key, label, queue, taskId, openedAt, startedAt, endedAt, status, dueAt, attempt }) => [
    id,
    kind,
    name,
    key,
    label,
    queue,
    taskId,
    openedAt,
    startedAt,
    endedAt,
    status,
    dueAt,
    attempt,
  ]),
  ...groups.map(({ worker, failure, timeoutType, input, result, runId, pending }) => [
    worker,
    failure,
    timeoutType,
    input,
    result,
    runId,
    pending,
  ]),
  ...tasks.map(({ id, index, scheduledAt, startedAt, endedAt, status, worker, cause, failure }) => [
    id,
    index,
    scheduledAt,
    startedAt,
    endedAt,
    status,
    worker,
    cause,
    failure,
  ]),
];

const FAILURE = { message: 'no', type: 'Refused' };
/** Something of every sort: begun and ended in one page and across pages, retried, noted, left open when the run closed. */
const MIXED = history(
  { type: 'WorkflowExecutionStarted', name: 'OrderFlow' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 2, worker: 'w1' },
  { type: 'WorkflowTaskFailed', ref: 2, cause: 'NonDeterministicError', failure: FAILURE },
  { type: 'ActivityTaskScheduled', name: 'charge', key: '1', queue: 'q', taskId: 4, text: '{}' },
  { type: 'TimerStarted', key: 't1', label: 'hold', delayMs: 5_000 },
  { type: 'MarkerRecorded', name: 'tax', key: '3' },
  { type: 'StartChildWorkflowExecutionInitiated', name: 'Notify', key: 'child' },
  { type: 'ActivityTaskStarted', ref: 5, attempt: 3, worker: 'w2', failure: FAILURE },
  { type: 'ActivityTaskCancelRequested', ref: 5 },
  { type: 'ChildWorkflowExecutionStarted', ref: 8, runId: 'run-1' },
  { type: 'WorkflowExecutionSignaled', name: 'approve', worker: 'somebody' },
  { type: 'ActivityTaskTimedOut', ref: 5, timeoutType: 'StartToClose' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 14, worker: 'w1' },
  { type: 'WorkflowTaskCompleted', ref: 14 },
  { type: 'ActivityTaskScheduled', name: 'ship', key: '2' },
  { type: 'UpsertWorkflowSearchAttributes' },
  { type: 'ChildWorkflowExecutionCompleted', ref: 8, runId: 'run-1', text: '"ok"' },
  { type: 'WorkflowExecutionFailed', failure: FAILURE },
);

describe('a page that was grouped apart', () => {
  it('joins as its events would, wherever pages end', () => {
    for (const events of [MIXED, MIXED.slice(0, -1), wideHistory(9)])
      for (let size = 1; size <= events.length; size += 1) {
        const whole = groupEvents(events);
        const joined = groupEvents(pagesOf(events, size).flatMap(sent));
        expect(sketch(joined)).toEqual(sketch(whole));
        expect(plain(joined)).toEqual(plain(whole));
        for (const { id } of events) {
          expect(joined.byEvent.get(id)?.id).toBe(whole.byEvent.get(id)?.id);
          expect(joined.taskByEvent.get(id)?.id).toBe(whole.taskByEvent.get(id)?.id);
        }
      }
  });

  it('is not changed by what follows, nor by what is known of pending steps', () => {
    const [first, second, third] = [MIXED.slice(0, 8), MIXED.slice(8, 12), MIXED.slice(12)];
    const grouper = new RunGrouper().append([...sent(first), ...sent(second)]);
    const before = grouper.shown([]);
    const known = plain(before);
    const pending = grouper.shown([pendingActivity({ activityId: '1', attempt: 7 })]);
    expect(pending.groups.find(({ key }) => key === '1')).toMatchObject({ attempt: 7, status: 'retrying', name: 'charge', queue: 'q' });
    const after = grouper.append(third).shown([]);
    expect(plain(before)).toEqual(known);
    expect(plain(after)).toEqual(plain(groupEvents(MIXED)));
  });

  it('says of what stands open at its end that the end is not read', () => {
    const shown = new RunGrouper().append(sent(MIXED.slice(0, 8))).shown([], MIXED[7]?.at);
    const same = new RunGrouper().append(MIXED.slice(0, 8)).shown([], MIXED[7]?.at);
    expect(plain(shown)).toEqual(plain(same));
    expect(shown.groups.find(({ key }) => key === 't1')).toMatchObject({ status: 'unread', endedAt: MIXED[7]?.at });
  });

  it('is read event by event where not all of it is there', () => {
    const part = sent(MIXED).slice(0, 12);
    expect(plain(groupEvents(part))).toEqual(plain(groupEvents(MIXED.slice(0, 12))));
    const rest = sent(MIXED).slice(4);
    expect(plain(groupEvents(rest))).toEqual(plain(groupEvents(MIXED.slice(4))));
  });
});
