'use client';
import { useState } from 'react';
import { Icon } from './icon.tsx';

/** Copies text and says so for a moment, to eyes and to screen readers. */
export function CopyButton({ text, what }: { text: string | (() => string); what: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <button className="copy" type="button" aria-label={isCopied ? `${what} copied` : `Copy ${what}`} onClick={copy}>
      {isCopied ? (
        <svg className="g st-completed" style={{ color: 'var(--c)' }} aria-hidden="true">
          <use href="#g-completed" />
        </svg>
      ) : (
        <Icon name="copy" small />
      )}
    </button>
  );
}
