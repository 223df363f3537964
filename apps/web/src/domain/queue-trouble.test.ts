import { describe, expect, it } from 'vitest';
import type { IndexedQueue, QueueSideFacts } from './queue-trouble.ts';
import { byTrouble, figuresOf, queueTrouble } from './queue-trouble.ts';

const side = (pollers: number, stats: Partial<NonNullable<QueueSideFacts['stats']>> | null = {}): QueueSideFacts => ({
  pollers: Array.from({ length: pollers }, (_, index) => ({ identity: `worker-${index}`, build: null })),
  stats: stats === null ? null : { backlog: 0, oldestMs: 0, inPerSecond: 0, outPerSecond: 0, ...stats },
  limit: null,
});
const queue = (name: string, workflow: QueueSideFacts, more: Partial<IndexedQueue> = {}): IndexedQueue => ({
  name,
  runs: 5,
  openRuns: 3,
  sides: { workflow, activity: side(workflow.pollers.length) },
  closeName: null,
  ...more,
});

describe('what is wrong with a queue', () => {
  it.each([
    ['nobody polls', queue('q', side(0)), { rank: 3, words: 'nobody polls' }],
    ['a close name', queue('q', side(0), { closeName: 'orders' }), { rank: 3, words: 'nobody polls; did you mean orders?' }],
    [
      'nobody polls and nobody waits',
      queue('q', side(0, { backlog: 1 }), { openRuns: 0 }),
      { rank: 0, words: 'nobody polls, nothing needs it' },
    ],
    [
      'it grows',
      queue('q', side(2, { backlog: 90, oldestMs: 20_000, inPerSecond: 7, outPerSecond: 2 })),
      { rank: 2, words: 'growing by 5.0 a second' },
    ],
    [
      'it drains',
      queue('q', side(2, { backlog: 90, oldestMs: 20_000, inPerSecond: 2, outPerSecond: 5 })),
      { rank: 1, words: 'draining, empty in 30 s' },
    ],
    ['it stands', queue('q', side(2, { backlog: 9, oldestMs: 20_000 })), { rank: 2, words: 'not moving' }],
    ['a moment’s wait', queue('q', side(2, { backlog: 9, oldestMs: 20 })), { rank: 0, words: '' }],
    ['all is well', queue('q', side(2)), { rank: 0, words: '' }],
  ])('%s', (_, asked, answer) => expect(queueTrouble(asked)).toEqual(answer));

  it('counts a worker once that polls for both kinds, and knows where nothing is counted', () => {
    expect(figuresOf(queue('q', side(2)))).toMatchObject({ pollers: 2, backlog: 0 });
    expect(figuresOf({ sides: { workflow: side(1, null), activity: side(0, null) } })?.backlog).toBeNull();
    expect(figuresOf({ sides: null })).toBeUndefined();
  });

  it('puts first what needs somebody', () => {
    const well = queue('well', side(1), { openRuns: 900 });
    const alone = queue('alone', side(0));
    const behind = queue('behind', side(1, { backlog: 9, oldestMs: 20_000 }));
    expect(byTrouble([well, behind, alone]).map(({ name }) => name)).toEqual(['alone', 'behind', 'well']);
  });
});
