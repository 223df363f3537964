export interface CountBar {
  readonly from: number;
  readonly total: number;
  readonly bad: number;
}

const HEIGHT = 40;

/** Counts side by side, what went badly laid over the rest. Its caller says in words what it shows. */
export function CountBars({ bars, peak }: { bars: readonly CountBar[]; peak: number }) {
  const tall = (count: number) => (count === 0 ? 0 : Math.max(1.5, (count / peak) * (HEIGHT - 2)));
  return (
    <svg viewBox={`0 0 ${bars.length * 10} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {bars.map((bar, index) => (
        <g key={bar.from}>
          <rect x={index * 10} y={HEIGHT - tall(bar.total)} width={8.5} height={tall(bar.total)} fill="var(--hist)" />
          <rect x={index * 10} y={HEIGHT - tall(bar.bad)} width={8.5} height={tall(bar.bad)} fill="var(--failed-m)" />
        </g>
      ))}
    </svg>
  );
}
