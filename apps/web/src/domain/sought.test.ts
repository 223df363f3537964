import { expect, it } from 'vitest';
import { soughtOf, testOf } from './sought.ts';

it.each([
  ['charge', { text: 'charge', isRegex: false }],
  ['/ch.rge/', { text: 'ch.rge', isRegex: true }],
  ['/ch(rge/', { text: '/ch(rge/', isRegex: false }],
  ['/charge', { text: '/charge', isRegex: false }],
  ['//', { text: '//', isRegex: false }],
])('reads %s', (typed, sought) => {
  expect(soughtOf(typed)).toEqual(sought);
});

it('finds whatever the capitals, and lines by their ends', () => {
  expect(testOf(soughtOf('CARD'))('chargeCard')).toBe(true);
  expect(testOf(soughtOf('/^card$/'))('charge\nCard\n')).toBe(true);
  expect(testOf(soughtOf('/^card$/'))('chargeCard')).toBe(false);
  expect(testOf(soughtOf('c.rd'))('card')).toBe(false);
});
