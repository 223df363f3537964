import { describe, expect, it } from 'vitest';
import { ActivityFailure, ApplicationFailure, CancelledFailure, isCancellation, rootCause, TimeoutFailure } from '../common/failures.ts';
import { fromFailure, toFailure } from './failure-converter.ts';
import { ConversionError, defaultPayloadConverter, toPayload } from './payload.ts';

const roundTrip = (error: unknown) => {
  const { stackTrace: _stackTrace, ...failure } = toFailure(defaultPayloadConverter, error);
  return fromFailure(defaultPayloadConverter, failure);
};

describe('failures', () => {
  it('keep type, details and causes', () => {
    const failure = roundTrip(
      new ApplicationFailure('no stock', {
        type: 'OutOfStock',
        nonRetryable: true,
        details: [{ sku: 'lamp' }],
        nextRetryDelay: '3s',
        cause: new TypeError('inner'),
      }),
    );
    expect(failure).toMatchObject({
      message: 'no stock',
      type: 'OutOfStock',
      nonRetryable: true,
      details: [{ sku: 'lamp' }],
      nextRetryDelay: 3000,
    });
    expect(failure.cause).toMatchObject({ message: 'inner', type: 'TypeError' });
  });

  it('know a cancellation inside an activity failure', () => {
    const failure = roundTrip(
      new ActivityFailure('Activity cancelled', {
        activityType: 'charge',
        activityId: '1',
        retryState: 'CANCEL_REQUESTED',
        cause: new CancelledFailure('stop'),
      }),
    );
    expect(failure).toBeInstanceOf(ActivityFailure);
    expect(isCancellation(failure)).toBe(true);
    expect(rootCause(failure)).toBeInstanceOf(CancelledFailure);
  });

  it('keep which timeout it was', () => {
    expect(roundTrip(new TimeoutFailure('late', 'HEARTBEAT', { lastHeartbeatDetails: [4] }))).toMatchObject({
      timeoutType: 'HEARTBEAT',
      lastHeartbeatDetails: [4],
    });
  });

  it('are written once more as they came', () => {
    const failure = fromFailure(defaultPayloadConverter, {
      message: 'from another language',
      source: 'GoSDK',
      applicationFailureInfo: { type: 'X' },
    });
    expect(toFailure(defaultPayloadConverter, failure).source).toBe('GoSDK');
  });

  it('are made of whatever was thrown', () => {
    expect(toFailure(defaultPayloadConverter, 'text').message).toBe('text');
    expect(toFailure(defaultPayloadConverter, { odd: 1 }).message).toBe('thrown: {"odd":1}');
  });
});

describe('payloads', () => {
  it.each([[undefined], [0], ['text'], [[1, { a: null }]], [new Uint8Array([1, 2])]])('round trip %s', (value) => {
    expect(defaultPayloadConverter.fromPayload(toPayload(defaultPayloadConverter, value))).toEqual(value);
  });

  it('name the member that cannot be sent', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    expect(() => toPayload(defaultPayloadConverter, { order: { items: [() => 1] } })).toThrow('the value.order.items[0] is a function');
    expect(() => toPayload(defaultPayloadConverter, cyclic)).toThrow(ConversionError);
  });

  it('of an unknown encoding are refused by its name', () => {
    expect(() => defaultPayloadConverter.fromPayload({ metadata: { encoding: new TextEncoder().encode('binary/encrypted') } })).toThrow(
      'binary/encrypted',
    );
  });
});
