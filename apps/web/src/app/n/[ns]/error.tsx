'use client';
import { BrokenPlace } from '../../../ui/broken-place.tsx';

/** A page that broke. The rest of the console goes on. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="main" id="main">
      <BrokenPlace pane="page" error={error} onRetry={reset} />
    </main>
  );
}
