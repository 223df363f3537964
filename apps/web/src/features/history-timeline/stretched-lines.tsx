interface StretchedLinesProps {
  readonly className: string;
  /** Where the drawing begins and how far it reaches, in per cent of the whole. */
  readonly from: number;
  readonly width: number;
  /** Units of the paths. */
  readonly height: number;
  /** By tone. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Lines that lie in time and keep their thickness however far it is zoomed: a handful of elements for any number of them. */
export function StretchedLines({ className, from, width, height, paths }: StretchedLinesProps) {
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      style={{ '--a': from, '--n': width }}
      aria-hidden="true"
    >
      {Array.from(paths, ([tone, d]) => (
        <path key={tone} className={`st-${tone}`} d={d} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
