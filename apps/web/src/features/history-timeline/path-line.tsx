import type { PathStep } from '../../domain/critical-path.ts';
import type { TimeScale } from '../../domain/time-scale.ts';
import { reachOf } from './reach.ts';
import { useDrawnZoom } from './use-zoom.ts';
import type { ZoomControl } from './zoom-control.ts';
import type { Zoom } from './zoom.ts';

/** More than these are joined where what lies between them would not be seen. */
const FEW = 24;
/** So many parts has the visible width then. */
const GRAINS = 200;

interface Stretch {
  readonly a: number;
  n: number;
}

/** Under the bars of a row: the stretches in which the whole run waited for it. */
export function PathLine({ steps, scale, control }: { steps: readonly PathStep[]; scale: TimeScale; control: ZoomControl }) {
  const zoom = useDrawnZoom(control, scale);
  return stretches(steps, scale, zoom).map(({ a, n }) => (
    <i key={a} className="cp" style={{ '--a': Number(a.toFixed(3)), '--n': Number(n.toFixed(3)) }} />
  ));
}

/** In per cent of the whole. `steps` in time order. */
function stretches(steps: readonly PathStep[], scale: TimeScale, zoom: Zoom): readonly Stretch[] {
  const all: Stretch[] = [];
  const reach = reachOf(zoom);
  const grain = steps.length > FEW ? 100 / zoom.scale / GRAINS : 0;
  for (const { from, to } of steps) {
    const a = scale.at(from);
    const end = scale.at(to);
    if (end < reach.from || a > reach.to) continue;
    const before = all.at(-1);
    if (before !== undefined && a - before.a - before.n <= grain) before.n = Math.max(before.n, end - before.a);
    else all.push({ a, n: end - a });
  }
  return all;
}
