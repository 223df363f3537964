'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import { eventBodies } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import type { HistoryRow } from '../../domain/history-rows.ts';
import { rootCause } from '../../domain/why.ts';
import { formatBytes } from '../../lib/number.ts';
import { toIso } from '../../lib/time.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { JsonView } from '../../ui/json-view.tsx';

type Shown = Exclude<HistoryRow, { kind: 'pending' }>;

/** The body of an event under its row, with what caused it and what it belongs to. */
export function EventDetail({ view, row }: { view: RunView; row: Shown }) {
  const { run } = view;
  const ids = row.kind === 'task' ? row.task.eventIds : [row.event.id];
  const { data, error } = useQuery(eventBodies(run, ids));
  const event = row.kind === 'task' ? row.last : row.event;
  const group = row.kind === 'event' ? row.group : undefined;
  const shown = data?.map((one) => attributesOf(one.body));
  const value = row.kind === 'task' ? data?.map((one) => one.body) : shown?.[0];
  const text = value === undefined ? '' : JSON.stringify(value, null, 2);
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
            <i key={line.groupId} className={line.isPending ? 'l pend' : 'l'} style={{ '--l': line.lane } as React.CSSProperties} />
          ))}
      </td>
      <td role="gridcell" colSpan={6}>
        <div className="dt">
          <div className="dj">
            <div className="dh row">
              <b className="small">{event.type}</b>
              <span className="axis">{formatBytes(event.bytes)}</span>
              <span className="grow" />
              {text ? <CopyButton text={text} what="event" /> : null}
            </div>
            {error ? (
              <p className="small mid">The body could not be read just now.</p>
            ) : text ? (
              <JsonView text={text} label={`Event ${event.id}`} />
            ) : (
              <div style={{ minHeight: 120 }} />
            )}
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

function attributesOf(body: unknown): unknown {
  const record = (body ?? {}) as Readonly<Record<string, unknown>>;
  const key = Object.keys(record).find((one) => one.endsWith('EventAttributes'));
  return key === undefined ? body : record[key];
}
