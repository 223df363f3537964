import Link from 'next/link';
import type { ApiOutput } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { byTrouble, figuresOf, queueTrouble } from '../../domain/queue-trouble.ts';
import { formatCount } from '../../lib/number.ts';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';

type QueueRow = ApiOutput['taskQueue']['survey']['rows'][number];
const ROWS = 6;

/** The queues that need somebody, then the busiest. */
export function BusiestQueues({
  namespace,
  queues,
  isPending,
}: {
  namespace: string;
  queues: readonly QueueRow[] | undefined;
  isPending: boolean;
}) {
  if (queues?.length === 0) return null;
  return (
    <section>
      <div className="sh">
        <h2>Queues</h2>
        <span className="grow" />
        <Link href={paths.queues(namespace)}>All queues</Link>
      </div>
      <table role="table" className="grid cards bq" aria-label="Queues">
        <colgroup>
          <col />
          <col style={{ width: '30%' }} />
          <col style={{ width: 100 }} />
          <col style={{ width: 100 }} />
          <col style={{ width: 100 }} />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Queue
            </th>
            <th role="columnheader" scope="col">
              State
            </th>
            <th role="columnheader" scope="col" className="num">
              Open runs
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
          {isPending ? <SkeletonRows columns={5} rows={3} /> : null}
          {byTrouble(queues ?? [])
            .slice(0, ROWS)
            .map((row) => {
              const figures = figuresOf(row);
              const { rank, words } = queueTrouble(row);
              return (
                <tr role="row" key={row.name}>
                  <td role="cell">
                    <Link className="mono" href={paths.queue(namespace, row.name)}>
                      {row.name}
                    </Link>
                  </td>
                  <td role="cell" className={rank >= 2 ? 'st-failed bad' : 'mid'}>
                    {words || (figures === undefined ? '' : 'keeps up')}
                  </td>
                  <td role="cell" className="num" data-label="open">
                    {formatCount(row.openRuns)}
                  </td>
                  <td role="cell" className="num" data-label="pollers">
                    {figures === undefined ? '' : formatCount(figures.pollers)}
                  </td>
                  <td role="cell" className="num" data-label="waiting">
                    {figures === undefined ? '' : figures.backlog === null ? '–' : formatCount(figures.backlog)}
                  </td>
                </tr>
              );
            })}
        </tbody>
      </table>
    </section>
  );
}
