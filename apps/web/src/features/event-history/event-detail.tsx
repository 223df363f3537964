'use client';
import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import type { HistoryRow } from '../../domain/history-rows.ts';
import { rootCause } from '../../domain/why.ts';
import { formatBytes } from '../../lib/number.ts';
import { toIso } from '../../lib/time.ts';
import { EventBodyView } from './event-body-view.tsx';

type Shown = Exclude<HistoryRow, { kind: 'pending' }>;

/** The body of an event under its row, with what caused it and what it belongs to. */
export function EventDetail({ view, row }: { view: RunView; row: Shown }) {
  const { run } = view;
  const ids = row.kind === 'task' ? row.task.eventIds : [row.event.id];
  const event = row.kind === 'task' ? row.last : row.event;
  const group = row.kind === 'event' ? row.group : undefined;
  const failure = rootCause(event.failure ?? (row.kind === 'task' ? row.task.failure : undefined));
  const link = (id: number) => (
    <Link key={id} className="mono" href={paths.event(run, id)} replace scroll={false}>
      #{id}
    </Link>
  );
  return (
    <tr role="row" className="detail">
      <td role="gridcell" className="gt">
        {row.gutter.lines
          .filter((line) => line.part !== 'end')
          .map((line) => (
            <i key={line.groupId} className={line.isPending ? 'l pend' : 'l'} style={{ '--l': line.lane }} />
          ))}
      </td>
      <td role="gridcell" colSpan={6}>
        <div className="dt">
          <div className="dj">
            <EventBodyView
              run={run}
              ids={ids}
              name={`Event ${event.id}`}
              head={
                <>
                  <b className="small">{event.type}</b>
                  <span className="axis">{formatBytes(event.bytes)}</span>
                </>
              }
            />
          </div>
          <div className="dk">
            <dl className="kv">
              <dt>Time, UTC</dt>
              <dd className="mono">{toIso(event.at)}</dd>
              {event.taskId ? (
                <>
                  <dt>Caused by</dt>
                  <dd>workflow task {link(event.taskId)}</dd>
                </>
              ) : null}
              {group && group.eventIds.length > 1 ? (
                <>
                  <dt>Together with</dt>
                  <dd className="row">{group.eventIds.filter((id) => id !== event.id).map(link)}</dd>
                </>
              ) : null}
              <dt>State</dt>
              <dd>
                <Link href={paths.stateAt(run, event.id)}>of the run after this event</Link>
              </dd>
              {event.worker ? (
                <>
                  <dt>By</dt>
                  <dd className="mono">{event.worker}</dd>
                </>
              ) : null}
            </dl>
            {failure ? (
              <>
                <div className="fail st-failed">
                  <b>{failure.type}</b>
                  <span className="mid" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                    {failure.message}
                  </span>
                </div>
                {failure.stack ? (
                  <pre
                    className="code"
                    style={{ fontSize: 11, lineHeight: '16px', maxHeight: 140, overflow: 'auto' }}
                    tabIndex={0}
                    aria-label="Stack"
                  >
                    {failure.stack}
                  </pre>
                ) : null}
              </>
            ) : null}
          </div>
        </div>
      </td>
    </tr>
  );
}
