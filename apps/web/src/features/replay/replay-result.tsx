'use client';
import { Fragment, useMemo } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { ReplayReport, ReplaySection } from '../../domain/replay-report.ts';
import { bestFrame, countRows, divergenceSentence, framePlace, replaySections, stoppedAt } from '../../domain/replay-report.ts';
import { plural } from '../../lib/number.ts';
import { useAnnounced } from '../../ui/announcer.tsx';
import { Glyph } from '../../ui/icon.tsx';
import { Strip } from '../../ui/strip.tsx';
import { ReplayFix } from './replay-fix.tsx';
import { Section } from './replay-section.tsx';
import { ReplaySource } from './replay-source.tsx';
import { useReplayStops } from './use-replay-stops.ts';

const VERDICTS = {
  ok: { tone: 'completed', glyph: 'completed', word: 'Replays on this code.' },
  nondeterminism: { tone: 'failed', glyph: 'failed', word: 'Nondeterministic' },
  'task-failure': { tone: 'taskfail', glyph: 'taskfail', word: 'The code failed while replaying.' },
  'invalid-history': { tone: 'retrying', glyph: 'taskfail', word: 'The history could not be replayed.' },
} as const;

export function ReplayResult({ view, report }: { view: RunView; report: ReplayReport }) {
  const verdict = VERDICTS[report.verdict];
  const counts = useMemo(() => countRows(report), [report]);
  const failed = stoppedAt(report);
  const sections = useMemo(() => replaySections(report), [report]);
  const stops = useReplayStops(sections);
  const frame = bestFrame(report.divergence?.actual?.stack) ?? bestFrame(report.error?.stack);
  const first = `${verdict.word}${report.verdict === 'nondeterminism' && failed !== undefined ? ` at workflow task ${failed}.` : ''}`;
  const rest = `${divergenceSentence(report)}${
    report.verdict === 'ok' && counts.drift > 0 ? ` ${plural(counts.drift, 'option')} changed without breaking it.` : ''
  }`;
  useAnnounced(`${first} ${rest}`, `${first} ${rest}`);
  return (
    <>
      <Strip
        isAnnounced
        tone={verdict.tone}
        glyph={verdict.glyph}
        actions={
          report.verdict === 'nondeterminism' ? (
            <span className="axis">
              {plural(counts.diverged, 'divergence')}, {counts.drift} drift
            </span>
          ) : undefined
        }
      >
        <b>{first}</b> {rest}
      </Strip>
      <div className="rp">
        <div className="scroll">
          <table className="grid rt" role="treegrid" aria-label="Recorded against produced commands">
            <colgroup>
              <col style={{ width: 64 }} />
              <col style={{ width: '17%' }} />
              <col style={{ width: '31%' }} />
              <col />
              <col style={{ width: 112 }} />
            </colgroup>
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">
                  Task
                </th>
                <th role="columnheader" scope="col">
                  Woke by
                </th>
                <th role="columnheader" scope="col">
                  Recorded in history
                </th>
                <th role="columnheader" scope="col">
                  Produced by the code
                </th>
                <th role="columnheader" scope="col">
                  Verdict
                </th>
              </tr>
            </thead>
            {stops.from > 0 ? <MoreRow count={stops.from} side="before" onMore={stops.showMore} /> : null}
            {sections.slice(stops.from, stops.to).map((section) => (
              <Section key={keyOf(section)} view={view} section={section} isStopped={report.verdict !== 'ok'} stops={stops} />
            ))}
            {stops.to < sections.length ? <MoreRow count={sections.length - stops.to} side="after" onMore={stops.showMore} /> : null}
          </table>
          {frame?.snippet ? (
            <div className="under">
              <ReplaySource frame={frame} />
              <Awaits report={report} />
            </div>
          ) : null}
        </div>
        <ReplayFix view={view} report={report} stops={stops} />
      </div>
    </>
  );
}

/** What is left out of the page, and the way to it. */
function MoreRow({ count, side, onMore }: { count: number; side: 'before' | 'after'; onMore: (side: 'before' | 'after') => void }) {
  return (
    <tbody role="rowgroup">
      <tr role="row">
        <td role="gridcell" colSpan={5}>
          <button className="linkb" type="button" onClick={() => onMore(side)}>
            {plural(count, 'group')} of tasks {side === 'before' ? 'before' : 'after'} these, not drawn: show more
          </button>
        </td>
      </tr>
    </tbody>
  );
}

const keyOf = (section: ReplaySection): string =>
  section.kind === 'lane' ? `l${section.lane.index}` : section.kind === 'same' ? `s${section.first.index}` : `u${section.from}`;

function Awaits({ report }: { report: ReplayReport }) {
  const stack = report.divergence?.actual?.stack ?? report.error?.stack ?? [];
  return (
    <div className="aw">
      <h2>
        <Glyph name="taskfail" /> Called from
      </h2>
      <p className="mono small">
        {stack.slice(0, 6).map((frame, index) => (
          <Fragment key={index}>
            <span className="dim">at</span> {frame.fn ?? 'run'} <span className="dim">{framePlace(frame)}</span>
            <br />
          </Fragment>
        ))}
      </p>
    </div>
  );
}
