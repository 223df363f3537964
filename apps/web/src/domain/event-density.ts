import type { RunEvent } from './run-event.ts';

export interface DensityBucket {
  events: number;
  failures: number;
}

const BAD = /(Failed|TimedOut|Terminated)$/;

/** Events and failures per equal slice of a run. */
export function eventDensity(
  events: readonly RunEvent[],
  { start, end, buckets }: { start: number; end: number; buckets: number },
): DensityBucket[] {
  const out: DensityBucket[] = Array.from({ length: buckets }, () => ({ events: 0, failures: 0 }));
  const span = Math.max(end - start, 1);
  for (const event of events) {
    const bucket = out[Math.min(buckets - 1, Math.max(0, Math.floor(((event.at - start) / span) * buckets)))];
    if (bucket === undefined) continue;
    bucket.events += 1;
    if (BAD.test(event.type)) bucket.failures += 1;
  }
  return out;
}
