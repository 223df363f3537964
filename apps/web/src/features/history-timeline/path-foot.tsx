'use client';
import { useState } from 'react';
import type { CriticalPath, PathCause, PathTotal } from '../../domain/critical-path.ts';
import { NOBODY } from '../../domain/critical-path.ts';
import { formatDuration, formatOffset } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { SPLIT_LOOKS } from './split-looks.ts';

interface PathFootProps {
  readonly path: CriticalPath;
  readonly start: number;
  readonly end: number;
  readonly onSelect: (eventId: number) => void;
}

/** More steps than these are in the history; the table says so. */
const STEPS_MAX = 200;

/** What the critical path is made of: one bar, the names behind each piece, and every step as a table. */
export function PathFoot({ path, start, end, onSelect }: PathFootProps) {
  const [hot, setHot] = useState<PathCause>();
  const [isOpen, setOpen] = useState(false);
  const [longest] = path.totals;
  const told = path.totals.find(({ cause }) => cause === hot) ?? longest;
  return (
    <div className="cp-foot">
      <div className="tl-foot">
        <div className="tf-l">
          <b>{formatDuration(end - start)}</b> <span className="dim">critical path</span>
          <button className="linkb small cp-open" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide steps' : `Show ${plural(path.steps.length, 'step')}`}
          </button>
        </div>
        <div className="tf-b">
          <div className="split" aria-hidden="true">
            {path.totals.map(({ cause, ms }) => (
              <i key={cause} className={cx(SPLIT_LOOKS[cause].bar, hot !== undefined && hot !== cause && 'cp-dim')} style={{ flex: ms }} />
            ))}
          </div>
          <div className="legend cp-legend">
            {path.totals.map(({ cause, ms }) => (
              <button
                key={cause}
                type="button"
                aria-pressed={told?.cause === cause}
                onMouseEnter={() => setHot(cause)}
                onMouseLeave={() => setHot(undefined)}
                onFocus={() => setHot(cause)}
                onBlur={() => setHot(undefined)}
                onClick={() => setOpen(true)}
              >
                <i className={SPLIT_LOOKS[cause].swatch} />
                {SPLIT_LOOKS[cause].word} <b>{formatDuration(ms)}</b>
              </button>
            ))}
          </div>
          {told === undefined ? null : <Contributors total={told} guesses={path.guesses.length} />}
        </div>
      </div>
      {isOpen ? <PathTable path={path} start={start} end={end} onSelect={onSelect} /> : null}
    </div>
  );
}

function Contributors({ total, guesses }: { total: PathTotal; guesses: number }) {
  // A wait for nobody in particular has no name to tell.
  if (total.top[0]?.name === NOBODY) return null;
  return (
    <p className="axis cp-top">
      Most of {SPLIT_LOOKS[total.cause].word}: {total.top.map(({ name, ms }) => `${name} ${formatDuration(ms)}`).join(', ')}.
      {guesses > 0
        ? ` In ${plural(guesses, 'place')} several things arrived together; the last is taken for the one that was waited for.`
        : ''}
    </p>
  );
}

function PathTable({ path, start, end, onSelect }: PathFootProps) {
  const shown = path.steps.slice(-STEPS_MAX);
  const guesses = new Set(path.guesses);
  return (
    <div className="cp-steps" tabIndex={0} role="region" aria-label="Steps of the critical path">
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Time went to</th>
            <th scope="col" className="num">
              From start
            </th>
            <th scope="col" className="num">
              Took
            </th>
            <th scope="col" className="num">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((step) => (
            <tr key={`${step.from} ${step.cause} ${step.id ?? ''}`}>
              <td className="cut">
                {step.id === undefined ? (
                  step.name
                ) : (
                  <button className="linkb" type="button" onClick={() => onSelect(step.id ?? 0)}>
                    {step.name}
                  </button>
                )}
                {guesses.has(step.to) ? <span className="axis"> a guess</span> : null}
              </td>
              <td className="mid">{SPLIT_LOOKS[step.cause].word}</td>
              <td className="num mid">{formatOffset(step.from - start)}</td>
              <td className="num">{formatDuration(step.to - step.from)}</td>
              <td className="num mid">{Math.round(((step.to - step.from) / Math.max(end - start, 1)) * 100)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < path.steps.length ? (
        <p className="axis cp-more">
          The last {formatCount(shown.length)} of {formatCount(path.steps.length)} steps.
        </p>
      ) : null}
    </div>
  );
}
