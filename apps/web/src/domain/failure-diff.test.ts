import { expect, it } from 'vitest';
import { diffLines, failureLines, nearChanges } from './failure-diff.ts';

const textOf = (before: string, after: string): string =>
  diffLines(before.split(' '), after.split(' '))
    .map(({ mark, text }) => `${mark === 'same' ? '' : mark === 'gone' ? '-' : '+'}${text}`)
    .join(' ');

it.each([
  ['a b c', 'a b c', 'a b c'],
  ['a b c', 'a x c', 'a -b +x c'],
  ['a b', 'a b c', 'a b +c'],
  ['a b c', 'b c', '-a b c'],
  ['x', 'y', '-x +y'],
])('%s to %s', (before, after, expected) => expect(textOf(before, after)).toBe(expected));

it('leaves out what is far from any change', () => {
  const lines = diffLines(['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c', 'd', 'f']);
  expect(nearChanges(lines).map((line) => (line === -1 ? '…' : line.text))).toEqual(['…', 'd', 'e', 'f']);
});

it('reads a failure with its stack and its cause', () => {
  const failure = { type: 'Wrapped', message: 'outer', stack: 'at one\nat two', cause: { type: 'Gateway', message: '502' } };
  expect(failureLines(failure)).toEqual(['Wrapped: outer', 'at one', 'at two', 'caused by Gateway: 502']);
});
