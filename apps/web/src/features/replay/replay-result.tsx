'use client';
import Link from 'next/link';
import { Fragment, useState } from 'react';
import { paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import { commandIcon } from '../../domain/kind.ts';
import type {
  CommandSide,
  EventSide,
  LaneRow,
  Reach,
  ReplayReport,
  ReplaySection,
  SourceFrame,
  TaskLane,
} from '../../domain/replay-report.ts';
import { bestFrame, countRows, divergenceSentence, isHard, replaySections, sideName, stoppedAt } from '../../domain/replay-report.ts';
import { plural } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { CodeFrame } from '../../ui/code-frame.tsx';
import { Glyph, Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Strip } from '../../ui/strip.tsx';
import { ReplayFix } from './replay-fix.tsx';

const VERDICTS = {
  ok: { tone: 'completed', glyph: 'completed', word: 'Replays on this code.' },
  nondeterminism: { tone: 'failed', glyph: 'failed', word: 'Nondeterministic' },
  'task-failure': { tone: 'taskfail', glyph: 'taskfail', word: 'The code failed while replaying.' },
  'invalid-history': { tone: 'retrying', glyph: 'taskfail', word: 'The history could not be replayed.' },
} as const;

const place = (frame: SourceFrame | undefined): string => (frame ? `${frame.file.split('/').at(-1)}:${frame.line}` : '');

export function ReplayResult({ view, report }: { view: RunView; report: ReplayReport }) {
  const verdict = VERDICTS[report.verdict];
  const counts = countRows(report);
  const failed = stoppedAt(report);
  const frame = bestFrame(report.divergence?.actual?.stack) ?? bestFrame(report.error?.stack);
  return (
    <>
      <Strip
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
        <b>
          {verdict.word}
          {report.verdict === 'nondeterminism' && failed !== undefined ? ` at workflow task ${failed}.` : ''}
        </b>{' '}
        {divergenceSentence(report)}
        {report.verdict === 'ok' && counts.drift > 0 ? ` ${plural(counts.drift, 'option')} changed without breaking it.` : ''}
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
            <thead>
              <tr>
                <th scope="col">Task</th>
                <th scope="col">Woke by</th>
                <th scope="col">Recorded in history</th>
                <th scope="col">Produced by the code</th>
                <th scope="col">Verdict</th>
              </tr>
            </thead>
            {replaySections(report).map((section) => (
              <Section key={keyOf(section)} view={view} section={section} isStopped={report.verdict !== 'ok'} />
            ))}
          </table>
          {frame?.snippet ? (
            <div className="under">
              <Source frame={frame} />
              <Awaits report={report} />
            </div>
          ) : null}
        </div>
        <ReplayFix view={view} report={report} />
      </div>
    </>
  );
}

const keyOf = (section: ReplaySection): string =>
  section.kind === 'lane' ? `l${section.lane.index}` : section.kind === 'same' ? `s${section.first.index}` : `u${section.from}`;

function Section({ view, section, isStopped }: { view: RunView; section: ReplaySection; isStopped: boolean }) {
  const [isOpen, setOpen] = useState(false);
  if (section.kind === 'unseen') {
    return (
      <tbody className="tk-same">
        <tr>
          <td className="tn">{section.from === section.to ? section.from : `${section.from}–${section.to}`}</td>
          <td className="wk" />
          <td className="rec" colSpan={2}>
            {isStopped ? 'after the divergence' : 'matched, not listed'}
          </td>
          <td className="vd">{isStopped ? 'Not replayed' : 'Same'}</td>
        </tr>
      </tbody>
    );
  }
  if (section.kind === 'lane') return <Lane view={view} lane={section.lane} reach={section.reach} />;
  const { first, last } = section;
  return (
    <>
      <tbody className="tk-same">
        <tr>
          <td className="tn">{first.index === last.index ? first.index : `${first.index}–${last.index}`}</td>
          <td className="wk cut">{first.jobs[0]?.label ?? ''}</td>
          <td className="rec" colSpan={2}>
            <button className="cmd linkq" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              <Icon name={isOpen ? 'down' : 'right'} small />
              {section.commands === 0 ? 'no commands' : `${plural(section.commands, 'command')} identical`}
            </button>
          </td>
          <td className="vd">
            <StatusMark look={{ tone: 'completed', glyph: 'completed', word: 'Same', isCalm: true }} />
          </td>
        </tr>
      </tbody>
      {isOpen ? section.lanes.map((lane) => <Lane key={lane.index} view={view} lane={lane} reach="replayed" />) : null}
    </>
  );
}

const LANE_CLASS = { replayed: undefined, stopped: 'tk-hard', 'not-reached': 'tk-same' } as const;

function Lane({ view, lane, reach }: { view: RunView; lane: TaskLane; reach: Reach }) {
  const rows = lane.rows.length === 0 ? [undefined] : lane.rows;
  const stopAt = reach === 'stopped' ? lane.rows.findIndex(isHard) : -1;
  const skipped = lane.rows.filter((row, index) => stopAt >= 0 && index > stopAt && row.command === undefined).length;
  return (
    <tbody className={LANE_CLASS[reach]}>
      {rows.map((row, index) => (
        <tr key={index} className={index === stopAt ? 'hard' : undefined}>
          {index === 0 ? (
            <>
              <td className="tn" rowSpan={rows.length}>
                {lane.index}
              </td>
              <td className="wk" rowSpan={rows.length}>
                {lane.jobs.map((job, at) => (
                  <Fragment key={at}>
                    {job.eventId ? (
                      <Link className="mono" href={paths.event(view.run, job.eventId)}>
                        #{job.eventId}
                      </Link>
                    ) : null}{' '}
                    {job.label}
                    <br />
                  </Fragment>
                ))}
              </td>
            </>
          ) : null}
          <td className="rec">
            {row?.event ? (
              <Recorded view={view} event={row.event} row={row} />
            ) : row === undefined ? (
              <span className="det none">no commands</span>
            ) : null}
          </td>
          {row?.command || skipped === 0 || index <= stopAt ? (
            <td className="pro">{row?.command ? <Produced command={row.command} row={row} /> : null}</td>
          ) : index === stopAt + 1 ? (
            <td className="stop" rowSpan={Math.max(skipped, 1)}>
              <span className="row">
                <i className="stopi" />
                <span>
                  <b>Replay stopped here.</b> What this code would have done next is not known.
                </span>
              </span>
            </td>
          ) : null}
          <td className="vd">{reach === 'not-reached' ? index === 0 ? 'Not replayed' : null : row ? <RowVerdict row={row} /> : null}</td>
        </tr>
      ))}
    </tbody>
  );
}

const SIGNS = {
  same: ['=', 'eq'],
  missing: ['−', 'rm'],
  extra: ['+', 'ad'],
  changed: ['~', 'dr'],
  moved: ['↕', 'dr'],
  skipped: ['·', 'no'],
} as const;

function Recorded({ view, event, row }: { view: RunView; event: EventSide; row: LaneRow }) {
  const [sign, tone] = isHard(row) ? SIGNS.missing : SIGNS[row.status];
  return (
    <span className={cx('cmd', tone)}>
      <span className="sg2">{sign}</span>
      <Icon name={commandIcon(event.wouldBe ?? event.type)} />
      <span className="nm cut" title={event.label}>
        {sideName(event)}
      </span>
      <Fields row={row} side="expected" />
      <Link className="mono src" href={paths.event(view.run, event.eventId)}>
        #{event.eventId}
      </Link>
    </span>
  );
}

function Produced({ command, row }: { command: CommandSide; row: LaneRow }) {
  const [sign, tone] = isHard(row) ? SIGNS.extra : SIGNS[row.status];
  return (
    <span className={cx('cmd', tone)}>
      <span className="sg2">{sign}</span>
      <Icon name={commandIcon(command.kind)} />
      <span className="nm cut" title={command.label}>
        {sideName(command)}
      </span>
      {row.fields ? <Fields row={row} side="actual" /> : <span className="det cut">{command.summary}</span>}
      <span className="mono src dim">{place(command.stack[0])}</span>
    </span>
  );
}

function Fields({ row, side }: { row: LaneRow; side: 'expected' | 'actual' }) {
  const [field] = row.fields ?? [];
  if (field === undefined) return null;
  const value = field[side];
  return (
    <span className="det cut">
      <b>{typeof value === 'string' ? value : JSON.stringify(value)}</b> {field.path}
    </span>
  );
}

function RowVerdict({ row }: { row: LaneRow }) {
  if (isHard(row)) return <StatusMark look={{ tone: 'failed', glyph: 'failed', word: 'Diverged', isCalm: false }} />;
  if (row.status === 'changed' || row.status === 'moved')
    return (
      <span className="st st-retrying">
        <span className="tilde">~</span>
        {row.status === 'moved' ? 'Moved' : 'Drift'}
      </span>
    );
  return null;
}

function Source({ frame }: { frame: SourceFrame }) {
  const { snippet } = frame;
  if (snippet === undefined) return null;
  return (
    <CodeFrame
      title={`${frame.file}:${frame.line}`}
      end={frame.fn ? <span className="dim">in {frame.fn}</span> : undefined}
      lines={snippet.lines.map((text, index) => ({
        number: snippet.firstLine + index,
        text,
        mark:
          snippet.firstLine + index === snippet.mark || (snippet.mark < snippet.firstLine && index === snippet.mark)
            ? ('bad' as const)
            : undefined,
      }))}
    />
  );
}

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
            <span className="dim">at</span> {frame.fn ?? 'run'} <span className="dim">{place(frame)}</span>
            <br />
          </Fragment>
        ))}
      </p>
    </div>
  );
}
