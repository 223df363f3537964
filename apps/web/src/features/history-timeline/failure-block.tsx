import type { RunFailure } from '../../domain/run-event.ts';

/** What went wrong, in the words of the code that failed. */
export function FailureBlock({ failure, tone, note }: { failure: RunFailure; tone: string; note: string }) {
  return (
    <>
      <section className="sec">
        <h3>{note}</h3>
        <div className={`fail st-${tone}`}>
          <b>{failure.type}</b>
          <span className="mid wrapt">{failure.message}</span>
        </div>
      </section>
      {failure.stack ? (
        <section className="sec">
          <h3>Stack</h3>
          <pre className="code stackt" tabIndex={0} aria-label="Stack">
            {failure.stack}
          </pre>
        </section>
      ) : null}
    </>
  );
}
