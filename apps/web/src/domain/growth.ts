/**
 * For tests of pace: how much more processor time `work` takes on ten times as much, about 10 where it grows with what it is given. Both are
 * measured in turn in the same run, and the least of each counts, so that whatever else keeps the machine busy falls on neither.
 */
export function growth(size: number, work: (size: number) => () => unknown): number {
  const [few, many] = [work(size), work(size * 10)];
  const times = { few: Number.POSITIVE_INFINITY, many: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 7; round += 1) {
    times.few = Math.min(times.few, processorTime(few));
    times.many = Math.min(times.many, processorTime(many));
  }
  return times.many / times.few;
}

/** Room for caches that no longer hold it all and for sorting; what looks at everything for each of its parts would take a hundred times. */
export const MUCH_GROWTH = 60;

/** Microseconds. */
function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}
