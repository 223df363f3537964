/** The span and the bars of the list's histogram of starts. */

const MINUTE = 60_000;
const DAY = 86_400_000;
const BARS = 48;

export interface ActivitySpan {
  readonly from: number;
  readonly to: number;
  readonly buckets: number;
}

export interface ActivityBar {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  /** Runs that did not end well: failed, timed out, terminated. */
  readonly bad: number;
}

/** The span of the filters, or the last day. Ends on a whole minute, so that the question stays the same for a minute. */
export function activitySpan(filter: { readonly startedFrom?: number; readonly startedTo?: number }, now: number): ActivitySpan {
  const end = (Math.floor(now / MINUTE) + 1) * MINUTE;
  const to = filter.startedTo ?? end;
  const from = filter.startedFrom ?? to - DAY;
  return { from: Math.min(from, to - BARS), to, buckets: BARS };
}

const BAD = new Set(['Failed', 'TimedOut', 'Terminated']);

export function activityBars(
  span: ActivitySpan,
  buckets: readonly { readonly from: number; readonly byStatus: Readonly<Record<string, number>> }[],
): readonly ActivityBar[] {
  return buckets.map(({ from, byStatus }, index) => {
    const entries = Object.entries(byStatus);
    const sum = (counts: typeof entries) => counts.reduce((all, [, count]) => all + count, 0);
    return {
      from,
      to: buckets[index + 1]?.from ?? span.to,
      total: sum(entries),
      bad: sum(entries.filter(([status]) => BAD.has(status))),
    };
  });
}

/** What was dragged over, from whichever side: whole bars, as moments. */
export function dragged(
  bars: readonly ActivityBar[],
  first: number,
  last: number,
): { readonly from: number; readonly to: number } | undefined {
  const start = bars[Math.min(first, last)];
  const end = bars[Math.max(first, last)];
  return start && end ? { from: start.from, to: end.to } : undefined;
}
