import type { ReactNode } from 'react';

interface MarkProps {
  /** Where it stands, in per cent of the whole. */
  readonly a: number;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** Something in a lane that keeps its size when the window is zoomed. Wide as the lane, so that a share of its own width moves it. */
export function Mark({ a, className, children }: MarkProps) {
  const place = Number(a.toFixed(5));
  return (
    <div className="tl-mark" data-a={place}>
      <span className={className} style={{ '--a': place }}>
        {children}
      </span>
    </div>
  );
}
