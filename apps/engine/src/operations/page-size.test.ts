import { expect, it } from 'vitest';
import { pageSize } from './page-size.ts';

it.each([
  ['a count', 7, 7],
  ['more than the maximum', 101, 100],
  ['nothing', undefined, 20],
  ['zero', 0, 20],
  ['less than nothing', -1, 20],
])('takes %s', (_name, asked, expected) => {
  expect(pageSize(asked, 100, 20)).toBe(expected);
});

it('is the maximum when nothing else is usual', () => {
  expect(pageSize(-1, 100)).toBe(100);
});
