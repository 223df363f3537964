'use client';
import './globals.css';
import { useState } from 'react';

/** The last resort: the frame of all pages broke. It stands in the place of the whole document, so it counts on nothing else of the product. */
export default function EverythingError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  // The document that has the theme goes as this one comes.
  const [theme] = useState(() => (typeof document === 'undefined' ? undefined : document.documentElement.dataset['theme']));
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    const lines = [
      `Address: ${location.pathname}`,
      `Browser: ${navigator.userAgent}`,
      `Digest: ${error.digest ?? ''}`,
      error.stack ?? String(error),
    ];
    void navigator.clipboard.writeText(lines.join('\n')).then(() => setCopied(true));
  };
  return (
    <html lang="en" data-theme={theme} data-density="default">
      <head>
        <title>Tidemark</title>
      </head>
      <body>
        <main className="blank" role="alert">
          <h1 className="lead2">This page could not be shown.</h1>
          <p className="mid">
            Something broke while it was drawn, or a part of it could not be loaded because the console does not answer. Nothing was
            changed.
          </p>
          <div className="row acts">
            <button className="btn" type="button" onClick={reset}>
              Try again
            </button>
            <button className="btn quiet" type="button" onClick={copy}>
              {isCopied ? 'Copied' : 'Copy diagnostics'}
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
