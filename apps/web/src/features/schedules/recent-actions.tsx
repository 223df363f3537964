'use client';
import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import type { ActionLine } from '../../domain/schedule-strip.ts';
import { actionLines, cellLook } from '../../domain/schedule-strip.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { middleCut } from '../../lib/text.ts';
import { formatClock, formatMoment } from '../../lib/time.ts';
import { Moment } from '../../ui/moment.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ActionStrip } from './action-strip.tsx';
import type { Schedule } from './schedule-page.tsx';
import { useStrip } from './use-strip.ts';

const CELLS_MAX = 30;

export function RecentActions({ namespace, schedule, now }: { namespace: string; schedule: Schedule; now: number }) {
  const zone = usePreference('zone');
  const since = schedule.updatedAt ?? schedule.createdAt ?? 0;
  const cells = useStrip({ spec: schedule.spec, recent: schedule.recent, since }, now, CELLS_MAX);
  const running = new Set(schedule.running.map(({ runId }) => runId));
  return (
    <section>
      <div className="sh">
        <h2>Recent actions</h2>
        <ActionStrip cells={cells} zone={zone} now={now} />
        <span className="grow" />
        {running.size > 0 ? <span className="axis">{plural(running.size, 'run')} going now</span> : null}
      </div>
      {cells.length === 0 ? (
        <p className="mid padded">None yet. Its first run appears here.</p>
      ) : (
        <table role="table" className="grid cards alist" aria-label="Recent actions">
          <colgroup>
            <col style={{ width: 128 }} />
            <col style={{ width: 176 }} />
            <col style={{ width: 112 }} />
            <col />
          </colgroup>
          <thead role="rowgroup">
            <tr role="row">
              {['Outcome', 'Time', 'Started', 'Run'].map((head) => (
                <th role="columnheader" scope="col" key={head} className={head === 'Started' ? 'num' : ''}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {actionLines(cells).map((cell) => (
              <tr role="row" key={`${cell.kind} ${cell.at}`}>
                <td role="cell">
                  <StatusMark look={cellLook(cell)} />
                </td>
                <td role="cell" className="mono">
                  <Moment at={cell.at}>{formatMoment(cell.at, zone, now)}</Moment>
                  {cell.kind === 'skipped' && cell.count > 1 ? ` to ${formatClock(cell.until, zone)}` : ''}
                </td>
                <td role="cell" className="num mid">
                  {started(cell)}
                </td>
                <td role="cell">
                  {cell.kind === 'skipped' ? (
                    <span className="dim">{whyNone(cell.count)}</span>
                  ) : (
                    <Link
                      className="mono idl"
                      href={paths.run({ namespace, ...cell.action })}
                      title={cell.action.workflowId}
                      prefetch={false}
                    >
                      {middleCut(cell.action.workflowId, 60)}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const whyNone = (count: number): string =>
  `${count === 1 ? '' : `${formatCount(count)} times: `}paused, the run before was going, or missed`;

function started(cell: ActionLine) {
  if (cell.kind === 'skipped') return '';
  if (cell.lateMs > 0) return <span className="st st-timedout">{formatDuration(cell.lateMs)} late</span>;
  return 'on time';
}
