'use client';
import type { RunView } from '../../data/run-view.ts';
import type { ReplayReport } from '../../domain/replay-report.ts';
import { CopyButton } from '../../ui/copy-button.tsx';

/** What to do about it: the hints of the report, and the facts of both sides. */
export function ReplayFix({ view, report }: { view: RunView; report: ReplayReport }) {
  const { code, history } = report;
  return (
    <aside className="fix" aria-label="What to do">
      {report.hints.map((hint, index) => (
        <section className="sec" key={index}>
          <h2>{index === 0 ? 'Fix it in code' : 'Or'}</h2>
          <p className="small mid">{hint.text}</p>
          {hint.code ? (
            <div className="frame" style={{ marginTop: 8 }}>
              <div className="cap">
                <span className="mono">{hint.at ? `${hint.at.file.split('/').at(-1)}:${hint.at.line}` : 'patch'}</span>
                <span className="grow" />
                <CopyButton text={hint.code} what="snippet" />
              </div>
              <pre className="code" style={{ padding: '6px 10px' }} tabIndex={0} aria-label="Suggested change">
                {hint.code}
              </pre>
            </div>
          ) : null}
        </section>
      ))}
      {report.error ? (
        <section className="sec">
          <h2>The error</h2>
          <div className="fail st-failed">
            <b>{report.error.type}</b>
            <span className="mid">{report.error.message}</span>
          </div>
        </section>
      ) : null}
      <section className="sec">
        <h2>What was compared</h2>
        <dl className="kv small" style={{ marginTop: 6 }}>
          <dt>Tasks</dt>
          <dd>
            {report.tasks.matched} of {report.tasks.total} match
          </dd>
          <dt>History</dt>
          <dd>{history.events} events</dd>
          <dt>Code</dt>
          <dd className="mono">{code.buildId ?? code.bundleHash.slice(0, 12)}</dd>
          <dt>Type</dt>
          <dd>{view.description?.type}</dd>
        </dl>
        {report.truncated && report.truncated.omittedTasks > 0 ? (
          <p className="axis" style={{ marginTop: 6 }}>
            {report.truncated.omittedTasks} tasks are not listed.
          </p>
        ) : null}
      </section>
    </aside>
  );
}
