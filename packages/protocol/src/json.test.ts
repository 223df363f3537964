import { describe, expect, it } from 'vitest';
import { api } from './api.ts';
import { fromJson, toJson } from './json.ts';
import type { Json } from './json-value.ts';
import { JsonError, parseJson } from './json-value.ts';
import type { Codec } from './services.ts';

const Start = api.workflowservice.v1.StartWorkflowExecutionRequest as unknown as Codec;
const Payloads = api.common.v1.Payloads as unknown as Codec;

/** Through the wire, so that nothing is kept which a message does not hold. */
const through = (codec: Codec, json: Json, isShort = true) => {
  const message = fromJson(codec, json);
  return toJson(codec, codec.decode(codec.encode(message).finish()), isShort);
};

describe('messages as JSON', () => {
  it('come out as they went in', () => {
    const request = {
      namespace: 'default',
      workflowType: { name: 'Order' },
      input: [{ total: 12.5 }, 'two', null],
      workflowRunTimeout: '90.500s',
      workflowIdReusePolicy: 'WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE',
      retryPolicy: { maximumAttempts: 3, nonRetryableErrorTypes: ['Declined'] },
      memo: { fields: { customer: 'ann', empty: null } },
      requestEagerExecution: true,
    };
    expect(through(Start, request)).toEqual(request);
  });

  it('take names of fields in snake case and short names of values', () => {
    expect(through(Start, { workflow_id_reuse_policy: 'RejectDuplicate', retry_policy: { maximum_attempts: '3' } })).toEqual({
      workflowIdReusePolicy: 'WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE',
      retryPolicy: { maximumAttempts: 3 },
    });
  });

  it('keep 64-bit integers as strings, and times to the nanosecond', () => {
    const event = { eventId: '9007199254740993', eventTime: '2026-01-31T08:00:00.000000001Z' };
    expect(through(api.history.v1.HistoryEvent as unknown as Codec, event)).toEqual(event);
  });

  it('write times before 1970 and negative durations', () => {
    const event = { eventTime: '1969-12-31T23:59:59.500Z' };
    expect(through(api.history.v1.HistoryEvent as unknown as Codec, event)).toEqual(event);
    expect(through(Start, { workflowTaskTimeout: '-0.500s' })).toEqual({ workflowTaskTimeout: '-0.500s' });
  });

  it('write masks of fields as one string', () => {
    const codec = api.workflowservice.v1.UpdateActivityOptionsRequest as unknown as Codec;
    const request = { updateMask: 'retryPolicy.maximumAttempts,taskQueue' };
    expect(through(codec, request)).toEqual(request);
  });
});

describe('payloads in short', () => {
  it.each<[string, Json]>([
    ['any value', { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'MQ==' }] }],
    ['nothing', { payloads: [{ metadata: { encoding: 'YmluYXJ5L251bGw=' } }] }],
  ])('hold %s', (_what, full) => {
    const short = through(Payloads, full);
    expect(short).not.toEqual(full);
    // A list by itself is a message of its own and is asked for as one.
    expect(through(Start, { input: short as Json }, false)).toEqual({ input: full });
  });

  it('name the message of json/protobuf', () => {
    const value = { _protoMessageType: 'shop.Order', total: 3 };
    expect(through(Start, { input: [value] })).toEqual({ input: [value] });
  });

  it.each([
    ['encrypted data', { metadata: { encoding: 'YmluYXJ5L2VuY3J5cHRlZA==' }, data: 'AAEC' }],
    ['more metadata than an encoding', { metadata: { encoding: 'anNvbi9wbGFpbg==', type: 'S2V5d29yZA==' }, data: 'MQ==' }],
    ['an integer that JSON would round', { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=' }],
  ])('stay as they are with %s', (_what, payload) => {
    expect(through(Start, { input: { payloads: [payload] } })).toEqual({ input: { payloads: [payload] } });
  });
});

describe('JSON that says no message', () => {
  it.each<[string, Json, string]>([
    ['an unknown field', { retryPolicy: { attempts: 1 } }, 'unknown field "retryPolicy.attempts"'],
    ['a field of everything', { constructor: 1 }, 'unknown field "constructor"'],
    ['a number for a text', { workflowId: 1 }, '"workflowId" must be a string'],
    ['a text for a number', { retryPolicy: { maximumAttempts: 'three' } }, '"retryPolicy.maximumAttempts" must be an integer'],
    ['half an attempt', { retryPolicy: { maximumAttempts: 1.5 } }, '"retryPolicy.maximumAttempts" must be an integer'],
    ['a duration without its unit', { workflowRunTimeout: '5' }, '"workflowRunTimeout" must be a duration in seconds as in "1.5s"'],
    ['a value that an enum does not have', { workflowIdReusePolicy: 'Maybe' }, '"workflowIdReusePolicy" has no such value'],
    ['one value for a list', { input: 1 }, '"input" must be an array of values'],
    ['a list for a message', { retryPolicy: [] }, '"retryPolicy" must be an object'],
    ['a list for a map', { memo: { fields: [] } }, '"memo.fields" must be an object'],
    ['a list', [], 'a message must be a JSON object'],
  ])('names the place: %s', (_what, json, message) => {
    expect(() => fromJson(Start, json)).toThrow(new JsonError(message));
  });

  it.each([
    ['{"a":', 'this is not JSON'],
    ['{"a":12345678901234567890}', 'an integer has more digits than JSON carries safely; send it as a string'],
  ])('is refused when it is read: %s', (text, message) => {
    expect(() => parseJson(text)).toThrow(new JsonError(message));
  });

  it('reads long digits in texts and fractions', () => {
    expect(parseJson('{"a":"12345678901234567890","b":0.1234567890123456}')).toEqual({
      a: '12345678901234567890',
      b: 0.1234567890123456,
    });
  });
});
