import { api } from '@tidemark/protocol/api';
import { toDuration, toLong, toNumber, toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import {
  actionEnded,
  actionRefused,
  actionStarted,
  advance,
  createSchedule,
  futureTimes,
  IDLE_KEPT_MS,
  isForgotten,
  nextWakeAt,
  oncePerRequest,
  patchSchedule,
  updateSchedule,
} from './decide.ts';
import type { CompiledSpec } from './spec.ts';
import type { Schedule, ScheduleState } from './state.ts';

const { ScheduleOverlapPolicy: Overlap, WorkflowExecutionStatus: Status } = api.enums.v1;
const START = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;
const KEY = { namespaceId: namespaceId('ns'), scheduleId: 'nightly' };

/** Every whole minute. */
const minutely: CompiledSpec = {
  canonical: {},
  next: (after) => {
    const nominal = Math.floor(after / MINUTE) * MINUTE + MINUTE;
    return { nominal, at: nominal };
  },
};
const never: CompiledSpec = { canonical: {}, next: () => undefined };

interface Policies {
  readonly overlapPolicy?: number;
  readonly pauseOnFailure?: boolean;
  readonly catchupWindow?: ReturnType<typeof toDuration>;
}

/** A schedule under the test's own clock. */
class Timetable {
  now = START;
  state: ScheduleState;
  private ids = 0;

  constructor(
    policies: Policies = {},
    private readonly spec = minutely,
    state: Schedule['state'] = {},
  ) {
    const schedule: Schedule = { action: { startWorkflow: { workflowId: 'order' } }, policies, state: state ?? {} };
    const creation = { key: KEY, schedule, memo: {}, searchAttributes: {}, requestId: 'create', patch: undefined };
    this.state = createSchedule(creation, this.env);
  }

  get env() {
    return { now: this.now, newId: () => `request-${(this.ids += 1)}`, spec: this.spec };
  }
  get startingIds(): string[] {
    return this.state.starting.map(({ workflowId }) => workflowId);
  }
  wait(ms: number): this {
    this.now += ms;
    this.state = advance(this.state, this.env);
    return this;
  }
  patch(patch: Parameters<typeof patchSchedule>[1]): this {
    this.state = patchSchedule(this.state, patch, this.env);
    return this;
  }
  trigger(overlapPolicy = 0): this {
    return this.patch({ triggerImmediately: { overlapPolicy } });
  }
  /** Everything that is being started has been. */
  startAll(): this {
    for (const { requestId, workflowId } of this.state.starting)
      this.state = actionStarted(this.state, { requestId, runId: `run of ${workflowId}` }, this.env);
    return this;
  }
  end(status: number = Status.WORKFLOW_EXECUTION_STATUS_COMPLETED, over: { failure?: object; result?: object } = {}): this {
    const [action] = this.state.running;
    if (action === undefined) throw new Error('an action runs');
    this.state = actionEnded(this.state, { action, status, result: undefined, failure: undefined, ...over }, this.env);
    return this;
  }
}

describe('a schedule', () => {
  it('starts an action at each of its times, named by it', () => {
    const one = new Timetable();
    expect(nextWakeAt(one.state, minutely)).toBe(START + MINUTE);
    one.wait(MINUTE);
    expect(one.startingIds).toEqual(['order-2026-01-01T00:01:00Z']);
    one.startAll();
    expect(one.state).toMatchObject({ actionCount: 1, starting: [], running: [{ runId: 'run of order-2026-01-01T00:01:00Z' }] });
  });

  it('starts no action twice for one time, however often it looks', () => {
    const one = new Timetable({ overlapPolicy: Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL }).wait(MINUTE);
    one.wait(0).wait(10);
    expect(one.startingIds).toHaveLength(1);
    one.startAll().wait(0);
    expect(one.state.actionCount).toBe(1);
  });

  it('takes what it missed, except what is older than its window', () => {
    const one = new Timetable({ overlapPolicy: Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL, catchupWindow: toDuration(3 * MINUTE) });
    one.wait(10 * MINUTE);
    expect([one.startingIds.length, one.state.missedCatchupWindow]).toEqual([4, 6]);
  });

  it('goes on without an action that can never start', () => {
    const one = new Timetable().wait(MINUTE);
    one.state = actionRefused(one.state, one.state.starting[0]?.requestId ?? '', one.env);
    expect(one.wait(MINUTE).startingIds).toEqual(['order-2026-01-01T00:02:00Z']);
  });

  it('tells an action the result and the failure before it', () => {
    const one = new Timetable().wait(MINUTE).startAll();
    one.end(Status.WORKFLOW_EXECUTION_STATUS_COMPLETED, { result: { payloads: [] } });
    one
      .wait(MINUTE)
      .startAll()
      .end(Status.WORKFLOW_EXECUTION_STATUS_FAILED, { failure: { message: 'broken' } });
    expect([one.state.lastResult, one.state.lastFailure]).toEqual([{ payloads: [] }, { message: 'broken' }]);
    one.wait(MINUTE).startAll().end();
    expect(one.state.lastFailure).toBeUndefined();
  });

  it('pauses itself after a failure where it is told to, and not after a cancellation', () => {
    const one = new Timetable({ pauseOnFailure: true }).wait(MINUTE).startAll().end(Status.WORKFLOW_EXECUTION_STATUS_CANCELED);
    expect(one.state.schedule.state?.paused).not.toBe(true);
    one
      .wait(MINUTE)
      .startAll()
      .end(Status.WORKFLOW_EXECUTION_STATUS_FAILED, { failure: { message: 'broken' } });
    expect(one.state.schedule.state).toMatchObject({
      paused: true,
      notes: 'paused due to workflow failure: order-2026-01-01T00:02:00Z: broken',
    });
  });

  it('counts its actions down, tells none beyond the last, and still obeys triggers', () => {
    const limited = { limitedActions: true, remainingActions: toLong(2) };
    const one = new Timetable({ overlapPolicy: Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL }, minutely, limited).wait(5 * MINUTE);
    expect([one.startingIds.length, toNumber(one.state.schedule.state?.remainingActions)]).toEqual([2, 0]);
    expect(futureTimes(one.state, { spec: minutely, now: one.now, max: 10 })).toEqual([]);
    expect(one.trigger().startingIds).toHaveLength(3);
  });

  it('is forgotten a week after it can do nothing more, unless it is paused', () => {
    const one = new Timetable({}, never);
    expect(nextWakeAt(one.state, never)).toBe(START + IDLE_KEPT_MS);
    expect(isForgotten(one.state, START + IDLE_KEPT_MS)).toBe(true);
    expect(one.patch({ pause: 'kept' }).state.idleSince).toBeUndefined();
  });
});

describe('a paused schedule', () => {
  it('lets its times pass, and obeys triggers and backfills', () => {
    const one = new Timetable().patch({ pause: 'lunch' });
    expect(nextWakeAt(one.state, minutely)).toBeUndefined();
    one.wait(5 * MINUTE);
    expect(one.startingIds).toEqual([]);
    expect(one.trigger().startingIds).toHaveLength(1);
    one.startAll().end().patch({ unpause: 'back' }).wait(MINUTE);
    expect(one.startingIds).toEqual(['order-2026-01-01T00:06:00Z']);
    expect(one.state.schedule.state).toMatchObject({ paused: false, notes: 'back' });
  });
});

describe('a trigger', () => {
  it('names its action by the time it is given, or by a second that is free', () => {
    const one = new Timetable({ overlapPolicy: Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL }, never);
    one.trigger().trigger();
    one.patch({ triggerImmediately: { scheduledTime: toTimestamp(Date.parse('2020-01-01T00:00:07Z')) } });
    expect(one.startingIds).toEqual(['order-2026-01-01T00:00:00Z', 'order-2026-01-01T00:00:01Z', 'order-2020-01-01T00:00:07Z']);
  });
});

describe('a request that is repeated', () => {
  it('is done once, also when others came in between', () => {
    const one = new Timetable({ overlapPolicy: Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL }, never);
    const trigger = (requestId: string) => {
      one.state = oncePerRequest(one.state, requestId, (state) => patchSchedule(state, { triggerImmediately: {} }, one.env));
    };
    for (const requestId of ['a', 'b', 'a', 'b']) trigger(requestId);
    expect(one.startingIds).toHaveLength(2);
    const before = one.state;
    trigger('a');
    expect(one.state).toBe(before);
  });

  it('is only known by its id', () => {
    const one = new Timetable({ overlapPolicy: Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL }, never);
    const patched = () => oncePerRequest(one.state, '', (state) => patchSchedule(state, { triggerImmediately: {} }, one.env));
    one.state = patched();
    one.state = patched();
    expect(one.startingIds).toHaveLength(2);
  });
});

describe('actions side by side', () => {
  it('are begun a hundred at a time; the outcome of one lets the next in', () => {
    const one = new Timetable({ overlapPolicy: Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL }).patch({ pause: 'no more' });
    const from = toTimestamp(START - 499 * MINUTE);
    one.patch({ backfillRequest: [{ startTime: from, endTime: toTimestamp(START) }] });
    for (let wakes = 0; wakes < 100 && nextWakeAt(one.state, minutely) !== undefined; wakes += 1) one.wait(0);
    expect(one.startingIds).toHaveLength(100);
    one.startAll();
    expect(nextWakeAt(one.state, minutely)).toBeLessThanOrEqual(one.now);
    for (let rounds = 0; rounds < 100 && one.state.backfills.length > 0; rounds += 1) one.wait(0).startAll();
    expect(one.state).toMatchObject({ actionCount: 500, backfills: [], starting: [] });
    expect(one.state.running).toHaveLength(100);
  });
});

describe('a backfill', () => {
  it('takes both ends, ten at a time, and loses none', () => {
    const one = new Timetable({ overlapPolicy: Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL }).patch({ pause: 'no more' });
    const at = (minutes: number) => toTimestamp(START - minutes * MINUTE);
    one.patch({ backfillRequest: [{ startTime: at(24), endTime: at(0) }] });
    expect(one.startingIds).toHaveLength(10);
    expect(nextWakeAt(one.state, minutely)).toBeLessThanOrEqual(one.now);
    one.wait(0).wait(0);
    expect(one.startingIds).toHaveLength(25);
    expect(one.state.backfills).toEqual([]);
    expect(new Set(one.startingIds).size).toBe(25);
  });
});

describe('when actions overlap', () => {
  const overlapping = (overlapPolicy: number, count = 3) => {
    const one = new Timetable({ overlapPolicy }).wait(MINUTE).startAll();
    return one.wait(count * MINUTE);
  };

  it('SKIP drops what comes while one runs', () => {
    const one = overlapping(Overlap.SCHEDULE_OVERLAP_POLICY_SKIP);
    expect([one.startingIds, one.state.overlapSkipped]).toEqual([[], 3]);
  });

  it('BUFFER_ONE keeps the first that waits', () => {
    const one = overlapping(Overlap.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE);
    expect([one.state.waiting.length, one.state.overlapSkipped]).toEqual([1, 2]);
    expect(one.end().startingIds).toEqual(['order-2026-01-01T00:02:00Z']);
  });

  it('BUFFER_ALL keeps them all, in their order', () => {
    const one = overlapping(Overlap.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL);
    expect(one.end().startingIds).toEqual(['order-2026-01-01T00:02:00Z']);
    expect(one.startAll().end().startingIds).toEqual(['order-2026-01-01T00:03:00Z']);
  });

  it('BUFFER_ALL has an end, and says what it dropped', () => {
    const one = overlapping(Overlap.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL, 1005).wait(0).wait(0);
    expect([one.state.waiting.length, one.state.bufferDropped]).toEqual([1000, 5]);
  });

  it.each([
    ['CANCEL_OTHER', Overlap.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER, 'cancel'],
    ['TERMINATE_OTHER', Overlap.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER, 'terminate'],
  ])('%s ends the one that runs, once, and starts the newest after it', (_name, policy, how) => {
    const one = overlapping(policy);
    expect(one.state.stopping).toEqual([{ workflowId: 'order-2026-01-01T00:01:00Z', runId: 'run of order-2026-01-01T00:01:00Z', how }]);
    expect([one.state.waiting.length, one.state.overlapSkipped]).toEqual([1, 2]);
    expect(one.end(Status.WORKFLOW_EXECUTION_STATUS_CANCELED).startingIds).toEqual(['order-2026-01-01T00:04:00Z']);
  });

  it('ALLOW_ALL starts them side by side, and tells none of another', () => {
    const one = overlapping(Overlap.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL);
    expect(one.startingIds).toHaveLength(3);
    one.end(Status.WORKFLOW_EXECUTION_STATUS_COMPLETED, { result: { payloads: [] } });
    expect(one.state.lastResult).toBeUndefined();
  });
});

describe('an update', () => {
  const updateOf = (conflictToken: number | undefined) => ({
    schedule: { action: { startWorkflow: { workflowId: 'invoice' } } },
    conflictToken,
    memo: undefined,
    searchAttributes: undefined,
  });

  it('counts from now, and leaves what runs alone', () => {
    const one = new Timetable().wait(MINUTE).startAll();
    one.now += 30_000;
    one.state = updateSchedule(one.state, updateOf(undefined), one.env);
    expect(one.state).toMatchObject({ conflictToken: 2, updatedAt: one.now, running: [{ workflowId: 'order-2026-01-01T00:01:00Z' }] });
    expect(one.wait(MINUTE).end().wait(MINUTE).startingIds).toEqual(['invoice-2026-01-01T00:03:00Z']);
  });

  it('by somebody who has not seen the last change is refused', () => {
    const one = new Timetable().patch({ pause: 'x' });
    expect(() => updateSchedule(one.state, updateOf(1), one.env)).toThrow('mismatched conflict token');
    expect(updateSchedule(one.state, updateOf(2), one.env).conflictToken).toBe(3);
  });
});
