import './styles/heat.css';

/** A row of cells, the darker the more a column holds. `words` says the same to those who do not see it. */
export function HeatCells({ counts, words }: { counts: readonly number[]; words: string }) {
  const most = Math.max(1, ...counts);
  return (
    <span className="heat" role="img" aria-label={words} title={words}>
      {counts.map((count, index) => (
        // The place is the column's identity.
        <i key={index} style={{ opacity: count === 0 ? 0 : FAINT + (1 - FAINT) * (count / most) }} />
      ))}
    </span>
  );
}

/** One among many is still to be seen. */
const FAINT = 0.2;
