import { describe, expect, it } from 'vitest';
import { kindWords, lookedWords, NAMED_MAX, queryOf, worstKind } from './error-group.ts';

describe('an error in words', () => {
  it('tells what it does to runs, the worst first', () => {
    expect(kindWords({ failed: 3, activity: 1 })).toBe('1 activity retries, 3 runs failed');
    expect(kindWords({ task: 2, timedOut: 1 })).toBe('2 workflow tasks fail, 1 run timed out');
    expect([worstKind({ failed: 9, activity: 1 }), worstKind({ timedOut: 1 })]).toEqual(['activity', 'timedOut']);
  });

  it('says what was looked at', () => {
    const looked = { closedLookedAt: 200, openLookedAt: 1, hasMoreClosed: true, hasMoreOpen: false };
    expect(lookedWords(looked)).toBe('from the last 200 failed runs and 1 open run');
  });

  it('names each run once, and no more than an address carries', () => {
    expect(queryOf(['a', 'a'])).toBe("RunId = 'a'");
    expect(queryOf(['a', "b'c"])).toBe("RunId IN ('a', 'b''c')");
    const many = queryOf(Array.from({ length: 400 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`));
    expect(many.match(/0000-4000/g)).toHaveLength(NAMED_MAX);
    expect(many.length).toBeLessThan(8_000);
  });
});
