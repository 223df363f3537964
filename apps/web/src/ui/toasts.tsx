'use client';
import type { ReactNode } from 'react';
import { Toaster, toast } from 'sonner';

export function Toasts() {
  return <Toaster position="bottom-right" gap={8} toastOptions={{ unstyled: true }} />;
}

/** What was done, and where to see it. */
export function tell(message: ReactNode): void {
  toast.custom(() => (
    <div className="toast">
      <svg className="g st-completed" style={{ color: 'var(--c)' }} aria-hidden="true">
        <use href="#g-completed" />
      </svg>
      <span className="grow">{message}</span>
    </div>
  ));
}
