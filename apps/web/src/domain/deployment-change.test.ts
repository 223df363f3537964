import { describe, expect, it } from 'vitest';
import type { Routed } from './deployment-change.ts';
import { changeWords, missingQueues } from './deployment-change.ts';

const data: Routed = {
  current: 'v1',
  ramp: { build: 'v2' },
  versions: [
    { build: 'v1', detail: { queues: ['mails', 'orders'], pinned: 3 } },
    { build: 'v2', detail: { queues: ['orders'], pinned: 0 } },
    { build: 'v0', detail: null },
  ],
};
const effectsOf = (...change: Parameters<typeof changeWords>) => changeWords(...change).effects.join(' ');

describe('a change of the current version', () => {
  it('tells where new work goes, what stays behind, and which queues are left', () => {
    expect(effectsOf(data, { kind: 'current', build: 'v2' })).toBe(
      'New workflows, and those that upgrade by themselves, go to v2 instead of v1. ' +
        '3 open runs pinned to v1 stay there until they end or are moved. ' +
        'It does not poll mails: work there goes to workers without a version.',
    );
    expect(missingQueues(data, 'v2')).toEqual(['mails']);
  });

  it('may leave new work to workers without a version, which poll what they poll', () => {
    expect(effectsOf(data, { kind: 'current', build: '' })).toContain('go to workers without a version instead of v1.');
    expect(missingQueues(data, '')).toEqual([]);
    expect(missingQueues({ ...data, current: null }, 'v2')).toEqual([]);
  });
});

it('a ramp tells of both ways, and its end of one', () => {
  expect(effectsOf(data, { kind: 'ramp', build: 'v2' })).toContain('A share of the workflows goes to v2, the others go on to v1.');
  expect(effectsOf(data, { kind: 'unramp' })).toBe('All new work goes to v1.');
});
