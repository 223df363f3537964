'use client';
import dynamic from 'next/dynamic';
import './payload.css';

const Text = dynamic(() => import('./markdown.tsx').then((module) => module.MarkdownText), {
  ssr: false,
  loading: () => <p className="small dim">Reading…</p>,
});

/** Its reader is loaded with the first text that needs it. */
export function MarkdownView({ text, label }: { text: string; label: string }) {
  return (
    <div className="md" role="document" aria-label={label}>
      <Text text={text} />
    </div>
  );
}
