'use client';
import { Hollow } from '../../../ui/hollow.tsx';

/** A pane that broke. The rest of the console goes on. */
export default function PaneError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="main" id="main">
      <Hollow
        icon="errors"
        title="This pane broke while it was drawn."
        actions={
          <button className="btn" type="button" onClick={reset}>
            Draw it again
          </button>
        }
      >
        <p className="fail st-failed">
          <b>{error.name}</b>
          <span className="mid">{error.message}</span>
        </p>
      </Hollow>
    </main>
  );
}
