'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { isAway, toProblem } from '../../data/api-client.ts';
import { batches } from '../../data/batch-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { batchLook, operationWord } from '../../domain/batch.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatMoment } from '../../lib/time.ts';
import { ActLink } from '../../ui/act-button.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Lasts } from '../../ui/lasts.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useMinute } from '../../ui/use-now.ts';
import './batches.css';

const HEADS = ['Status', 'Operation', 'Job', 'Started', 'Took'] as const;

export function BatchList({ namespace }: { namespace: string }) {
  const isLive = usePreference('isLive');
  const zone = usePreference('zone');
  const list = useInfiniteQuery(batches(namespace, isLive));
  const minute = useMinute();
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const isSupported = list.data?.pages[0]?.isSupported ?? true;
  return (
    <div className="page pg-batches">
      <main className="main" id="main">
        <div className="bar">
          <h1>Batches</h1>
          <span className="dim">one operation on many runs</span>
          <span className="grow" />
          {isSupported ? (
            <ActLink className="btn primary" href={paths.newBatch(namespace)}>
              <Icon name="plus" small />
              New batch
            </ActLink>
          ) : null}
        </div>
        {list.error && (list.data === undefined || !isAway(list.error)) ? (
          <Unread problem={toProblem(list.error)} what="The batches" />
        ) : !isSupported ? (
          <Hollow icon="batches" title="This server has no batch jobs." />
        ) : list.isSuccess && rows.length === 0 ? (
          <Hollow
            icon="batches"
            title={
              <>
                No batch has run in <b>{namespace}</b> yet.
              </>
            }
          >
            <p className="mid">A batch does one thing to every run that a query finds: terminate, cancel, signal, reset or delete.</p>
          </Hollow>
        ) : (
          <div className="scroll">
            <table role="table" className="grid cards blist" aria-label="Batches">
              <colgroup>
                <col style={{ width: 136 }} />
                <col style={{ width: '20%' }} />
                <col />
                <col style={{ width: 152 }} />
                <col style={{ width: 112 }} />
              </colgroup>
              <thead role="rowgroup">
                <tr role="row">
                  {HEADS.map((head) => (
                    <th role="columnheader" scope="col" key={head} className={head === 'Started' || head === 'Took' ? 'num' : ''}>
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {list.isPending ? <SkeletonRows columns={5} rows={6} /> : null}
                {rows.map((row) => (
                  <tr role="row" key={row.jobId}>
                    <td role="cell">
                      <StatusMark look={batchLook(row.state)} />
                    </td>
                    <td role="cell">{operationWord(row.type)}</td>
                    <td role="cell">
                      <Link className="mono idl" href={paths.batch(namespace, row.jobId)} prefetch={false}>
                        {row.jobId}
                      </Link>
                    </td>
                    <td role="cell" className="num mid">
                      <Moment at={row.startedAt}>{formatMoment(row.startedAt, zone, minute)}</Moment>
                    </td>
                    <td role="cell" className="num mid">
                      {row.closedAt === null ? <Lasts since={row.startedAt} /> : formatDuration(row.closedAt - row.startedAt)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {list.hasNextPage ? (
              <p className="tail">
                <button className="linkb" type="button" onClick={() => void list.fetchNextPage()}>
                  Show older ones
                </button>
              </p>
            ) : null}
          </div>
        )}
      </main>
    </div>
  );
}
