'use client';
import Link from 'next/link';
import { useState } from 'react';
import { fileOf, paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import type { RunView } from '../../data/run-view.ts';
import type { Attempt, AttemptLine, Attempts } from '../../domain/attempts.ts';
import { attemptLines, changeAt } from '../../domain/attempts.ts';
import type { Group } from '../../domain/event-groups.ts';
import { rootCause } from '../../domain/why.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { cx, firstLine } from '../../lib/text.ts';
import { formatClock, formatMoment } from '../../lib/time.ts';
import { Fact } from './fact.tsx';
import { FailureBlock } from '../../ui/failure-block.tsx';
import { FailureDiff } from './failure-diff.tsx';
import './attempts.css';

interface AttemptsTabProps {
  readonly view: RunView;
  readonly group: Group | undefined;
  readonly tried: Attempts | undefined;
  /** False where the server keeps nothing beside history. */
  readonly isKept: boolean;
  readonly now: number;
}

/** Every attempt that is kept, the newest first; failures that are alike stand behind one line. */
export function AttemptsTab({ view, group, tried, isKept, now }: AttemptsTabProps) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [chosen, setChosen] = useState<number>();
  const zone = usePreference('zone');
  if (tried === undefined) return <LastOnly group={group} isKept={isKept} />;
  const selected = tried.attempts.find(({ ordinal }) => ordinal === chosen) ?? defaultOf(tried);
  const toggle = (from: number) =>
    setOpened((old) => (old.has(from) ? new Set([...old].filter((one) => one !== from)) : new Set([...old, from])));
  return (
    <>
      <table role="table" className="grid tries" aria-label="Attempts">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" className="num">
              #
            </th>
            <th role="columnheader" scope="col">
              Started
            </th>
            <th role="columnheader" scope="col" className="num">
              Wait
            </th>
            <th role="columnheader" scope="col" className="num">
              Run
            </th>
            <th role="columnheader" scope="col">
              Failure
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {attemptLines(tried, opened).map((line) => (
            <Line
              key={keyOf(line)}
              line={line}
              tried={tried}
              now={now}
              clock={(ms) => formatMoment(ms, zone, now)}
              isSelected={line.kind === 'attempt' && line.attempt === selected}
              onChoose={setChosen}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
      {selected ? <AttemptFacts view={view} tried={tried} attempt={selected} now={now} /> : null}
    </>
  );
}

const defaultOf = ({ attempts }: Attempts): Attempt | undefined =>
  attempts.findLast(({ outcome }) => outcome === 'failed') ?? attempts.at(-1);
const keyOf = (line: AttemptLine): string =>
  line.kind === 'attempt' ? `a${line.attempt.ordinal}` : line.kind === 'alike' ? `s${line.streak.from}` : `g${line.from}`;

interface LineProps {
  readonly line: AttemptLine;
  readonly tried: Attempts;
  readonly now: number;
  readonly clock: (ms: number) => string;
  readonly isSelected: boolean;
  readonly onChoose: (ordinal: number) => void;
  readonly onToggle: (from: number) => void;
}

function Line({ line, tried, now, clock, isSelected, onChoose, onToggle }: LineProps) {
  if (line.kind === 'gap') {
    return (
      <tr role="row" className="quiet">
        <td role="cell" colSpan={5}>
          {plural(line.to - line.from + 1, 'attempt')} between {formatCount(line.from)} and {formatCount(line.to)}, not kept one by one
        </td>
      </tr>
    );
  }
  if (line.kind === 'alike') {
    return (
      <tr role="row" className="quiet">
        <td role="cell" colSpan={5}>
          <button className="linkb" type="button" aria-expanded={line.isOpen} onClick={() => onToggle(line.streak.from)}>
            {line.isOpen ? 'Hide' : 'Show'} the {formatCount(line.count)} before it
          </button>{' '}
          with the same error
        </td>
      </tr>
    );
  }
  const { attempt } = line;
  const failure = tried.failures[attempt.failure];
  return (
    <tr role="row" className={cx('pick', isSelected && 'sel')} aria-selected={isSelected} onClick={() => onChoose(attempt.ordinal)}>
      <td role="cell" className="num">
        <button className="linkb" type="button" aria-label={`Attempt ${attempt.ordinal}`} aria-pressed={isSelected}>
          {formatCount(attempt.ordinal)}
        </button>
      </td>
      <td role="cell" data-at={attempt.startedAt}>
        {clock(attempt.startedAt)}
      </td>
      <td role="cell" className="num mid">
        {formatDuration(attempt.startedAt - attempt.scheduledAt)}
      </td>
      <td role="cell" className="num">
        {formatDuration((attempt.endedAt ?? now) - attempt.startedAt)}
      </td>
      <td role="cell" className="cut" title={failure?.message}>
        {attempt.outcome === 'failed' ? firstLine(failure?.message || attempt.cause, 80) : attempt.outcome}
      </td>
    </tr>
  );
}

function AttemptFacts({ view, tried, attempt, now }: { view: RunView; tried: Attempts; attempt: Attempt; now: number }) {
  const zone = usePreference('zone');
  const clock = (ms: number) => formatClock(ms, zone, 3);
  const failure = tried.failures[attempt.failure];
  const root = rootCause(failure) ?? failure;
  const change = attempt.outcome === 'failed' ? changeAt(tried, attempt.ordinal) : undefined;
  const count = change === undefined ? 0 : change.streak.to - change.streak.from + 1;
  return (
    <>
      <section className="sec">
        <h3>Attempt {formatCount(attempt.ordinal)}</h3>
        <dl className="kv">
          <Fact name="Started" value={`${clock(attempt.startedAt)}, ran ${formatDuration((attempt.endedAt ?? now) - attempt.startedAt)}`} />
          {attempt.worker ? <Fact name="Worker" value={<WorkerLink view={view} worker={attempt.worker} />} /> : null}
          {attempt.build ? <Fact name="Build" value={<span className="mono">{attempt.build}</span>} /> : null}
          {attempt.heartbeatAt === undefined ? null : <Fact name="Last heartbeat" value={clock(attempt.heartbeatAt)} />}
          {attempt.retryAt === undefined || attempt.endedAt === undefined ? null : (
            <Fact name="Back-off" value={formatDuration(attempt.retryAt - attempt.endedAt)} />
          )}
          {attempt.number === attempt.ordinal ? null : <Fact name="Worker saw" value={`attempt ${attempt.number}, after a reset`} />}
          {attempt.cause ? <Fact name="Cause" value={attempt.cause} /> : null}
          {change === undefined ? null : (
            <Fact
              name="Same error"
              value={
                count === 1
                  ? 'only here'
                  : `×${formatCount(count)}, attempts ${formatCount(change.streak.from)} to ${formatCount(change.streak.to)}`
              }
            />
          )}
        </dl>
      </section>
      {root && (root.message || root.stack) ? <FailureBlock failure={root} tone="retrying" note="Failure" /> : null}
      {change?.before && failure ? (
        <FailureDiff
          before={change.before.failure}
          after={failure}
          title={`Changed after attempt ${formatCount(change.before.streak.to)}`}
          note={
            change.before.streak.to === change.before.streak.from
              ? undefined
              : `the error before it came ×${formatCount(change.before.streak.to - change.before.streak.from + 1)}`
          }
        />
      ) : null}
    </>
  );
}

function WorkerLink({ view, worker }: { view: RunView; worker: string }) {
  if (fileOf(view.run.namespace) !== undefined) return <span className="mono">{worker}</span>;
  return (
    <Link className="mono" href={paths.run(view.run, 'workers')}>
      {worker}
    </Link>
  );
}

/** What history alone says: how many there were, and how the last one but one failed. */
function LastOnly({ group, isKept }: { group: Group | undefined; isKept: boolean }) {
  const root = rootCause(group?.failure);
  return (
    <>
      <section className="sec">
        <dl className="kv">
          <Fact name="Attempts" value={formatCount(group?.attempt ?? 1)} />
        </dl>
        <p className="small mid tries-note">
          {isKept ? 'The earlier ones are not here yet.' : 'This server keeps no earlier attempts one by one.'}
        </p>
      </section>
      {root ? <FailureBlock failure={root} tone="retrying" note="Last failure" /> : null}
    </>
  );
}
