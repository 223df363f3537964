import { diffLines, failureLines, nearChanges } from '../../domain/failure-diff.ts';
import type { RunFailure } from '../../domain/run-event.ts';
import { cx } from '../../lib/text.ts';

const SIGNS = { same: '', gone: '−', new: '+' } as const;

interface FailureDiffProps {
  readonly before: RunFailure;
  readonly after: RunFailure;
  readonly title: string;
  readonly note: string | undefined;
}

/** What changed from one failure to the next: the lines that went and those that came. */
export function FailureDiff({ before, after, title, note }: FailureDiffProps) {
  const lines = nearChanges(diffLines(failureLines(before), failureLines(after)));
  return (
    <section className="sec">
      <h3>
        {title} {note ? <span className="axis">{note}</span> : null}
      </h3>
      <div className="fdiff" role="group" aria-label={title} tabIndex={0}>
        {lines.map((line, at) =>
          line === -1 ? (
            <p key={at} className="skip" aria-label="Lines that are the same">
              …
            </p>
          ) : (
            <p key={at} className={cx('dl', line.mark)}>
              <i>{SIGNS[line.mark]}</i>
              {line.mark === 'gone' ? <del>{line.text}</del> : line.mark === 'new' ? <ins>{line.text}</ins> : <span>{line.text}</span>}
            </p>
          ),
        )}
      </div>
    </section>
  );
}
