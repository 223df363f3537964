import { formatDuration } from '../lib/duration.ts';
import { plural } from '../lib/number.ts';

/** `12 took 100–200 ms, 1 at least 2.0 s`: what a row of cells shows. */
export function cellsWords(cells: readonly number[], edges: readonly number[]): string {
  return cells
    .flatMap((count, index) => {
      const [low, high] = [edges[index], edges[index + 1]];
      if (count === 0 || low === undefined) return [];
      if (high === undefined) return [`${count} at least ${formatDuration(low)}`];
      return [
        index === 0 ? `${count} less than ${formatDuration(high)}` : `${count} from ${formatDuration(low)} to ${formatDuration(high)}`,
      ];
    })
    .join(', ');
}

/** `0%`, `<1%`, `12%`; a share from 0 to 1. */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.01) return '<1%';
  return `${Math.round(share * 100)}%`;
}

/** `the newest 40 closed runs`. */
export const sampledWords = (count: number, hasMore: boolean): string =>
  hasMore ? `the newest ${plural(count, 'closed run')}` : plural(count, 'closed run');
