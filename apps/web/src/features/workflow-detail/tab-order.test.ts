import { expect, it } from 'vitest';
import { FILE_TABS, RUN_TABS, tabDigits } from './tab-order.ts';

it('numbers the tabs as they stand, the tenth with 0', () => {
  const digits = tabDigits(RUN_TABS, false);
  expect(digits.map(({ digit, label }) => `${digit} ${label}`)).toEqual([
    '1 Timeline',
    '2 History',
    '3 State',
    '4 Pending',
    '5 Workers',
    '6 Replay',
    '7 Compare',
    '8 Family',
    '9 Input and result',
    '0 Interact',
  ]);
});

it('leaves 0 to the timeline where there is one', () => {
  expect(tabDigits(RUN_TABS, true).at(-1)?.digit).toBe('9');
});

it('numbers the tabs of a file by themselves', () => {
  expect(tabDigits(FILE_TABS, false).map(({ digit, tab }) => `${digit} ${tab}`)).toEqual([
    '1 timeline',
    '2 history',
    '3 state',
    '4 workers',
    '5 io',
  ]);
});
