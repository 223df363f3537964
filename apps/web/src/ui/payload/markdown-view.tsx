'use client';
import { Suspense } from 'react';
import { late } from '../late.tsx';
import { useIsLiving } from '../use-is-living.ts';
import './payload.css';

const Text = late('The text', () => import('./markdown.tsx').then((module) => module.MarkdownText));
const reading = <p className="small dim">Reading…</p>;

/** Its reader is loaded with the first text that needs it. */
export function MarkdownView({ text, label }: { text: string; label: string }) {
  const isLiving = useIsLiving();
  return (
    <div className="md" role="document" aria-label={label}>
      {isLiving ? (
        <Suspense fallback={reading}>
          <Text text={text} />
        </Suspense>
      ) : (
        reading
      )}
    </div>
  );
}
