/** The actions of schedules: when they start, what they are told, and what their end means for the next. */
import { fromTimestamp, toDuration, toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelWorkflow, complete, continueAsNew, fail } from '../support/commands.ts';
import { payloadOf, payloadsOf, valueOf, valuesOf } from '../support/payloads.ts';
import { reset } from '../support/reset-calls.ts';
import {
  backfill,
  countsOf,
  createSchedule,
  describeSchedule,
  HOURLY,
  patchSchedule,
  startOf,
  trigger,
  updateSchedule,
} from '../support/schedule-calls.ts';
import type { Counts } from '../support/schedule-calls.ts';
import type { WholeEngine, WorkflowTask } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const [SKIP, BUFFER_ONE, BUFFER_ALL, ALLOW_ALL] = [1, 2, 3, 6] as const;
const HOUR = 3600;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const comesTo = (id: string, counts: Partial<Counts>) => expect.poll(() => countsOf(engine, id), { timeout: 10_000 }).toMatchObject(counts);
const startedBy = ({ history }: WorkflowTask) => history?.events?.[0]?.workflowExecutionStartedEventAttributes;
/** The hours that name the actions which were started, the oldest first. */
const hoursOf = async (id: string) =>
  ((await describeSchedule(engine, id)).info?.recentActions ?? [])
    .map(({ scheduleTime }) => (fromTimestamp(scheduleTime) ?? 0) / 1000 / HOUR)
    .sort((a, b) => a - b);

describe('an action', () => {
  it('is given its input, memo and header, and knows its schedule', async () => {
    const id = await createSchedule(engine, {
      action: startOf('given', {
        taskQueue: { name: 'given' },
        input: payloadsOf('in', 1),
        memo: { fields: { note: payloadOf('m') } },
        header: { fields: { h: payloadOf('h') } },
      }),
    });
    await trigger(engine, id, 7);
    const task = await engine.workflowTask('given');
    expect(task.workflowExecution?.workflowId).toBe('given-1970-01-01T00:00:07Z');
    const started = startedBy(task);
    expect(valuesOf(started?.input)).toEqual(['in', 1]);
    expect([valueOf(started?.memo?.fields?.['note']), valueOf(started?.header?.fields?.['h'])]).toEqual(['m', 'h']);
    const attributes = started?.searchAttributes?.indexedFields;
    expect(valueOf(attributes?.['TemporalScheduledById'])).toBe(id);
    expect(Date.parse(String(valueOf(attributes?.['TemporalScheduledStartTime'])))).toBe(7000);
  });

  it('is told the result and the failure of the one before', async () => {
    const id = await createSchedule(engine);
    await trigger(engine, id, 1);
    await engine.step(id, complete(payloadsOf('first')));
    await comesTo(id, { actions: 1, running: 0 });
    await trigger(engine, id, 2);
    const second = await engine.workflowTask(id);
    expect([valuesOf(startedBy(second)?.lastCompletionResult), startedBy(second)?.continuedFailure?.message]).toEqual([
      ['first'],
      undefined,
    ]);
    await engine.complete(second, [fail()]);
    await comesTo(id, { actions: 2, running: 0 });
    await trigger(engine, id, 3);
    const third = await engine.workflowTask(id);
    expect([valuesOf(startedBy(third)?.lastCompletionResult), startedBy(third)?.continuedFailure?.message]).toEqual([['first'], 'broken']);
  });

  it('has not ended while it is retried or continued', async () => {
    const retryPolicy = { initialInterval: toDuration(50), maximumAttempts: 2 };
    const id = await createSchedule(engine);
    await updateSchedule(engine, id, { action: startOf(id, { retryPolicy }) });
    await trigger(engine, id, 1);
    await engine.step(id, fail());
    const retried = await engine.workflowTask(id);
    expect(retried.attempt).toBe(1);
    await trigger(engine, id, 2);
    await comesTo(id, { actions: 1, running: 1, skipped: 1 });
    await engine.complete(retried, [continueAsNew()]);
    const continued = await engine.workflowTask(id);
    await trigger(engine, id, 3);
    await comesTo(id, { actions: 1, running: 1, skipped: 2 });
    await engine.complete(continued, [complete(payloadsOf('end'))]);
    await comesTo(id, { running: 0 });
    await trigger(engine, id, 4);
    expect(valuesOf(startedBy(await engine.workflowTask(id))?.lastCompletionResult)).toEqual(['end']);
  });

  it('that was reset, more than once, ends with its last run', async () => {
    const id = await createSchedule(engine);
    await trigger(engine, id, 1);
    const task = await engine.workflowTask(id);
    const run = { workflowId: task.workflowExecution?.workflowId ?? '', runId: task.workflowExecution?.runId ?? '' };
    await engine.complete(task);
    const first = await reset(engine, run, { to: 4 });
    await engine.step(id);
    await reset(engine, first, { to: 7 });
    await trigger(engine, id, 2);
    await comesTo(id, { actions: 1, running: 1, skipped: 1 });
    await engine.step(id, complete());
    await comesTo(id, { running: 0 });
  });
});

