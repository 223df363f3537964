import type { PathStep } from '../../domain/critical-path.ts';
import type { TimeScale } from '../../domain/time-scale.ts';

/** Under the bars of a row: the stretches in which the whole run waited for it. */
export function PathLine({ steps, scale }: { steps: readonly PathStep[]; scale: TimeScale }) {
  return steps.map(({ from, to, cause }) => {
    const a = scale.at(from);
    const style = { '--a': Number(a.toFixed(3)), '--n': Number((scale.at(to) - a).toFixed(3)) };
    return <i key={`${from} ${cause}`} className="cp" style={style} />;
  });
}
