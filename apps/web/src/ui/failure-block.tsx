import './styles/failure.css';

export interface ShownFailure {
  readonly type: string;
  readonly message: string;
  readonly nonRetryable?: boolean;
  readonly stack?: string;
  readonly cause?: ShownFailure;
}

interface FailureBlockProps {
  readonly failure: ShownFailure;
  readonly tone: string;
  readonly note: string;
  /** Down to the first cause; else this one alone. */
  readonly withCauses?: boolean;
}

/** What went wrong, in the words of the code that failed. */
export function FailureBlock({ failure, tone, note, withCauses = false }: FailureBlockProps) {
  const { type, message, nonRetryable, stack, cause } = failure;
  return (
    <>
      <section className="sec">
        <h3>{note}</h3>
        <div className={`fail st-${tone}`}>
          <b>{type}</b>
          <span className="mid wrapt">{message}</span>
          {withCauses && nonRetryable ? <span className="axis">Not to be tried again.</span> : null}
        </div>
      </section>
      {stack ? (
        <section className="sec">
          <h3>Stack</h3>
          <pre className="code stackt" tabIndex={0} aria-label={withCauses ? `Stack of ${type}` : 'Stack'}>
            {stack}
          </pre>
        </section>
      ) : null}
      {withCauses && cause ? <FailureBlock failure={cause} tone={tone} note="Caused by" withCauses /> : null}
    </>
  );
}
