import type { RunView } from '../../data/run-view.ts';
import { formatCount } from '../../lib/number.ts';

/** What is missing between both ends. */
export function gapWords({ gap, isLoading }: Pick<RunView, 'gap' | 'isLoading'>): string {
  if (gap === undefined) return '';
  const range = `Events ${formatCount(gap.from)} to ${formatCount(gap.to)}`;
  return isLoading ? `${range} are being read.` : `${range} are not here.`;
}

/** Stands for the rows of events that are not here yet, between those that are. */
export function GapRow({ view, index }: { view: RunView; index: number }) {
  return (
    <div role="row" className="tl-row tl-gap" aria-level={1} aria-rowindex={index + 1} aria-busy={view.isLoading}>
      <div role="gridcell">{gapWords(view)}</div>
    </div>
  );
}
