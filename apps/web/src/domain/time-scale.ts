/** From moments to a position in per cent. Long idle stretches may be folded; both sides of a fold keep one scale. */
export interface Fold {
  readonly from: number;
  readonly to: number;
}

export interface TimeScale {
  readonly start: number;
  readonly end: number;
  readonly folds: readonly (Fold & { readonly a: number; readonly n: number })[];
  /** 0 to 100. */
  at(ms: number): number;
  /** The moment at a position. */
  invert(percent: number): number;
}

/** What a fold keeps of the width. */
const FOLD_WIDTH = 3.6;

export function createTimeScale({ start, end, folds = [] }: { start: number; end: number; folds?: readonly Fold[] }): TimeScale {
  const span = Math.max(end - start, 1);
  const used = folds.filter((fold) => fold.from >= start && fold.to <= end && fold.to > fold.from);
  const shown = Math.max(span - used.reduce((sum, fold) => sum + fold.to - fold.from, 0), 1);
  const perMs = (100 - used.length * FOLD_WIDTH) / shown;
  const placed: (Fold & { a: number; n: number })[] = [];
  let folded = 0;
  for (const [index, fold] of used.entries()) {
    placed.push({ ...fold, a: (fold.from - start - folded) * perMs + index * FOLD_WIDTH, n: FOLD_WIDTH });
    folded += fold.to - fold.from;
  }
  const at = (ms: number): number => {
    let cut = 0;
    let index = 0;
    for (const fold of placed) {
      if (ms < fold.from) break;
      if (ms <= fold.to) return fold.a + (fold.n * (ms - fold.from)) / (fold.to - fold.from);
      cut += fold.to - fold.from;
      index += 1;
    }
    return (ms - start - cut) * perMs + index * FOLD_WIDTH;
  };
  const invert = (percent: number): number => {
    let cut = 0;
    let index = 0;
    for (const fold of placed) {
      if (percent < fold.a) break;
      if (percent <= fold.a + fold.n) return fold.from + ((percent - fold.a) / fold.n) * (fold.to - fold.from);
      cut += fold.to - fold.from;
      index += 1;
    }
    return start + cut + (percent - index * FOLD_WIDTH) / perMs;
  };
  return { start, end, folds: placed, at, invert };
}

export interface Busy {
  readonly from: number;
  readonly to: number;
}

/** Gaps in which nobody works, long enough to be worth cutting: at least `share` of the span. */
export function idleFolds({
  start,
  end,
  busy,
  share = 0.18,
}: {
  start: number;
  end: number;
  busy: readonly Busy[];
  share?: number;
}): Fold[] {
  const span = end - start;
  const sorted = [...busy].sort((a, b) => a.from - b.from);
  const folds: Fold[] = [];
  let reached = start;
  for (const one of [...sorted, { from: end, to: end }]) {
    const gap = one.from - reached;
    if (gap >= span * share && gap > 1_000) {
      // A margin on both sides shows that nothing was cut from the work itself.
      const margin = gap * 0.04;
      folds.push({ from: reached + margin, to: one.from - margin });
    }
    reached = Math.max(reached, one.to);
  }
  return folds;
}

const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 3e4, 6e4, 12e4, 3e5, 6e5, 12e5, 18e5, 36e5, 72e5, 216e5, 432e5, 864e5,
  1728e5, 6048e5,
];

/** Marks between two positions, at round distances from the start and none inside a fold. */
export function axisTicks(
  scale: TimeScale,
  { from = 0, to = 100, most = 8 }: { from?: number; to?: number; most?: number } = {},
): { a: number; offset: number }[] {
  const width = to - from;
  const perMs = percentPerMs(scale);
  const msPerTick = width / most / perMs;
  const step = STEPS.find((one) => one >= msPerTick) ?? STEPS[STEPS.length - 1] ?? 1;
  const first = Math.max(0, Math.floor((scale.invert(from) - scale.start) / step)) * step;
  const ticks: { a: number; offset: number }[] = [];
  for (let offset = first; scale.start + offset <= scale.end && ticks.length < most * 4; offset += step) {
    const ms = scale.start + offset;
    const fold = scale.folds.find((one) => ms > one.from && ms < one.to);
    if (fold !== undefined) {
      offset = Math.floor((fold.to - scale.start) / step) * step;
      continue;
    }
    const a = scale.at(ms);
    if (a > to) break;
    if (a >= from - 0.01) ticks.push({ a, offset });
  }
  return ticks;
}

/** Per cent per millisecond outside the folds. */
function percentPerMs(scale: TimeScale): number {
  const cut = scale.folds.reduce((sum, fold) => sum + fold.to - fold.from, 0);
  return (100 - scale.folds.length * FOLD_WIDTH) / Math.max(scale.end - scale.start - cut, 1);
}
