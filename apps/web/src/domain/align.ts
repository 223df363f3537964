/** Two lists side by side. What has the same name and the same turn among its namesakes is a pair. */
export interface Aligned<Item> {
  readonly a: Item | undefined;
  readonly b: Item | undefined;
  /** In both, but in another order. */
  readonly isMoved: boolean;
}

/** In the order of `a`; what only `b` has stands after the pair that it follows there. Grows like n log n. */
export function align<Item>(a: readonly Item[], b: readonly Item[], nameOf: (item: Item) => string): Aligned<Item>[] {
  const placeInB = new Map(withTurns(b, nameOf).map((key, index) => [key, index]));
  const partners = withTurns(a, nameOf).map((key) => placeInB.get(key));
  const inOrder = longestRise(partners);
  const taken = new Set(partners);
  const rows: Aligned<Item>[] = [];
  let next = 0;
  const onlyInB = (until: number) => {
    for (; next < until; next++) if (!taken.has(next)) rows.push({ a: undefined, b: b[next], isMoved: false });
  };
  for (const [index, item] of a.entries()) {
    const partner = partners[index];
    const isAnchor = inOrder.has(index);
    if (partner !== undefined && isAnchor) onlyInB(partner);
    rows.push({ a: item, b: partner === undefined ? undefined : b[partner], isMoved: partner !== undefined && !isAnchor });
  }
  onlyInB(b.length);
  return rows;
}

/** `reserve 1`, `reserve 2`, …: no two are alike. */
export function withTurns<Item>(items: readonly Item[], nameOf: (item: Item) => string): string[] {
  const turns = new Map<string, number>();
  return items.map((item) => {
    const name = nameOf(item);
    const turn = (turns.get(name) ?? 0) + 1;
    turns.set(name, turn);
    return `${name}\u0000${turn}`;
  });
}

/** The indexes of a longest rising run of values. Where no value occurs twice, that is the longest common subsequence. */
function longestRise(values: readonly (number | undefined)[]): ReadonlySet<number> {
  /** Of each length: the index at which the best run of that length ends. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? undefined : ends[low - 1];
    ends[low] = index;
  }
  const run = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) run.add(at);
  return run;
}
