'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { isAway, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { queues } from '../../data/queries.ts';
import { formatCount } from '../../lib/number.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import './task-queues.css';
import { PollerCell } from './poller-cell.tsx';

/** The queues that recent runs and workers name: the protocol itself keeps no list. */
export function QueueList({ namespace }: { namespace: string }) {
  const { data, isPending, error } = useQuery(queues(namespace));
  return (
    <div className="page pg-queue">
      <main className="main" id="main">
        <div className="bar">
          <h1>Task queues</h1>
          <span className="dim">named by recent runs and by workers that report</span>
        </div>
        {error && !isAway(error) ? (
          <Hollow icon="errors" title="The queues could not be read.">
            <p className="mid">{toProblem(error).message}</p>
          </Hollow>
        ) : error && data === undefined ? (
          <NotHereYet what="The queues are" />
        ) : data?.length === 0 ? (
          <Hollow
            title={
              <>
                No queue has been used in <b>{namespace}</b> yet.
              </>
            }
          >
            <p className="mid">A queue appears here with the first run that names it, or the first worker that reports to this server.</p>
          </Hollow>
        ) : (
          <div className="scroll">
            <table role="table" className="grid cards qlist" aria-label="Task queues">
              <colgroup>
                <col />
                <col style={{ width: 120 }} />
                <col style={{ width: 130 }} />
                <col style={{ width: 150 }} />
                <col style={{ width: 150 }} />
              </colgroup>
              <thead role="rowgroup">
                <tr role="row">
                  <th role="columnheader" scope="col">
                    Queue
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    Open runs
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    Recent runs
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    Pollers
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    Backlog
                  </th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {isPending ? <SkeletonRows columns={5} rows={6} /> : null}
                {(data ?? []).map((row) => (
                  <tr role="row" key={row.name}>
                    <td role="cell">
                      <Link className="mono" href={paths.queue(namespace, row.name)}>
                        {row.name}
                      </Link>
                    </td>
                    <td role="cell" className="num" data-label="open runs">
                      {formatCount(row.openRuns)}
                    </td>
                    <td role="cell" className="num mid">
                      {formatCount(row.runs)}
                    </td>
                    <PollerCell namespace={namespace} queue={row.name} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </main>
    </div>
  );
}
