'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ApiOutput } from '../../data/api-client.ts';
import { isAway, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { workers } from '../../data/queries.ts';
import { formatAge } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useNow } from '../../ui/use-now.ts';
import { SlotBar } from './slot-bar.tsx';
import { workerLook } from './worker-look.ts';
import './workers.css';

type WorkerRow = ApiOutput['worker']['list']['workers'][number];

export function WorkerList({ namespace }: { namespace: string }) {
  const { data, isPending, error } = useQuery(workers(namespace));
  const now = useNow();
  return (
    <div className="page pg-workers">
      <main className="main" id="main">
        <div className="bar">
          <h1>Workers</h1>
          <span className="dim">{data?.isSupported ? `${plural(data.workers.length, 'worker')} with heartbeats` : 'from heartbeats'}</span>
        </div>
        {error && (data === undefined || !isAway(error)) ? (
          <Unread problem={toProblem(error)} what="The workers" />
        ) : data?.isSupported === false ? (
          <Hollow
            icon="workers"
            title="This server keeps no worker heartbeats."
            actions={
              <Link className="btn" href={paths.queues(namespace)}>
                Task queues
              </Link>
            }
          >
            <p className="mid">Who polls is still known per task queue.</p>
          </Hollow>
        ) : data?.workers.length === 0 ? (
          <Hollow
            icon="workers"
            title={
              <>
                No worker has reported to <b>{namespace}</b>.
              </>
            }
            actions={
              <Link className="btn" href={paths.queues(namespace)}>
                Task queues
              </Link>
            }
          >
            <p className="mid">
              Workers of current SDKs report every minute. Older ones poll without reporting; the queue pages show them.
            </p>
          </Hollow>
        ) : (
          <div className="scroll">
            <table role="table" className="grid cards wlist" aria-label="Workers">
              <colgroup>
                <col style={{ width: 124 }} />
                <col />
                <col style={{ width: '13%' }} />
                <col style={{ width: '16%' }} />
                <col style={{ width: 170 }} />
                <col style={{ width: 170 }} />
                <col style={{ width: 84 }} />
                <col style={{ width: 96 }} />
              </colgroup>
              <thead role="rowgroup">
                <tr role="row">
                  <th role="columnheader" scope="col">
                    Status
                  </th>
                  <th role="columnheader" scope="col">
                    Worker
                  </th>
                  <th role="columnheader" scope="col">
                    Task queue
                  </th>
                  <th role="columnheader" scope="col">
                    SDK
                  </th>
                  <th role="columnheader" scope="col">
                    Workflow slots
                  </th>
                  <th role="columnheader" scope="col">
                    Activity slots
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    CPU
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    Reported
                  </th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {isPending ? <SkeletonRows columns={8} rows={6} /> : null}
                {byNeed(data?.workers ?? [], now).map((row) => (
                  <Row key={row.key} namespace={namespace} row={row} now={now} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </main>
    </div>
  );
}

function Row({ namespace, row, now }: { namespace: string; row: WorkerRow; now: number }) {
  const age = row.heartbeatAt === null ? undefined : Math.max(0, now - row.heartbeatAt);
  return (
    <tr role="row">
      <td role="cell">
        <StatusMark look={workerLook(row, now)} />
      </td>
      <td role="cell" className="mono" title={[row.host, row.process, row.key].filter(Boolean).join(', ')}>
        <Link href={paths.worker(namespace, row.key)}>{row.identity}</Link>
      </td>
      <td role="cell">
        <Link className="mono" href={paths.queue(namespace, row.queue)}>
          {row.queue}
        </Link>
      </td>
      <td role="cell" className="mid">
        {row.sdk} {row.build ? <span className="mono dim">{row.build.slice(0, 10)}</span> : null}
      </td>
      <td role="cell">
        <SlotBar slots={row.workflowSlots} />
      </td>
      <td role="cell">
        <SlotBar slots={row.activitySlots} />
      </td>
      <td role="cell" className="num mid">
        {row.cpu === null ? '' : `${Math.round(row.cpu * 100)} %`}
      </td>
      <td role="cell" className="num mid">
        {age === undefined ? '' : formatAge(age)}
      </td>
    </tr>
  );
}

/** Those that need somebody first, then queue by queue; workers that have left are last. */
function byNeed(rows: readonly WorkerRow[], now: number): readonly WorkerRow[] {
  const rank = (row: WorkerRow) => (row.status === 'Shutdown' ? 2 : workerLook(row, now).isCalm ? 1 : 0);
  return rows.toSorted((one, other) => rank(one) - rank(other));
}
