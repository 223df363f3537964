'use client';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import type { ReplaySection } from '../../domain/replay-report.ts';
import type { ReplayStop } from '../../domain/replay-stops.ts';
import { replayStops } from '../../domain/replay-stops.ts';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';

/** So many sections stand in the page around the place that is looked at; a run has up to ten thousand. */
const AROUND = 25;
const MORE = 100;

export interface ReplayStops {
  readonly stops: readonly ReplayStop[];
  /** The row whose details are open. */
  readonly at: string | null;
  readonly toggle: (id: string) => void;
  readonly step: (by: 1 | -1) => void;
  /** The sections that are drawn. */
  readonly from: number;
  readonly to: number;
  readonly showMore: (side: 'before' | 'after') => void;
}

/** Which difference is looked at: in the address, by keys, and in the middle of what is drawn. */
export function useReplayStops(sections: readonly ReplaySection[]): ReplayStops {
  const [at, setAt] = useQueryState('at', parseAsString);
  const [more, setMore] = useState({ before: 0, after: 0 });
  const stops = useMemo(() => replayStops(sections), [sections]);
  const here = stops.findIndex(({ id }) => id === at);
  const first = stops.find(({ difference }) => difference === 'diverged' || difference === 'renamed');
  const middle = (stops[here] ?? first)?.section ?? 0;
  const go = (stop: ReplayStop | undefined) => {
    if (stop === undefined) return;
    setMore({ before: 0, after: 0 });
    void setAt(stop.id).then(() => document.querySelector(`[data-stop="${stop.id}"]`)?.scrollIntoView({ block: 'center' }));
  };
  const step = (by: 1 | -1) => go(stops[here === -1 ? (by === 1 ? 0 : stops.length - 1) : here + by]);
  const key = ([keys, shown]: readonly [string, string], label: string, run: () => void): Shortcut => ({
    keys,
    shown,
    label,
    scope: 'Replay',
    run,
  });
  useShortcuts([
    key(['d', 'd'], 'First divergence', () => go(first)),
    key(['n', 'n'], 'Next difference', () => step(1)),
    key(['Shift+N', '⇧ N'], 'Previous difference', () => step(-1)),
    ...(at === null ? [] : [key(['Escape', 'Esc'], 'Close the details', () => void setAt(null))]),
  ]);
  return {
    stops,
    at,
    toggle: (id) => void setAt(id === at ? null : id),
    step,
    from: Math.max(0, middle - AROUND - more.before),
    to: Math.min(sections.length, middle + AROUND + more.after),
    showMore: (side) => setMore((before) => ({ ...before, [side]: before[side] + MORE })),
  };
}
