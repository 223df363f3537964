export interface TrendPoint {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

export interface TrendLineProps {
  readonly label: string;
  readonly points: readonly TrendPoint[];
  /** The height of the picture; the highest point when it is higher. */
  readonly max?: number;
  readonly tone?: string;
}

const WIDTH = 240;
const HEIGHT = 48;

/** A figure over time with the ground below it filled. Drawn from two points on. */
export function TrendLine({ label, points, max = 1, tone = 'running' }: TrendLineProps) {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at) return null;
  const top = Math.max(max, ...points.map(({ value }) => value), Number.MIN_VALUE);
  const line = points.map(({ at, value }) => {
    const x = ((at - first.at) / (last.at - first.at)) * WIDTH;
    return `${x.toFixed(1)},${(HEIGHT - 1 - (value / top) * (HEIGHT - 4)).toFixed(1)}`;
  });
  return (
    <svg
      className={`trend st-${tone}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      style={{ width: '100%', height: HEIGHT, borderBottom: '1px solid var(--line-2)' }}
    >
      <polygon points={`0,${HEIGHT} ${line.join(' ')} ${WIDTH},${HEIGHT}`} fill="var(--w)" />
      <polyline points={line.join(' ')} fill="none" stroke="var(--m)" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