describe('a trigger', () => {
  it.each<[string, Parameters<typeof createSchedule>[1]]>([
    ['has actions to go', {}],
    ['is paused', { state: { paused: true } }],
    ['has no actions to go', { state: { limitedActions: true, remainingActions: 0 as never } }],
  ])('starts an action of a schedule that %s', async (_what, schedule) => {
    const id = await createSchedule(engine, schedule);
    await trigger(engine, id, 1);
    await engine.step(id, complete());
    await comesTo(id, { actions: 1, running: 0 });
  });
});

describe('a backfill', () => {
  it.each<[string, Parameters<typeof createSchedule>[1]]>([
    ['active', {}],
    ['paused', { state: { paused: true } }],
  ])('of a schedule that is %s starts an action for each of its times, also one that was there before', async (_what, schedule) => {
    const id = await createSchedule(engine, schedule);
    for (const times of [1, 2]) {
      await backfill(engine, id, [[HOUR, 2 * HOUR]], ALLOW_ALL);
      for (let left = 2; left > 0; left -= 1) await engine.step(id, complete());
      await comesTo(id, { actions: 2 * times, running: 0 });
    }
    expect(await hoursOf(id)).toEqual([1, 1, 2, 2]);
  });

  it('skips what comes while another runs, if it is told to', async () => {
    const id = await createSchedule(engine);
    await backfill(engine, id, [[HOUR, 3 * HOUR]], SKIP);
    await comesTo(id, { actions: 1, skipped: 2 });
  });

  it('keeps one waiting, if it is told to', async () => {
    const id = await createSchedule(engine);
    await backfill(engine, id, [[HOUR, 3 * HOUR]], BUFFER_ONE);
    await comesTo(id, { actions: 1, buffered: 1, skipped: 1 });
    await engine.step(id, complete());
    await comesTo(id, { actions: 2, buffered: 0 });
  });

  it('of several ranges starts each time once, and none for a range without one', async () => {
    const id = await createSchedule(engine);
    await backfill(
      engine,
      id,
      [
        [HOUR, 2 * HOUR],
        [10 * HOUR, 11 * HOUR],
        [HOUR + 60, HOUR + 120],
      ],
      ALLOW_ALL,
    );
    await comesTo(id, { actions: 4 });
    expect(await hoursOf(id)).toEqual([1, 2, 10, 11]);
  });
});

