import type { BodyFind } from '../../data/body-find.ts';
import { formatCount } from '../../lib/number.ts';

/** How far the bodies have been looked into, as long as that is not all of them. */
export function FindNote({ find: { readTo, isReading, problem }, total }: { find: BodyFind; total: number }) {
  if (readTo === undefined || (problem === undefined && !isReading)) return null;
  const place = `event ${formatCount(readTo)} of ${formatCount(total)}`;
  return (
    <div className={problem === undefined ? 'bar dim small late' : 'bar small'} role="status">
      {problem === undefined ? `Bodies are searched up to ${place}.` : `Bodies are searched up to ${place} only: ${problem}`}
    </div>
  );
}
