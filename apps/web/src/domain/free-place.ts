/** A stretch of an axis, in its own unit. */
export interface Stretch {
  readonly a: number;
  readonly n: number;
}

/**
 * Where something of this width stands between `from` and `to` without covering what is taken: in the last gap that holds it, since
 * that is where people look. Undefined when no gap does.
 */
export function freePlace(
  taken: readonly Stretch[],
  { from, to, width }: { readonly from: number; readonly to: number; readonly width: number },
): number | undefined {
  let reached = from;
  let found: number | undefined;
  const look = (until: number) => {
    if (Math.min(until, to) - reached >= width) found = reached;
  };
  for (const { a, n } of [...taken].sort((x, y) => x.a - y.a)) {
    look(a);
    reached = Math.max(reached, a + n);
  }
  look(to);
  return found;
}
