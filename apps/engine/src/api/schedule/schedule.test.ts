import { api } from '@tidemark/protocol/api';
import { StatusCode, RpcError } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { encodePayloads } from '../json/payload.ts';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';
import type { ScheduleInput } from './schedule-fields.ts';
import { toSchedule } from './schedule-fields.ts';
import { fromSpecFields, toSpecFields } from './spec-fields.ts';

const entry = (scheduleId: string, type: string, paused = false) => ({ scheduleId, info: { workflowType: { name: type }, paused } });

const input: ScheduleInput = {
  spec: toSpecFields({}),
  type: 'Order',
  workflowId: 'order',
  queue: 'orders',
  input: [1],
  executionTimeoutMs: 0,
  runTimeoutMs: 5_000,
  taskTimeoutMs: 0,
  overlap: 'BufferAll',
  catchupMs: 60_000,
  pauseOnFailure: true,
  notes: '',
  isPaused: false,
  remaining: 3,
};

describe('schedule.list', () => {
  const pages = [[entry('b-two', 'Order'), entry('a-one', 'Order', true)], [entry('c-three', 'Refund')]];
  const service = fakeWorkflowService({
    listSchedules: (request) => {
      const page = Number(Buffer.from(request.nextPageToken ?? []).toString() || 0);
      return Promise.resolve({ schedules: pages[page], nextPageToken: page === 0 ? Buffer.from('1') : new Uint8Array() });
    },
  });
  it('reads every page and filters by a piece of the id, the type and the state', async () => {
    const list = callerOf(service).schedule.list;
    const all = await list({ namespace: 'n' });
    expect([all.rows.map((row) => row.id), all.types]).toEqual([
      ['a-one', 'b-two', 'c-three'],
      ['Order', 'Refund'],
    ]);
    expect((await list({ namespace: 'n', id: 'TWO' })).rows.map((row) => row.id)).toEqual(['b-two']);
    expect((await list({ namespace: 'n', type: 'Order', isPaused: false })).rows.map((row) => row.id)).toEqual(['b-two']);
    expect(await list({ namespace: 'n', rowsMax: 1 })).toMatchObject({ matching: 3, scanned: 3, rows: [{ id: 'a-one' }] });
  });
  it('says that a server has none, rather than failing', async () => {
    const without = fakeWorkflowService({ listSchedules: () => Promise.reject(new RpcError(StatusCode.UNIMPLEMENTED, 'no')) });
    expect((await callerOf(without).schedule.list({ namespace: 'n' })).isSupported).toBe(false);
  });
});

describe('schedule.update', () => {
  const before = {
    action: {
      startWorkflow: { retryPolicy: { maximumAttempts: 7 }, input: encodePayloads(['old']) ?? null, workflowRunTimeout: toDuration(1) },
    },
    policies: { keepOriginalWorkflowId: true },
  };
  it('refuses a change to what the caller has not seen', async () => {
    const service = fakeWorkflowService({
      describeSchedule: () => Promise.resolve({ schedule: before, conflictToken: Buffer.from('two') }),
    });
    const token = Buffer.from('one').toString('base64url');
    await expect(callerOf(service).schedule.update({ namespace: 'n', id: 's', token, schedule: input })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
    });
  });
  it('keeps what the form does not show, and replaces what it does', () => {
    const { action, policies, state } = toSchedule({ ...input, input: null }, before);
    expect(action?.startWorkflow).toMatchObject({
      retryPolicy: { maximumAttempts: 7 },
      input: before.action.startWorkflow.input,
      workflowRunTimeout: toDuration(5_000),
    });
    expect(policies).toMatchObject({
      keepOriginalWorkflowId: true,
      pauseOnFailure: true,
      overlapPolicy: api.enums.v1.ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL,
    });
    expect([state?.limitedActions, Number(state?.remainingActions)]).toEqual([true, 3]);
    expect(toSchedule({ ...input, input: [] }, before).action?.startWorkflow).not.toHaveProperty('input');
  });
});

describe('toSpecFields', () => {
  it('writes ranges as people do, and a field without values as never', () => {
    const every = { start: 0, end: 59, step: 1 };
    const [calendar] = toSpecFields({
      structuredCalendar: [
        {
          second: [{ start: 0, end: 0, step: 1 }],
          minute: [{ ...every, step: 15 }],
          hour: [
            { start: 9, end: 17, step: 2 },
            { start: 20, end: 20, step: 1 },
          ],
          dayOfWeek: [{ start: 1, end: 5, step: 1 }],
          month: [{ start: 1, end: 12, step: 1 }],
        },
      ],
    }).calendars;
    expect(calendar).toEqual({
      second: '0',
      minute: '*/15',
      hour: '9-17/2,20',
      dayOfMonth: 'never',
      month: '*',
      dayOfWeek: '1-5',
      year: '*',
      comment: '',
    });
  });
  it('comes back as it went', () => {
    const fields = {
      ...toSpecFields({}),
      intervals: [{ everyMs: 90_000, offsetMs: 1_500 }],
      timezone: 'Asia/Tokyo',
      jitterMs: 250,
      endAt: 5_000,
    };
    expect(toSpecFields(fromSpecFields(fields))).toEqual(fields);
  });
});

describe('schedule.setPaused', () => {
  it('goes on after one that fails, and names it', async () => {
    const service = fakeWorkflowService({
      patchSchedule: (request) =>
        request.scheduleId === 'b' ? Promise.reject(new RpcError(StatusCode.NOT_FOUND, 'gone')) : Promise.resolve({}),
    });
    const outcome = await callerOf(service).schedule.setPaused({ namespace: 'n', ids: ['a', 'b', 'c'], isPaused: true, note: '' });
    expect(outcome).toEqual({ changed: 2, failed: [{ id: 'b', message: 'gone' }] });
  });
});
