import type { CompareRow } from '../../domain/compare-runs.ts';
import { groupLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';

/** `+1.2 s`, `−310 ms`; `=` for less than a millisecond. */
export function signed(ms: number): string {
  if (Math.abs(ms) < 0.5) return '=';
  return `${ms > 0 ? '+' : '−'}${formatDuration(Math.abs(ms))}`;
}

/** What differs, as the rest of a sentence that begins with the name of the step. */
export function differenceWords({ a, b, difference, duration = 0 }: CompareRow): string {
  switch (difference) {
    case 'onlyA':
      return 'is only in A';
    case 'onlyB':
      return 'is only in B';
    case 'status':
      return `${word(a)} in A, ${word(b)} in B`;
    case 'attempts':
      return `took ${a?.attempt} and ${b?.attempt} attempts, ${signed(duration)}`;
    case 'order':
      return 'comes in another order';
    case 'time':
      return `took ${formatDuration(Math.abs(duration))} ${duration > 0 ? 'longer' : 'less'} in B`;
    case undefined:
      return '';
  }
}

const word = (group: CompareRow['a']): string => (group === undefined ? '' : groupLook(group.status).word.toLowerCase());
