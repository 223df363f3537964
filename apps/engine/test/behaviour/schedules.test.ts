/** Schedules as they are made, shown, changed, listed and deleted. */
import { randomUUID } from 'node:crypto';
import { StatusCode } from '@tidemark/protocol/errors';
import { fromDuration, fromTimestamp, toDuration, toNumber, toTimestamp } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete } from '../support/commands.ts';
import { payloadOf, valueOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import {
  countsOf,
  createSchedule,
  describeSchedule,
  HOURLY,
  patchSchedule,
  startOf,
  trigger,
  updateSchedule,
} from '../support/schedule-calls.ts';
import { addAttributes, attributesOf, list } from '../support/visibility-calls.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
  await addAttributes(engine);
});
afterAll(() => engine.stop());

const listed = async (query: string, maximumPageSize = 1000) =>
  (await engine.workflow.listSchedules({ namespace: NAMESPACE, query, maximumPageSize })).schedules;
const entryOf = async (scheduleId: string) => (await listed(`ScheduleId = '${scheduleId}'`))[0];
const within = { timeout: 10_000 };

describe('a schedule', () => {
  it('is described with the plain form of its times, its memo and search attributes, and what comes next', async () => {
    const id = await createSchedule(
      engine,
      { spec: { cronString: ['15 6 * * 1'], interval: [{ interval: toDuration(60_000) }] }, state: { notes: 'first' } },
      { memo: { fields: { note: payloadOf('kept') } }, searchAttributes: attributesOf({ TestKeyword: 'gold' }) },
    );
    const { schedule, memo, searchAttributes, info, conflictToken } = await describeSchedule(engine, id);
    expect(schedule?.spec?.cronString ?? []).toEqual([]);
    expect(schedule?.spec?.structuredCalendar).toMatchObject([
      { minute: [{ start: 15, end: 15, step: 1 }], hour: [{ start: 6, end: 6, step: 1 }], dayOfWeek: [{ start: 1, end: 1, step: 1 }] },
    ]);
    expect(schedule?.state?.notes).toBe('first');
    expect(valueOf(memo?.fields?.['note'])).toBe('kept');
    expect(valueOf(searchAttributes?.indexedFields?.['TestKeyword'])).toBe('gold');
    expect(info?.futureActionTimes).toHaveLength(10);
    const [next = 0] = (info?.futureActionTimes ?? []).map((time) => fromTimestamp(time) ?? 0);
    expect(next % 60_000).toBe(0);
    expect(conflictToken.length).toBeGreaterThan(0);
  });

  it('is listed with its type, notes and next actions, and what has become of the last ones', async () => {
    const id = await createSchedule(engine, { state: { notes: 'listed' } });
    await expect
      .poll(() => entryOf(id), within)
      .toMatchObject({ scheduleId: id, info: { workflowType: { name: 'Order' }, notes: 'listed', paused: false } });
    expect((await entryOf(id))?.info?.futureActionTimes).toHaveLength(5);
    await trigger(engine, id, 1);
    await engine.step(id, complete());
    await expect.poll(async () => (await entryOf(id))?.info?.recentActions?.map((one) => one.startWorkflowStatus), within).toEqual([2]);
  });

  it('shows five of its last actions in a list, and ten when it is described', async () => {
    const id = await createSchedule(engine);
    for (let second = 1; second <= 12; second += 1) {
      await trigger(engine, id, second);
      await engine.step(id, complete());
      await expect.poll(async () => (await countsOf(engine, id)).running, within).toBe(0);
    }
    const { info } = await describeSchedule(engine, id);
    expect(info?.recentActions?.map(({ scheduleTime }) => (fromTimestamp(scheduleTime) ?? 0) / 1000)).toEqual([
      3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    await expect.poll(async () => (await entryOf(id))?.info?.recentActions?.length, within).toBe(5);
    expect(toNumber(info?.actionCount)).toBe(12);
  });

  it('shows ten of its times in a list, and all when it is described', async () => {
    const interval = Array.from({ length: 15 }, (_, at) => ({ interval: toDuration(3_600_000 + at * 1000) }));
    const id = await createSchedule(engine, { spec: { interval } });
    await expect.poll(async () => (await entryOf(id))?.info?.spec?.interval?.length, within).toBe(10);
    expect((await describeSchedule(engine, id)).schedule?.spec?.interval).toHaveLength(15);
  });

  it('acts at once by the times of an update', async () => {
    const id = await createSchedule(engine);
    await updateSchedule(engine, id, { spec: { interval: [{ interval: toDuration(1000) }] } });
    await expect.poll(async () => (await countsOf(engine, id)).actions, within).toBeGreaterThan(0);
    const { info, schedule } = await describeSchedule(engine, id);
    expect(info?.updateTime?.seconds).toBeDefined();
    expect(fromDuration(schedule?.spec?.interval?.[0]?.interval)).toBe(1000);
    await patchSchedule(engine, id, { pause: 'enough' });
    await expect.poll(async () => (await describeSchedule(engine, id)).schedule?.state).toMatchObject({ paused: true, notes: 'enough' });
    await patchSchedule(engine, id, { unpause: 'go on' });
    await expect.poll(async () => (await describeSchedule(engine, id)).schedule?.state).toMatchObject({ notes: 'go on' });
  });

  it('keeps its memo and search attributes through an update without them', async () => {
    const id = await createSchedule(
      engine,
      {},
      { memo: { fields: { a: payloadOf(1) } }, searchAttributes: attributesOf({ TestKeyword: 'x' }) },
    );
    await updateSchedule(engine, id, { state: { notes: 'new' } });
    await expect.poll(async () => (await describeSchedule(engine, id)).schedule?.state?.notes).toBe('new');
    const { memo, searchAttributes } = await describeSchedule(engine, id);
    expect([valueOf(memo?.fields?.['a']), valueOf(searchAttributes?.indexedFields?.['TestKeyword'])]).toEqual([1, 'x']);
  });

  it('takes the entries of a memo that an update brings, beside those it has', async () => {
    const id = await createSchedule(engine, {}, { memo: { fields: { a: payloadOf(1), b: payloadOf(2) } } });
    await engine.workflow.updateSchedule({
      namespace: NAMESPACE,
      scheduleId: id,
      requestId: randomUUID(),
      schedule: { spec: HOURLY, action: startOf(id) },
      memo: { fields: { b: payloadOf(3), c: payloadOf(4) } },
    });
    const fields = (await describeSchedule(engine, id)).memo?.fields ?? {};
    expect(Object.entries(fields).map(([name, value]) => [name, valueOf(value)])).toEqual([
      ['a', 1],
      ['b', 3],
      ['c', 4],
    ]);
  });

  it('may have an id of a thousand bytes', async () => {
    const id = await createSchedule(engine, { action: startOf('short') }, { scheduleId: `${'x'.repeat(964)}${randomUUID()}` });
    expect((await describeSchedule(engine, id)).schedule?.action?.startWorkflow?.workflowType?.name).toBe('Order');
  });

  it('has a hundred backfills under way at most', async () => {
    const id = await createSchedule(engine);
    const backfillRequest = Array.from({ length: 101 }, () => ({ startTime: toTimestamp(0), endTime: toTimestamp(1000) }));
    expect((await refusal(patchSchedule(engine, id, { backfillRequest }))).code).toBe(StatusCode.FAILED_PRECONDITION);
  });

  it('that another has changed meanwhile is not changed', async () => {
    const id = await createSchedule(engine);
    const { conflictToken } = await describeSchedule(engine, id);
    const update = () =>
      engine.workflow.updateSchedule({
        namespace: NAMESPACE,
        scheduleId: id,
        requestId: randomUUID(),
        conflictToken,
        schedule: { spec: HOURLY, action: startOf(id) },
      });
    await update();
    expect((await refusal(update())).code).toBe(StatusCode.FAILED_PRECONDITION);
  });

  it('is made once; another one under its id is refused with the request that made it', async () => {
    const requestId = randomUUID();
    const id = await createSchedule(engine, {}, { requestId });
    await createSchedule(engine, {}, { scheduleId: id, requestId });
    const refused = await refusal(createSchedule(engine, {}, { scheduleId: id }));
    expect(refused.code).toBe(StatusCode.ALREADY_EXISTS);
    expect(refused.find('WorkflowExecutionAlreadyStartedFailure')?.startRequestId).toBe(requestId);
  });

  it('that is deleted is not found, whatever is asked of it; its action goes on', async () => {
    const id = await createSchedule(engine);
    await trigger(engine, id, 1);
    await expect.poll(async () => (await countsOf(engine, id)).running, within).toBe(1);
    await engine.workflow.deleteSchedule({ namespace: NAMESPACE, scheduleId: id });
    await expect.poll(() => describeSchedule(engine, id).catch(() => 'gone'), within).toBe('gone');
    const calls = [
      () => describeSchedule(engine, id),
      () => updateSchedule(engine, id, {}),
      () => patchSchedule(engine, id, { pause: 'x' }),
      () => engine.workflow.deleteSchedule({ namespace: NAMESPACE, scheduleId: id }),
    ];
    for (const call of calls) expect((await refusal(call())).code).toBe(StatusCode.NOT_FOUND);
    await engine.step(id, complete());
    await expect.poll(() => listed(`ScheduleId = '${id}'`), within).toEqual([]);
  });

  it('is no run, and none is listed or counted for it', async () => {
    const id = await createSchedule(engine);
    expect((await list(engine, '')).filter(({ execution }) => execution?.workflowId?.includes(id))).toEqual([]);
  });
});

describe('a list of schedules', () => {
  it('comes in pages, each schedule once', async () => {
    const tag = randomUUID();
    for (let at = 0; at < 5; at += 1) await createSchedule(engine, {}, { searchAttributes: attributesOf({ TestKeyword: tag }) });
    const query = `TestKeyword = '${tag}'`;
    await expect.poll(async () => (await listed(query)).length, within).toBe(5);
    const seen: string[] = [];
    let nextPageToken = new Uint8Array();
    do {
      const page = await engine.workflow.listSchedules({ namespace: NAMESPACE, query, maximumPageSize: 2, nextPageToken });
      expect(page.schedules.length).toBeLessThanOrEqual(2);
      seen.push(...page.schedules.map(({ scheduleId }) => scheduleId ?? ''));
      nextPageToken = new Uint8Array(page.nextPageToken);
    } while (nextPageToken.length > 0);
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
    expect(toNumber((await engine.workflow.countSchedules({ namespace: NAMESPACE, query })).count)).toBe(5);
  });

  it.each([
    ["= 'ID-a'", ['a']],
    ["!= 'ID-a'", ['b', 'c']],
    ["STARTS_WITH 'ID'", ['a', 'b', 'c']],
    ["NOT STARTS_WITH 'ID-a'", ['b', 'c']],
    ["IN ('ID-a', 'ID-c')", ['a', 'c']],
    ["NOT IN ('ID-a', 'ID-c')", ['b']],
    ['IS NOT NULL', ['a', 'b', 'c']],
  ])('may be filtered by id: ScheduleId %s', async (clause, names) => {
    const tag = randomUUID();
    const searchAttributes = attributesOf({ TestKeyword: tag });
    for (const name of ['a', 'b', 'c']) await createSchedule(engine, {}, { scheduleId: `${tag}-${name}`, searchAttributes });
    const query = `TestKeyword = '${tag}' AND ScheduleId ${clause.replaceAll('ID', tag)}`;
    const ids = names.map((name) => `${tag}-${name}`);
    await expect.poll(async () => (await listed(query)).map(({ scheduleId }) => scheduleId ?? '').sort(), within).toEqual(ids);
  });

  it('may be filtered by whether they are paused', async () => {
    const id = await createSchedule(engine, { state: { paused: true } });
    await expect.poll(async () => (await listed(`TemporalSchedulePaused = true AND ScheduleId = '${id}'`)).length, within).toBe(1);
    expect(await listed(`TemporalSchedulePaused = false AND ScheduleId = '${id}'`)).toEqual([]);
  });

  it('cannot be filtered by what runs have', async () => {
    expect((await refusal(listed("WorkflowId = 'x'"))).code).toBe(StatusCode.INVALID_ARGUMENT);
  });
});

it('the times of a schedule within a span are listed without the first', async () => {
  const id = await createSchedule(engine, { spec: HOURLY });
  const { startTime } = await engine.workflow.listScheduleMatchingTimes({
    namespace: NAMESPACE,
    scheduleId: id,
    startTime: toTimestamp(0),
    endTime: toTimestamp(3 * 3_600_000),
  });
  expect(startTime.map((time) => (fromTimestamp(time) ?? 0) / 3_600_000)).toEqual([1, 2, 3]);
});

describe('a request', () => {
  it.each([
    ['an id that is too long', { scheduleId: 'x'.repeat(1001) }],
    ['a request id that is too long', { requestId: 'x'.repeat(1001) }],
    ['no action', { schedule: { spec: HOURLY } }],
    ['a task queue of the system', { schedule: { spec: HOURLY, action: startOf('x', { taskQueue: { name: '/_sys/x/1' } }) } }],
    ['a cron string that cannot be read', { schedule: { spec: { cronString: ['61 * * * *'] }, action: startOf('x') } }],
    ['an action with a cron schedule', { schedule: { spec: HOURLY, action: startOf('x', { cronSchedule: '* * * * *' }) } }],
    [
      'an action with too large an input',
      { schedule: { spec: HOURLY, action: startOf('x', { input: { payloads: [{ data: Buffer.alloc(2 * 1024 * 1024 + 100) }] } }) } },
    ],
  ])('with %s is refused', async (_what, over) => {
    expect((await refusal(createSchedule(engine, {}, over))).code).toBe(StatusCode.INVALID_ARGUMENT);
    const id = await createSchedule(engine);
    const request = { namespace: NAMESPACE, requestId: randomUUID(), schedule: { spec: HOURLY, action: startOf(id) }, ...over };
    const update = engine.workflow.updateSchedule({ scheduleId: id, ...request });
    expect((await refusal(update)).code).toBe(StatusCode.INVALID_ARGUMENT);
  });

  it.each([
    ['unset', undefined, 31_536_000],
    ['zero', 0, 10],
    ['negative', -5, 10],
    ['below the least', 3, 10],
    ['above the least', 90, 90],
  ])('with a catch-up window that is %s is described as it holds', async (_what, seconds, held) => {
    const policies = seconds === undefined ? {} : { catchupWindow: toDuration(seconds * 1000) };
    const id = await createSchedule(engine, { policies });
    const windowOf = async () => (fromDuration((await describeSchedule(engine, id)).schedule?.policies?.catchupWindow) ?? 0) / 1000;
    expect(await windowOf()).toBe(held);
    await updateSchedule(engine, id, { policies });
    await expect.poll(windowOf).toBe(held);
  });
});
