import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { keysOf } from '../../lib/keys-of.ts';

interface Drawn {
  readonly row: TimelineRow;
  readonly now: number;
}

/** Whether a row need not be drawn anew: while a run goes on the clock changes all rows but those whose work is over. */
export function isSameRow<Props extends Drawn>(before: Props, after: Props): boolean {
  const isSame = before.row === after.row ? before.now === after.now : before.row.looksLike(after.row);
  return isSame && keysOf(after).every((name) => name === 'row' || name === 'now' || before[name] === after[name]);
}
