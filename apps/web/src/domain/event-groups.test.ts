import { describe, expect, it } from 'vitest';
import { groupEvents, joinEnds, RunGrouper } from './event-groups.ts';
import { history, pendingActivity, T0, wideHistory } from './fixtures.ts';
import { growth, MUCH_GROWTH } from './growth.ts';

const charge = [
  { type: 'WorkflowExecutionStarted', name: 'OrderFlow' },
  { type: 'ActivityTaskScheduled', name: 'chargeCard', key: '1', queue: 'payments' },
  { type: 'ActivityTaskStarted', ref: 2, attempt: 1, worker: 'worker-3' },
] as const;

describe('groupEvents', () => {
  it('joins the events of an activity and keeps its three moments', () => {
    const { groups, byEvent } = groupEvents(history(...charge, { type: 'ActivityTaskCompleted', ref: 2, text: '"ok"' }));
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      kind: 'activity',
      name: 'chargeCard',
      status: 'completed',
      eventIds: [2, 3, 4],
      openedAt: T0 + 100,
      startedAt: T0 + 200,
      endedAt: T0 + 300,
      worker: 'worker-3',
      result: '"ok"',
    });
    expect(byEvent.get(4)).toBe(groups[0]);
  });

  it('names a timer by what its author called it and knows when it is due', () => {
    const { groups } = groupEvents(
      history({ type: 'TimerStarted', key: '7', label: 'fraudHold', delayMs: 5_000 }, { type: 'TimerCanceled', ref: 1 }),
    );
    expect(groups[0]).toMatchObject({ name: 'fraudHold', status: 'canceled', dueAt: T0 + 5_000 });
  });

  it('says what goes to another workflow, and to which', () => {
    const sent = ['SignalExternalWorkflowExecutionInitiated', 'RequestCancelExternalWorkflowExecutionInitiated'] as const;
    const { groups } = groupEvents(history(...sent.map((type) => ({ type, key: 'other' }))));
    expect(groups.map(({ name, key }) => [name, key])).toEqual([
      ['signal sent', 'other'],
      ['cancel sent', 'other'],
    ]);
  });

  it('takes retries from the description, since they write no events', () => {
    const failure = { message: '502', type: 'GatewayError' };
    const { groups } = groupEvents(history(charge[0], charge[1]), [pendingActivity({ attempt: 4, nextAt: T0 + 9_000, failure })]);
    expect(groups[0]).toMatchObject({ status: 'retrying', attempt: 4, failure });
  });

  it('leaves open what the run left open when it closed', () => {
    const { groups } = groupEvents(history({ type: 'TimerStarted', key: '7', delayMs: 60_000 }, { type: 'WorkflowExecutionFailed' }));
    expect(groups[0]).toMatchObject({ status: 'abandoned', endedAt: T0 + 100 });
  });

  it('counts workflow tasks and keeps why one failed', () => {
    const { tasks } = groupEvents(
      history(
        { type: 'WorkflowTaskScheduled' },
        { type: 'WorkflowTaskStarted', ref: 1, worker: 'w' },
        { type: 'WorkflowTaskCompleted', ref: 1 },
        { type: 'WorkflowTaskScheduled' },
        { type: 'WorkflowTaskStarted', ref: 4 },
        {
          type: 'WorkflowTaskFailed',
          ref: 4,
          cause: 'NonDeterministicError',
          failure: { message: 'differs', type: 'NondeterminismError' },
        },
      ),
    );
    expect(tasks.map((task) => [task.index, task.status, task.cause])).toEqual([
      [1, 'completed', undefined],
      [2, 'failed', 'NonDeterministicError'],
    ]);
  });

  it('shows a local activity by the name in its marker', () => {
    const { groups } = groupEvents(history({ type: 'MarkerRecorded', name: 'taxLookup', key: '3' }));
    expect(groups[0]).toMatchObject({ kind: 'local', name: 'taxLookup', status: 'completed' });
  });

  it('groups a history that grows as one that came whole, and leaves what was shown as it was', () => {
    const events = history(
      ...charge,
      { type: 'ActivityTaskCompleted', ref: 2, text: '"ok"' },
      { type: 'WorkflowTaskScheduled' },
      { type: 'WorkflowTaskStarted', ref: 5 },
      { type: 'TimerStarted', key: '7', delayMs: 5_000 },
      { type: 'WorkflowExecutionCompleted' },
    );
    const pending = [pendingActivity({ activityId: '1', attempt: 4 })];
    const grouper = new RunGrouper();
    for (let at = 0; at < events.length; at += 1) {
      const before = grouper.shown(pending);
      const kept = structuredClone({ groups: before.groups, tasks: before.tasks });
      const after = grouper.append(events.slice(at, at + 1)).shown(pending);
      const whole = groupEvents(events.slice(0, at + 1), pending);
      expect({ groups: before.groups, tasks: before.tasks }).toEqual(kept);
      expect({ groups: after.groups, tasks: after.tasks }).toEqual({ groups: whole.groups, tasks: whole.tasks });
      for (const { id } of events) expect(after.byEvent.get(id)).toEqual(whole.byEvent.get(id));
    }
    expect(grouper.shown(pending).groups.map(({ status }) => status)).toEqual(['completed', 'abandoned']);
  });

  it('groups ten thousand events as fast as one thousand, each', () => {
    const { groups } = groupEvents(wideHistory(3_333));
    expect(groups).toHaveLength(3_333);
    expect(groups.every((group) => group.status === 'completed')).toBe(true);
    const grown = growth(333, (count) => {
      const events = wideHistory(count);
      return () => groupEvents(events);
    });
    expect(grown).toBeLessThan(MUCH_GROWTH);
  });

  it('says of what stands open where more is to be read that its end is not read, and joins both ends', () => {
    const events = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'ActivityTaskScheduled', name: 'a', key: '1', after: 0 },
      { type: 'ActivityTaskScheduled', name: 'b', key: '2', after: 10 },
      { type: 'ActivityTaskCompleted', ref: 2, after: 20 },
      { type: 'ActivityTaskCompleted', ref: 3, after: 30 },
      { type: 'TimerStarted', key: 't', after: 40 },
      { type: 'WorkflowExecutionCompleted', after: 50 },
    );
    const beginning = new RunGrouper().append(events.slice(0, 3)).shown([], events[2]?.at);
    expect(beginning.groups.map(({ status, endedAt }) => [status, endedAt])).toEqual([
      ['unread', T0 + 10],
      ['unread', T0 + 10],
    ]);
    const both = joinEnds(beginning, events.slice(4));
    expect(both.groups.map(({ id, status }) => [id, status])).toEqual([
      [2, 'unread'],
      [3, 'unread'],
      [6, 'abandoned'],
    ]);
    expect([both.byEvent.get(2)?.name, both.byEvent.get(6)?.key, both.byEvent.get(5)]).toEqual(['a', 't', undefined]);
  });
});
