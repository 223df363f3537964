import { toDuration } from '@tidemark/protocol/time';
import { beforeEach, describe, expect, it } from 'vitest';
import { activity } from '../../../../test/support/commands.ts';
import { ModelRun } from '../../../../test/support/model-run.ts';
import { dispatchesOfState } from '../dispatch.ts';
import type { ActivityProgress } from '../volatile.ts';
import { decideCompleteActivity, decideFailActivity, decideHeartbeat, decideStartActivity } from './activity.ts';
import type { ActivitySelector } from './activity-operator.ts';
import { decidePauseActivity, decideResetActivity, decideUnpauseActivity, decideUpdateActivityOptions } from './activity-operator.ts';
import { decideDue, nextDueAt } from './due.ts';

const FIRST = 5;
const HOUR_MS = 3_600_000;
const one: ActivitySelector = { by: 'id', id: 'a' };

/** Two activities: `a`, which waits an hour between attempts, and `b`. */
let run: ModelRun;

beforeEach(() => {
  run = new ModelRun().start();
  run.poll();
  const retryPolicy = { initialInterval: toDuration(HOUR_MS), backoffCoefficient: 1 };
  run.complete([activity('a', { retryPolicy, heartbeatTimeout: toDuration(1000) }), activity('b', { activityType: { name: 'other' } })]);
});

function progress(scheduledEventId = FIRST): ActivityProgress {
  const found = run.known.volatile.progress.get(scheduledEventId);
  if (found === undefined) throw new Error('the activity is pending');
  return found;
}
function take() {
  const { attempt, stamp } = progress();
  run.do((state, env) => decideStartActivity(state, { scheduledEventId: FIRST, stamp, requestId: 'poll', identity: 'worker' }, env));
  return { kind: 'token', scheduledEventId: FIRST, attempt, stamp } as const;
}
const failure = { message: 'no', applicationFailureInfo: { type: 'Broken' } };
const fail = (ref: ReturnType<typeof take>) =>
  run.do((state, env) => decideFailActivity(state, { ref, failure, identity: 'worker', lastHeartbeatDetails: undefined }, env));
const beat = (ref: ReturnType<typeof take>) =>
  run.do((state, env) => decideHeartbeat(state, { ref, details: { payloads: [{ data: new Uint8Array([1]) }] }, identity: 'worker' }, env));
const pause = (selector: ActivitySelector = one) =>
  run.do((state, env) => decidePauseActivity(state, { selector, identity: 'operator', reason: 'hold on', requestId: 'p' }, env));
const unpause = (over: Partial<Parameters<typeof decideUnpauseActivity>[1]> = {}) =>
  run.do((state, env) =>
    decideUnpauseActivity(state, { selector: one, resetAttempts: false, resetHeartbeat: false, delay: 0, ...over }, env),
  );
const reset = (over: Partial<Parameters<typeof decideResetActivity>[1]> = {}) =>
  run.do((state, env) =>
    decideResetActivity(
      state,
      { selector: one, resetHeartbeat: false, keepPaused: false, restoreOriginalOptions: false, delay: 0, ...over },
      env,
    ),
  );
const offered = () =>
  dispatchesOfState(run.known).filter((dispatch) => dispatch.kind === 'activity' && dispatch.scheduledEventId === FIRST);

