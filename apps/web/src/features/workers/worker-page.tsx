'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ApiOutput } from '../../data/api-client.ts';
import { toProblem } from '../../data/api-client.ts';
import { heldBy, worker } from '../../data/estate-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { formatAge, formatDuration } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Stat, Stats } from '../../ui/stats.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useNow } from '../../ui/use-now.ts';
import { SlotBar } from './slot-bar.tsx';
import { workerLook } from './worker-look.ts';
import { WorkerTrail } from './worker-trail.tsx';
import './workers.css';

type Description = ApiOutput['worker']['describe'];

/** One worker as its heartbeats tell of it. They carry no list of types; what it registered stands nowhere in the protocol. */
export function WorkerPage({ namespace, workerKey }: { namespace: string; workerKey: string }) {
  const { data, error, dataUpdatedAt } = useQuery(worker(namespace, workerKey));
  const now = useNow();
  return (
    <div className="page pg-workers">
      <main className="main" id="main">
        <div className="bar hd2 wh">
          <Link className="btn quiet icon" href={paths.workers(namespace)} aria-label="Back to workers">
            <Icon name="back" />
          </Link>
          <h1 className="mono cut">{data?.row.identity ?? workerKey}</h1>
          <CopyButton text={data?.row.identity ?? workerKey} what="worker identity" />
          {data ? <StatusMark look={workerLook(data.row, now)} loud /> : null}
          <span className="grow" />
          {dataUpdatedAt > 0 ? <span className="axis wide">updated {formatAge(now - dataUpdatedAt)}</span> : null}
          {data ? (
            <Link className="btn" href={paths.queue(namespace, data.row.queue)}>
              Its queue
            </Link>
          ) : null}
        </div>
        {error && data === undefined ? (
          <Unread
            problem={toProblem(error)}
            what="The worker"
            isOne
            icon="workers"
            missing={{ title: 'This worker has not reported in the last minutes.' }}
            actions={
              <Link className="btn" href={paths.workers(namespace)}>
                All workers
              </Link>
            }
          />
        ) : data === undefined ? null : (
          <div className="scroll">
            <Figures row={data.row} now={now} />
            <SlotTable slots={data.slots} />
            <WorkerTrail description={data} at={dataUpdatedAt} />
            <PollTable pollers={data.pollers} now={now} />
            <Held namespace={namespace} identity={data.row.identity} now={now} />
            <Facts namespace={namespace} description={data} now={now} />
          </div>
        )}
      </main>
    </div>
  );
}

const percent = (part: number | null): string => (part === null ? '–' : `${Math.round(part * 100)}`);

function Figures({ row, now }: { row: Description['row']; now: number }) {
  const looked = row.cacheHits + row.cacheMisses;
  return (
    <Stats>
      <Stat name="Heartbeat" value={row.heartbeatAt === null ? '–' : formatAge(now - row.heartbeatAt)} note="its last report" />
      <Stat
        name="Up"
        value={row.startedAt === null ? '–' : formatDuration(now - row.startedAt)}
        note={row.startedAt === null ? 'it does not say since when' : 'since it started'}
      />
      <Stat
        name="CPU"
        value={percent(row.cpu)}
        unit={row.cpu === null ? undefined : '%'}
        note={row.cpu === null ? 'not reported' : 'of its host'}
      />
      <Stat
        name="Memory"
        value={percent(row.memory)}
        unit={row.memory === null ? undefined : '%'}
        note={row.memory === null ? 'not reported' : 'of its host'}
      />
      <Stat
        name="Runs in cache"
        value={formatCount(row.cached)}
        note={looked === 0 ? 'no hit or miss reported' : `${shareOf(row.cacheHits, looked)} % of ${formatCount(looked)} were hits`}
      />
    </Stats>
  );
}

