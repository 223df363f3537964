import { describe, expect, it } from 'vitest';
import { activityBars, activitySpan, dragged } from './activity-span.ts';

const HOUR = 3_600_000;

describe('the histogram of starts', () => {
  it('shows the last day, to the end of the minute', () =>
    expect(activitySpan({}, 100 * HOUR + 1)).toEqual({ from: 76 * HOUR + 60_000, to: 100 * HOUR + 60_000, buckets: 48 }));
  it('shows the span of the filters', () =>
    expect(activitySpan({ startedFrom: HOUR, startedTo: 2 * HOUR }, 100 * HOUR)).toMatchObject({ from: HOUR, to: 2 * HOUR }));
  it('has a span even where the filters leave none', () =>
    expect(activitySpan({ startedFrom: 9 * HOUR, startedTo: HOUR }, 100 * HOUR)).toMatchObject({ from: HOUR - 48, to: HOUR }));

  const span = { from: 0, to: 30, buckets: 3 };
  const bars = activityBars(span, [
    { from: 0, byStatus: { Completed: 3, Failed: 1, TimedOut: 1 } },
    { from: 10, byStatus: {} },
    { from: 20, byStatus: { Running: 2 } },
  ]);
  it('counts all and those that ended badly', () =>
    expect(bars).toEqual([
      { from: 0, to: 10, total: 5, bad: 2 },
      { from: 10, to: 20, total: 0, bad: 0 },
      { from: 20, to: 30, total: 2, bad: 0 },
    ]));
  it('takes whole bars from whichever side they are dragged', () => {
    expect(dragged(bars, 2, 1)).toEqual({ from: 10, to: 30 });
    expect(dragged(bars, 0, 7)).toBeUndefined();
  });
});
