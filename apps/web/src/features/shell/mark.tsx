/** The tide gauge: a scale and the water's line across it. */
export function Mark() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeLinecap="round" aria-hidden="true">
      <path d="M3 1.5v13" stroke="var(--ink)" strokeWidth="1.5" />
      <path d="M3 3.5h3.5M3 12.5h3.5" stroke="var(--ink-3)" strokeWidth="1.25" />
      <path d="M3 8c2.2-1.9 3.6 1.5 5.8 0S12.6 6.5 14.5 8" strokeWidth="1.75" />
    </svg>
  );
}