describe('a paused activity', () => {
  it('that waits is handed to nobody until it goes on, with its attempt', () => {
    const { stamp } = progress();
    pause();
    expect(offered()).toEqual([]);
    const start = { scheduledEventId: FIRST, stamp, requestId: 'poll', identity: 'worker' };
    expect(run.refusal((state, env) => decideStartActivity(state, start, env))?.code).toBe('not-found');
    unpause();
    expect([offered().length, progress().attempt]).toEqual([1, 1]);
  });

  it('that runs goes on, is told, and is held back when it fails', () => {
    const ref = take();
    pause();
    expect(beat(ref)).toEqual({ cancelRequested: false, activityPaused: true, activityReset: false });
    fail(ref);
    expect(progress()).toMatchObject({ attempt: 2, pause: { reason: 'hold on' } });
    run.now += 2 * HOUR_MS;
    run.do((state, env) => decideDue(state, undefined, env));
    expect(progress().phase).toBe('backoff');
    unpause({ resetAttempts: true });
    expect([progress().attempt, offered().length]).toEqual([1, 1]);
  });

  it('that runs may complete', () => {
    const ref = take();
    pause();
    run.do((state, env) => decideCompleteActivity(state, { ref, result: undefined, identity: 'worker' }, env));
    expect(run.names).toContain('activityTaskCompleted');
  });

  it('is paused once, whoever asks again', () => {
    pause();
    const before = run.records.length;
    pause();
    expect(progress().pause?.at).toBe(run.now);
    expect(run.records.length - before).toBeLessThanOrEqual(1);
  });

  it('goes on after a random while, where that is asked for', () => {
    pause();
    unpause({ delay: 500 });
    expect([offered(), nextDueAt(run.known)]).toEqual([[], run.now + 500]);
  });
});

describe('a reset activity', () => {
  it('that waits begins again at once, with what it last said unless told otherwise', () => {
    const ref = take();
    beat(ref);
    fail(ref);
    reset();
    expect(progress()).toMatchObject({ attempt: 1, phase: 'scheduled' });
    expect(progress().heartbeatDetails).toBeDefined();
    reset({ resetHeartbeat: true });
    expect(progress().heartbeatDetails).toBeUndefined();
  });

  it('that runs finishes its attempt first, is told, and begins again when that fails', () => {
    fail(take());
    run.now += HOUR_MS;
    run.do((state, env) => decideDue(state, undefined, env));
    const ref = take();
    reset();
    expect(beat(ref).activityReset).toBe(true);
    fail(ref);
    expect(progress()).toMatchObject({ attempt: 1, phase: 'backoff' });
    expect(progress().startsOver).toBeUndefined();
  });

  it('goes on unless it is to stay paused', () => {
    pause();
    reset({ keepPaused: true });
    expect(progress().pause).toBeDefined();
    reset();
    expect(progress().pause).toBeUndefined();
  });
});

describe('the options of an activity', () => {
  const update = (retryMs: number) =>
    run.do((state, env) =>
      decideUpdateActivityOptions(
        state,
        {
          selector: one,
          change: (options) => ({ ...options, retryPolicy: { ...options.retryPolicy, initialInterval: toDuration(retryMs) } }),
        },
        env,
      ),
    );

  it('hold for the wait in progress, over a restart too', () => {
    fail(take());
    run.now += 5000;
    update(20_000);
    expect(nextDueAt(run.rebuilt())).toBe(run.now + 15_000);
    update(1000);
    expect(nextDueAt(run.known)).toBe(run.now);
  });

  it('can be taken back, and history keeps what the workflow asked for', () => {
    update(1000);
    const restored = run.do((state, env) => decideUpdateActivityOptions(state, { selector: one, change: undefined }, env));
    expect(Number(restored.retryPolicy?.initialInterval?.seconds)).toBe(HOUR_MS / 1000);
    expect(progress().options).toBeUndefined();
  });

  it('move a waiting task to another queue', () => {
    const change = (options: object) => ({ ...options, taskQueue: { name: 'elsewhere' } });
    run.do((state, env) => decideUpdateActivityOptions(state, { selector: one, change }, env));
    expect(offered()).toMatchObject([{ taskQueue: 'elsewhere' }]);
  });
});

describe('activities', () => {
  it('are chosen by type, or all of them', () => {
    pause({ by: 'type', type: 'other' });
    expect([progress().pause, progress(6).pause?.identity]).toEqual([undefined, 'operator']);
    unpause({ selector: { by: 'all' } });
    expect(progress(6).pause).toBeUndefined();
  });

  it.each([{ by: 'id', id: 'none' } as const, { by: 'type', type: 'none' } as const])(
    'that are not there are said to be so: %j',
    (selector) => {
      const request = { selector, identity: '', reason: '', requestId: '' };
      expect(run.refusal((state, env) => decidePauseActivity(state, request, env))?.code).toBe('not-found');
    },
  );
});
