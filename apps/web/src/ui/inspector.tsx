'use client';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { PaneBoundary } from './pane-boundary.tsx';

const SLOT = 'inspector-slot';

/** Where the one inspector of a page appears, beside its main pane. */
export const InspectorSlot = () => <div id={SLOT} style={{ display: 'contents' }} />;

/** Puts its children into the page's inspector. */
export function Inspector({ label, children }: { label: string; children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => setSlot(document.getElementById(SLOT)), []);
  return slot === null
    ? null
    : createPortal(
        <aside className="insp" aria-label={label}>
          <PaneBoundary pane="inspector">{children}</PaneBoundary>
        </aside>,
        slot,
      );
}