describe('actions that wait', () => {
  it('are counted, and start one after the other', async () => {
    const id = await createSchedule(engine, { policies: { overlapPolicy: BUFFER_ALL } });
    for (const second of [1, 2, 3]) await trigger(engine, id, second);
    await comesTo(id, { actions: 1, running: 1, buffered: 2 });
    for (const buffered of [1, 0]) {
      await engine.step(id, complete());
      await comesTo(id, { actions: 3 - buffered, running: 1, buffered });
    }
    await engine.step(id, complete());
    await comesTo(id, { running: 0, buffered: 0 });
  });

  it('one alone is kept, and starts when the one before has ended', async () => {
    const id = await createSchedule(engine, { policies: { overlapPolicy: BUFFER_ONE } });
    for (const second of [1, 2, 3]) await trigger(engine, id, second);
    await comesTo(id, { actions: 1, buffered: 1, skipped: 1 });
    await engine.step(id, complete());
    expect((await engine.workflowTask(id)).workflowExecution?.workflowId).toBe(`${id}-1970-01-01T00:00:02Z`);
    await comesTo(id, { actions: 2, buffered: 0 });
  });
});

describe('a paused schedule', () => {
  it('lets its times pass and shows what is to come; unpaused it goes on', async () => {
    const spec = { interval: [{ interval: toDuration(1000) }] };
    const id = await createSchedule(engine, { spec, state: { paused: true, notes: 'held' }, policies: { overlapPolicy: ALLOW_ALL } });
    const nextOf = async () => fromTimestamp((await describeSchedule(engine, id)).info?.futureActionTimes?.[0]) ?? 0;
    const before = await nextOf();
    await expect.poll(nextOf, { timeout: 5000 }).toBeGreaterThan(before);
    const { info } = await describeSchedule(engine, id);
    expect([toNumber(info?.actionCount), toNumber(info?.missedCatchupWindow), toNumber(info?.overlapSkipped)]).toEqual([0, 0, 0]);
    await patchSchedule(engine, id, { unpause: 'again' });
    await expect.poll(async () => (await countsOf(engine, id)).actions, { timeout: 10_000 }).toBeGreaterThan(0);
  });

  it('without any time stays open', async () => {
    const id = await createSchedule(engine, { spec: {}, state: { paused: true } });
    expect((await describeSchedule(engine, id)).info?.futureActionTimes).toEqual([]);
  });
});

describe('a schedule that pauses on failure', () => {
  const pausing = () => createSchedule(engine, { spec: HOURLY, policies: { pauseOnFailure: true } });
  it('is paused when its action fails, and says why', async () => {
    const id = await pausing();
    await trigger(engine, id, 1);
    await engine.step(id, fail());
    await comesTo(id, { paused: true });
    expect((await describeSchedule(engine, id)).schedule?.state?.notes).toContain('broken');
  });

  it.each(['cancelled', 'terminated'])('goes on when its action is %s', async (how) => {
    const id = await pausing();
    await trigger(engine, id, 1);
    await comesTo(id, { running: 1 });
    const target = { namespace: NAMESPACE, workflowExecution: { workflowId: `${id}-1970-01-01T00:00:01Z` } };
    if (how === 'terminated') await engine.workflow.terminateWorkflowExecution(target);
    else {
      await engine.workflow.requestCancelWorkflowExecution(target);
      await engine.step(id, cancelWorkflow());
    }
    await comesTo(id, { running: 0, paused: false });
  });
});

it('times in the far future and many calendars are answered at once', async () => {
  const calendars = Array.from({ length: 300 }, (_, at) => ({
    second: [{ start: at % 60 }],
    minute: [{ start: at % 60 }],
    hour: [{ start: 3 }],
    dayOfMonth: [{ start: 31 }],
    month: [{ start: 12 }],
    year: [{ start: 2099 }],
    dayOfWeek: [{ start: 0, end: 6 }],
  }));
  const before = Date.now();
  const id = await createSchedule(engine, { spec: { structuredCalendar: calendars } });
  const times = (await describeSchedule(engine, id)).info?.futureActionTimes ?? [];
  expect(new Date(fromTimestamp(times[0]) ?? 0).toISOString()).toBe('2099-12-31T03:00:00.000Z');
  expect(Date.now() - before).toBeLessThan(3000);
});
