'use client';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { Toaster as Base, toast } from 'sonner';

/** Shows the news, each list of them once. */
export function Toaster({ news }: { news: readonly ReactNode[] }) {
  useEffect(() => news.forEach(show), [news]);
  return <Base position="bottom-right" gap={8} toastOptions={{ unstyled: true }} />;
}

function show(message: ReactNode): void {
  toast.custom(() => (
    <div className="toast">
      <svg className="g st-completed" style={{ color: 'var(--c)' }} aria-hidden="true">
        <use href="#g-completed" />
      </svg>
      <span className="grow">{message}</span>
    </div>
  ));
}
