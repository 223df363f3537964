import type { ReactNode } from 'react';
import { toIso } from '../lib/time.ts';

interface MomentProps {
  /** Milliseconds. */
  readonly at: number;
  /** How it is read here. */
  readonly children: ReactNode;
}

/** A moment. What it is in other clocks is shown where it is pointed at or has the focus; see `HoverCards`. */
export const Moment = ({ at, children }: MomentProps) => (
  <time dateTime={toIso(at)} tabIndex={0}>
    {children}
  </time>
);