function SlotTable({ slots }: { slots: Description['slots'] }) {
  if (slots.length === 0) return <p className="wnote mid">Its heartbeats say nothing of slots.</p>;
  return (
    <section>
      <div className="sh">
        <h2>Slots</h2>
      </div>
      <table role="table" className="grid cards wslots" aria-label="Slots">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Kind
            </th>
            <th role="columnheader" scope="col">
              Used
            </th>
            <th role="columnheader" scope="col">
              Supplier
            </th>
            <th role="columnheader" scope="col" className="num">
              Done
            </th>
            <th role="columnheader" scope="col" className="num">
              Failed
            </th>
            <th role="columnheader" scope="col" className="num">
              Lately
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {slots.map((one) => (
            <tr role="row" key={one.kind}>
              <td role="cell">{one.kind}</td>
              <td role="cell">
                <SlotBar slots={one} />
              </td>
              <td role="cell" className="mid">
                {one.supplier}
              </td>
              <td role="cell" className="num" data-label="done">
                {formatCount(one.processed)}
              </td>
              <td role="cell" className={one.lately.failed > 0 ? 'num st-failed bad' : 'num'} data-label="failed">
                {formatCount(one.failed)}
              </td>
              <td role="cell" className="num mid">
                {formatCount(one.lately.processed)}
                {one.lately.failed > 0 ? `, ${formatCount(one.lately.failed)} failed` : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PollTable({ pollers, now }: { pollers: Description['pollers']; now: number }) {
  if (pollers.length === 0) return null;
  return (
    <section>
      <div className="sh">
        <h2>Polls</h2>
      </div>
      <table role="table" className="grid cards wpolls" aria-label="Polls">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Kind
            </th>
            <th role="columnheader" scope="col" className="num">
              Open polls
            </th>
            <th role="columnheader" scope="col" className="num">
              Last task
            </th>
            <th role="columnheader" scope="col">
              Number of polls
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {pollers.map((one) => (
            <tr role="row" key={one.kind}>
              <td role="cell">{one.kind}</td>
              <td role="cell" className="num" data-label={one.polls === 1 ? 'poll' : 'polls'}>
                {formatCount(one.polls)}
              </td>
              <td role="cell" className="num mid">
                {one.lastTaskAt === null ? '' : formatAge(now - one.lastTaskAt)}
              </td>
              <td role="cell" className="mid">
                {one.isAutoscaling ? 'goes with the load' : 'fixed'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What it works on, as far as the open runs that were looked into say. */
function Held({ namespace, identity, now }: { namespace: string; identity: string; now: number }) {
  const { data } = useQuery(heldBy(namespace, identity));
  if (data === undefined || data.activities.length === 0) return null;
  return (
    <section>
      <div className="sh">
        <h2>Works on</h2>
        <span className="axis">
          {plural(data.activities.length, 'activity', 'activities')} in {data.hasMoreOpen ? 'the newest ' : ''}
          {plural(data.openLookedAt, 'open run')}
        </span>
      </div>
      <table role="table" className="grid cards" aria-label="Activities it works on">
        <tbody role="rowgroup">
          {data.activities.map((one) => (
            <tr role="row" key={`${one.runId}${one.activity}${one.startedAt}`}>
              <td role="cell">{one.activity}</td>
              <td role="cell">
                <Link className="mono" href={paths.run({ namespace, ...one })}>
                  {one.workflowId}
                </Link>
              </td>
              <td role="cell" className="num mid">
                {one.attempt > 1 ? `attempt ${one.attempt}` : ''}
              </td>
              <td role="cell" className="num mid">
                {one.startedAt === null ? '' : `for ${formatDuration(now - one.startedAt)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Facts({ namespace, description: { row, plugins }, now }: { namespace: string; description: Description; now: number }) {
  const zone = usePreference('zone');
  const facts: readonly (readonly [string, string])[] = [
    ['SDK', row.sdk],
    ['Build', [row.deployment, row.build].filter(Boolean).join(' ')],
    ['Host', row.host],
    ['Process', row.process],
    ['Started', row.startedAt === null ? '' : formatMoment(row.startedAt, zone, now)],
    ['Key', row.key],
    ['Plugins', plugins.join(', ')],
  ];
  return (
    <section className="sec">
      <dl className="kv">
        <dt>Task queue</dt>
        <dd>
          <Link className="mono" href={paths.queue(namespace, row.queue)}>
            {row.queue}
          </Link>
        </dd>
        {facts.map(([name, value]) =>
          value === '' ? null : (
            <Fact key={name} name={name}>
              {value}
            </Fact>
          ),
        )}
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: string }) => (
  <>
    <dt>{name}</dt>
    <dd className="mono">{children}</dd>
  </>
);

/** Per cent; only all are a hundred. */
function shareOf(hits: number, looked: number): string {
  const share = (hits / looked) * 100;
  return Number.isInteger(share) ? String(share) : Math.min(share, 99.9).toFixed(1);
}
