'use client';
import { useEffect } from 'react';
import { Toaster as Base, toast } from 'sonner';
import { Glyph } from './icon.tsx';
import type { News } from './toasts.tsx';

/** Shows the news, each list of them once. */
export function Toaster({ news }: { news: readonly News[] }) {
  useEffect(() => news.forEach(show), [news]);
  return <Base position="bottom-right" gap={8} toastOptions={{ unstyled: true }} />;
}

function show({ message, tone }: News): void {
  toast.custom(() => (
    <div className={`toast st-${tone === 'done' ? 'completed' : 'retrying'}`}>
      <Glyph name={tone === 'done' ? 'completed' : 'taskfail'} />
      <span className="grow">{message}</span>
    </div>
  ));
}
