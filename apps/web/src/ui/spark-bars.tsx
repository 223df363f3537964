/** Counts over time in the height of a line of text. */
export function SparkBars({ counts, label }: { counts: readonly number[]; label: string }) {
  const peak = Math.max(1, ...counts);
  return (
    <svg className="spark" viewBox={`0 0 ${counts.length * 4} 16`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect x={0} y={15.5} width={counts.length * 4} height={0.5} fill="var(--line-2)" />
      {counts.map((count, index) => {
        const tall = count === 0 ? 0 : Math.max(2, (count / peak) * 15);
        // A bar's place in time is what it is.
        return <rect key={index} x={index * 4} y={16 - tall} width={3} height={tall} fill="var(--failed-m)" />;
      })}
    </svg>
  );
}
