'use client';
import Link from 'next/link';
import { Fragment, useState } from 'react';
import { paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import { hiddenAt } from '../../domain/hidden-value.ts';
import { commandIcon } from '../../domain/kind.ts';
import type { CommandSide, EventSide, LaneRow, Reach, ReplaySection, TaskLane } from '../../domain/replay-report.ts';
import { framePlace, isHard, sideName } from '../../domain/replay-report.ts';
import type { Difference } from '../../domain/replay-stops.ts';
import { differenceOf, stopId } from '../../domain/replay-stops.ts';
import { plural } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { hasWords, LaneWords } from './lane-words.tsx';
import { RowDetails } from './row-details.tsx';
import type { ReplayStops } from './use-replay-stops.ts';

interface SectionProps {
  readonly view: RunView;
  readonly section: ReplaySection;
  readonly isStopped: boolean;
  readonly stops: ReplayStops;
}

/** One or several workflow tasks: what history holds against what the code produced. */
export function Section({ view, section, isStopped, stops }: SectionProps) {
  const [isOpen, setOpen] = useState(false);
  if (section.kind === 'unseen') {
    // What is not listed before the first that is listed was replayed.
    const isPast = isStopped && section.from > 1;
    return (
      <tbody role="rowgroup" className="tk-same">
        <tr role="row">
          <td role="gridcell" className="tn">
            {section.from === section.to ? section.from : `${section.from}–${section.to}`}
          </td>
          <td role="gridcell" className="wk" />
          <td role="gridcell" className="rec" colSpan={2}>
            {isPast ? 'after the divergence' : 'matched, not listed'}
          </td>
          <td role="gridcell" className="vd">
            {isPast ? 'Not replayed' : 'Same'}
          </td>
        </tr>
      </tbody>
    );
  }
  if (section.kind === 'lane') return <Lane view={view} lane={section.lane} reach={section.reach} stops={stops} />;
  const { first, last } = section;
  return (
    <>
      <tbody role="rowgroup" className="tk-same">
        <tr role="row">
          <td role="gridcell" className="tn">
            {first.index === last.index ? first.index : `${first.index}–${last.index}`}
          </td>
          <td role="gridcell" className="wk cut">
            {first.jobs[0]?.label ?? ''}
          </td>
          <td role="gridcell" className="rec" colSpan={2}>
            <button className="cmd linkq" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              <Icon name={isOpen ? 'down' : 'right'} small />
              {section.commands === 0 ? 'no commands' : `${plural(section.commands, 'command')} identical`}
              {section.lines === 0 ? '' : `, ${plural(section.lines, 'line')} of log`}
            </button>
          </td>
          <td role="gridcell" className="vd">
            <StatusMark look={{ tone: 'completed', glyph: 'completed', word: 'Same', isCalm: true }} />
          </td>
        </tr>
      </tbody>
      {isOpen
        ? section.lanes.slice(0, SAME_MAX).map((lane) => <Lane key={lane.index} view={view} lane={lane} reach="replayed" stops={stops} />)
        : null}
      {isOpen && section.lanes.length > SAME_MAX ? (
        <tbody role="rowgroup">
          <tr role="row">
            <td role="gridcell" colSpan={5} className="dim">
              and {plural(section.lanes.length - SAME_MAX, 'task')} more, identical
            </td>
          </tr>
        </tbody>
      ) : null}
    </>
  );
}

/** Of identical tasks that somebody wants to see, so many. */
const SAME_MAX = 200;

const LANE_CLASS = { replayed: undefined, stopped: 'tk-hard', 'not-reached': 'tk-same' } as const;

function Lane({ view, lane, reach, stops }: { view: RunView; lane: TaskLane; reach: Reach; stops: ReplayStops }) {
  const rows = lane.rows.length === 0 ? [undefined] : lane.rows;
  const stopAt = reach === 'stopped' ? lane.rows.findIndex(isHard) : -1;
  const opened = reach === 'not-reached' ? undefined : lane.rows.find((_, index) => stopId(lane.index, index) === stops.at);
  const skipped = lane.rows.filter((row, index) => stopAt >= 0 && index > stopAt && row.command === undefined).length;
  return (
    <tbody role="rowgroup" className={LANE_CLASS[reach]}>
      {rows.map((row, index) => (
        <tr role="row" key={index} className={index === stopAt ? 'hard' : undefined} data-stop={stopId(lane.index, index)}>
          {index === 0 ? (
            <>
              <td role="gridcell" className="tn" rowSpan={rows.length}>
                {lane.index}
              </td>
              <td role="gridcell" className="wk" rowSpan={rows.length}>
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
          <td role="gridcell" className="rec">
            {row?.event ? (
              <Recorded view={view} event={row.event} row={row} />
            ) : row === undefined ? (
              <span className="det none">no commands</span>
            ) : null}
          </td>
          {row?.command || skipped === 0 || index <= stopAt ? (
            <td role="gridcell" className="pro">
              {row?.command ? <Produced command={row.command} row={row} /> : null}
            </td>
          ) : index === stopAt + 1 ? (
            <td role="gridcell" className="stop" rowSpan={Math.max(skipped, 1)}>
              <span className="row">
                <i className="stopi" />
                <span>
                  <b>Replay stopped here.</b> What this code would have done next is not known.
                </span>
              </span>
            </td>
          ) : null}
          <td role="gridcell" className="vd">
            {reach === 'not-reached' ? (
              index === 0 ? (
                'Not replayed'
              ) : null
            ) : row ? (
              <RowVerdict
                row={row}
                isOpen={stops.at === stopId(lane.index, index)}
                onToggle={() => stops.toggle(stopId(lane.index, index))}
              />
            ) : null}
          </td>
        </tr>
      ))}
      {reach !== 'not-reached' && hasWords(lane) ? <LaneWords lane={lane} /> : null}
      {opened === undefined ? null : (
        <tr role="row">
          <td role="gridcell" colSpan={5}>
            <RowDetails row={opened} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** The sign, its class, and what those hear who do not see it. */
const SIGNS = {
  same: ['=', 'eq', ''],
  missing: ['−', 'rm', 'only in history: '],
  extra: ['+', 'ad', 'only by the code: '],
  changed: ['~', 'dr', 'not the same: '],
  moved: ['↕', 'dr', 'moved: '],
  skipped: ['·', 'no', 'not replayed: '],
} as const;

function Sign({ of: [sign, , word] }: { of: (typeof SIGNS)[keyof typeof SIGNS] }) {
  return (
    <>
      <span className="sg2" aria-hidden="true">
        {sign}
      </span>
      <span className="sr">{word}</span>
    </>
  );
}

function Recorded({ view, event, row }: { view: RunView; event: EventSide; row: LaneRow }) {
  const sign = isHard(row) ? SIGNS.missing : SIGNS[row.status];
  return (
    <span className={cx('cmd', sign[1])}>
      <Sign of={sign} />
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
  const sign = isHard(row) ? SIGNS.extra : SIGNS[row.status];
  return (
    <span className={cx('cmd', sign[1])}>
      <Sign of={sign} />
      <Icon name={commandIcon(command.kind)} />
      <span className="nm cut" title={command.label}>
        {sideName(command)}
      </span>
      {row.fields ? <Fields row={row} side="actual" /> : <span className="det cut">{command.summary}</span>}
      <span className="mono src dim">{framePlace(command.stack[0])}</span>
    </span>
  );
}

function Fields({ row, side }: { row: LaneRow; side: 'expected' | 'actual' }) {
  const [field] = row.fields ?? [];
  if (field === undefined) return null;
  // Its details show what is hidden to who asks.
  const value = hiddenAt(field.path, field[side]);
  return (
    <span className="det cut">
      <b>{typeof value === 'string' ? value : JSON.stringify(value)}</b> {field.path}
    </span>
  );
}

const VERDICTS: Readonly<Record<Difference, string>> = { diverged: 'Diverged', renamed: 'Renamed', moved: 'Moved', drift: 'Drift' };

/** Opens what the row knows of its difference. */
function RowVerdict({ row, isOpen, onToggle }: { row: LaneRow; isOpen: boolean; onToggle: () => void }) {
  const difference = differenceOf(row);
  if (difference === undefined) return null;
  const word = VERDICTS[difference];
  return (
    <button className="linkq" type="button" aria-expanded={isOpen} onClick={onToggle}>
      {difference === 'diverged' || difference === 'renamed' ? (
        <StatusMark look={{ tone: 'failed', glyph: 'failed', word, isCalm: false }} />
      ) : (
        <span className="st st-retrying">
          <span className="tilde" aria-hidden="true">
            ~
          </span>
          {word}
        </span>
      )}
    </button>
  );
}
