import { describe, expect, it } from 'vitest';
import { failureOf } from './failure-row.ts';

const payload = (value: unknown) => ({ metadata: { encoding: btoa('json/plain') }, data: btoa(JSON.stringify(value)) });

describe('a failure out of JSON', () => {
  it('has its kind, its causes and their stacks', () =>
    expect(
      failureOf({
        message: 'Activity task failed',
        activityFailureInfo: { activityType: { name: 'chargeCard' } },
        cause: { message: 'declined', applicationFailureInfo: { type: 'CardDeclined', nonRetryable: true }, stackTrace: 'at charge.ts:3' },
      }),
    ).toEqual({
      type: 'ActivityError',
      message: 'Activity task failed',
      cause: { type: 'CardDeclined', message: 'declined', nonRetryable: true, stack: 'at charge.ts:3' },
    }));
  it('has the words that a codec has hidden, once they are decoded', () =>
    expect(
      failureOf({
        message: 'Encoded failure',
        applicationFailureInfo: { type: 'CardDeclined' },
        encodedAttributes: payload({ message: 'declined', stack_trace: 'at charge.ts:3' }),
      }),
    ).toEqual({ type: 'CardDeclined', message: 'declined', stack: 'at charge.ts:3' }));
  it('hides what its words hold as JSON under keys of secrets', () =>
    expect(failureOf({ message: 'no {"password":"x"}', stackTrace: 'Error: no {"password":"x"}' })).toMatchObject({
      message: 'no {"password":"••••••"}',
      stack: 'Error: no {"password":"••••••"}',
    }));
  it('is none where there is none', () => expect(failureOf(undefined)).toBeUndefined());
});
