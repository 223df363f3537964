'use client';
import type { RunView } from '../../data/run-view.ts';
import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import type { ReplayReport } from '../../domain/replay-report.ts';
import { framePlace } from '../../domain/replay-report.ts';
import type { Difference } from '../../domain/replay-stops.ts';
import { plural } from '../../lib/number.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { tell } from '../../ui/toasts.tsx';
import { Condition } from './lane-words.tsx';
import type { ReplayStops } from './use-replay-stops.ts';

/** What to do about it: the hints of the report, and the facts of both sides. */
export function ReplayFix({ view, report, stops }: { view: RunView; report: ReplayReport; stops: ReplayStops }) {
  const { code, history } = report;
  const change = report.hints.find((hint) => hint.code)?.code;
  useShortcuts(
    change === undefined
      ? []
      : [
          {
            keys: 'y p',
            shown: 'y p',
            label: 'Copy the suggested change',
            scope: 'Replay',
            run: () => void navigator.clipboard.writeText(change).then(() => tell('Suggested change copied.')),
          },
        ],
  );
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
      <Differences stops={stops} />
      <Waits view={view} report={report} />
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

const WORDS: readonly (readonly [Difference, string])[] = [
  ['diverged', 'ends the replay'],
  ['renamed', 'renamed, which ends the replay'],
  ['moved', 'moved'],
  ['drift', 'drifted: the replay goes on, the behaviour differs'],
];

/** Both classes apart: what breaks a run, and what changes it without a sound. */
function Differences({ stops }: { stops: ReplayStops }) {
  if (stops.stops.length === 0) return null;
  const here = stops.stops.findIndex(({ id }) => id === stops.at);
  return (
    <section className="sec">
      <h2>Differences</h2>
      <ul className="small difs">
        {WORDS.map(([difference, word]) => {
          const count = stops.stops.filter((stop) => stop.difference === difference).length;
          return count === 0 ? null : (
            <li key={difference}>
              <b>{count}</b> {word}
            </li>
          );
        })}
      </ul>
      <p className="row small">
        <button className="btn" type="button" aria-keyshortcuts="Shift+N" onClick={() => stops.step(-1)} disabled={here === 0}>
          Previous{' '}
          <span className="k2" aria-hidden="true">
            ⇧N
          </span>
        </button>
        <button
          className="btn"
          type="button"
          aria-keyshortcuts="n"
          onClick={() => stops.step(1)}
          disabled={here === stops.stops.length - 1}
        >
          Next{' '}
          <span className="k2" aria-hidden="true">
            N
          </span>
        </button>
        {here === -1 ? null : (
          <span className="dim">
            {here + 1} of {stops.stops.length}
          </span>
        )}
      </p>
    </section>
  );
}

const KINDS = { activity: 'activity', timer: 'timer', child: 'child', externalSignal: 'signal', externalCancel: 'cancellation' } as const;

/** Where the code stood: what it had asked for and not been answered. */
function Waits({ view, report }: { view: RunView; report: ReplayReport }) {
  const { waits = [], conditions = [] } = report;
  if (waits.length + conditions.length === 0) return null;
  return (
    <section className="sec">
      <h2>Waiting on {plural(waits.length + conditions.length, 'thing')} there</h2>
      <ul className="small difs">
        {conditions.map((condition, index) => (
          <li key={`c${index}`}>
            condition <Condition condition={condition} />
          </li>
        ))}
        {waits.slice(0, WAITS_SHOWN).map((wait) => (
          <li key={wait.eventId}>
            {KINDS[wait.kind]} {wait.name ? <b>{wait.name}</b> : null}{' '}
            <Link className="mono" href={paths.event(view.run, wait.eventId)}>
              #{wait.eventId}
            </Link>{' '}
            <span className="mono dim">{framePlace(wait.at)}</span>
          </li>
        ))}
      </ul>
      {waits.length > WAITS_SHOWN ? <p className="axis">and {waits.length - WAITS_SHOWN} more</p> : null}
    </section>
  );
}

const WAITS_SHOWN = 8;
