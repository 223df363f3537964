import { api } from '@tidemark/protocol/api';
import { expect, it } from 'vitest';
import { oversizedFailure } from './oversized-failure.ts';

const { Failure } = api.failure.v1;

it.each([
  ['a long text', { message: 'x'.repeat(10_000) }],
  ['text of wide characters', { message: '注文'.repeat(5000) }],
  ['a long stack', { message: 'short', stackTrace: 'at somewhere\n'.repeat(1000) }],
  [
    'everything',
    { message: 'x'.repeat(10_000), stackTrace: 'y'.repeat(10_000), source: 'worker', applicationFailureInfo: { type: 'Broken' } },
  ],
])('%s is cut so that it fits, in whole characters', (_what, failure) => {
  const { cause } = oversizedFailure(failure, { bytesMax: 4096, nonRetryable: false });
  const { len } = Failure.encode(cause ?? {});
  expect(len).toBeLessThanOrEqual(4096);
  expect(len).toBeGreaterThan(4080);
  expect(failure.message.startsWith(cause?.message ?? '-')).toBe(true);
});

it('the kind of the original stays, and its cause does not', () => {
  const original = {
    message: 'x'.repeat(100),
    applicationFailureInfo: { type: 'Broken', nonRetryable: true },
    cause: { message: 'deeper' },
  };
  const { cause } = oversizedFailure(original, { bytesMax: 50, nonRetryable: true });
  expect(cause).toMatchObject({ applicationFailureInfo: { type: 'Broken', nonRetryable: true } });
  expect(cause?.cause).toBeUndefined();
});
