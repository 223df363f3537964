import { api } from '@tidemark/protocol/api';
import { toLong, toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const { EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED } = api.enums.v1.EventType;
const RUN = { namespace: 'default', workflowId: 'w', runId: 'r' };
const payload = (value: unknown) => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(value)),
});
const signal = (id: number, value: unknown) => ({
  eventId: toLong(id),
  eventType: EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  eventTime: toTimestamp(1_000 + id),
  workflowExecutionSignaledEventAttributes: { signalName: 'paid', input: { payloads: [payload(value)] } },
});

/** A run with these signals, whose history comes in pages of a thousand. */
function callerOver(values: readonly unknown[]) {
  const events = values.map((value, index) => signal(index + 1, value));
  const service = fakeWorkflowService({
    describeWorkflowExecution: () => Promise.resolve({ workflowExecutionInfo: { historyLength: toLong(events.length) } }),
    getWorkflowExecutionHistory: ({ nextPageToken }) => {
      const from = nextPageToken?.length ? Number(Buffer.from(nextPageToken).toString()) : 0;
      const to = from + 1000;
      return Promise.resolve({
        history: { events: events.slice(from, to) },
        ...(to < events.length && { nextPageToken: Buffer.from(String(to)) }),
      });
    },
  });
  return callerOf(service).workflow;
}

describe('workflow.find', () => {
  const orders = [{ card: 'Visa', amount: 41.9 }, { card: 'amex', amount: 7 }, { note: 'visa later' }];

  it.each([
    ['text, whatever its capitals', { text: 'VISA' }, [1, 3]],
    ['names of fields with what stands there', { text: '"amount": 7' }, [2]],
    ['nothing that is not there', { text: 'maestro' }, []],
    ['text that looks like an expression as text', { text: 'vi.a' }, []],
    ['an expression', { text: '"amount": \\d+\\.\\d', isRegex: true }, [1]],
    ['what an expression wants at the end of a line', { text: 'later"$', isRegex: true }, [3]],
  ])('finds %s', async (_what, asked, ids) => {
    expect(await callerOver(orders).find({ ...RUN, ...asked })).toEqual({ ids, readTo: 3, more: false });
  });

  it('goes on after what it has looked at', async () => {
    const caller = callerOver(Array.from({ length: 5000 }, (_, index) => ({ n: index + 1 })));
    const first = await caller.find({ ...RUN, text: '"n": 4\\d*00\\b', isRegex: true });
    expect(first).toEqual({ ids: [400, 4000], readTo: 4096, more: true });
    const rest = await caller.find({ ...RUN, text: '"n": 4\\d*00\\b', isRegex: true, after: first.readTo });
    expect(rest).toEqual({ ids: [4100, 4200, 4300, 4400, 4500, 4600, 4700, 4800, 4900], readTo: 5000, more: false });
  });

  it('takes no longer for an expression that others choke on', async () => {
    const caller = callerOver([{ text: 'a'.repeat(20_000) }]);
    expect(await caller.find({ ...RUN, text: '(a+)+b', isRegex: true })).toMatchObject({ ids: [] });
  });

  it.each([
    ['an expression that is none', { text: '(', isRegex: true }, /missing|unmatched|parenthes/i],
    ['what these expressions have not', { text: '(?=a)', isRegex: true }, /invalid/i],
    ['nothing', { text: '' }, /text/],
  ])('refuses %s', async (_what, asked, message) => {
    await expect(callerOver(orders).find({ ...RUN, ...asked })).rejects.toThrow(message);
  });
});
