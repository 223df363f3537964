'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { isAway, toProblem } from '../../data/api-client.ts';
import { queueSurvey } from '../../data/estate-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import type { IndexedQueue } from '../../domain/queue-trouble.ts';
import { byTrouble, figuresOf, queueTrouble } from '../../domain/queue-trouble.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { Age } from '../../ui/age.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Unread } from '../../ui/unread.tsx';
import './task-queues.css';

/** The queues that recent runs and workers name: the protocol itself keeps no list. */
export function QueueList({ namespace }: { namespace: string }) {
  const isLive = usePreference('isLive');
  const { data, isPending, error } = useQuery(queueSurvey(namespace, isLive));
  return (
    <div className="page pg-queue">
      <main className="main" id="main">
        <div className="bar">
          <h1>Task queues</h1>
          <span className="dim">named by recent runs and by workers that report</span>
          <span className="grow" />
          {data ? (
            <span className="axis wide">
              updated <Age at={data.at} />
            </span>
          ) : null}
        </div>
        {error && (data === undefined || !isAway(error)) ? (
          <Unread problem={toProblem(error)} what="The queues" />
        ) : data?.rows.length === 0 ? (
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
                <col style={{ width: '26%' }} />
                <col style={{ width: 100 }} />
                <col style={{ width: 90 }} />
                <col style={{ width: 100 }} />
                <col style={{ width: 110 }} />
                <col style={{ width: 130 }} className="w13" />
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
                  <th role="columnheader" scope="col" className="num">
                    Oldest
                  </th>
                  <th role="columnheader" scope="col" className="num w13">
                    In / out per s
                  </th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {isPending ? <SkeletonRows columns={7} rows={6} /> : null}
                {byTrouble(data?.rows ?? []).map((row) => (
                  <Row key={row.name} namespace={namespace} row={row} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </main>
    </div>
  );
}

const LOOKS = {
  3: { tone: 'failed', glyph: 'taskfail', isCalm: false },
  2: { tone: 'retrying', glyph: 'retrying', isCalm: false },
  1: { tone: 'running', glyph: 'running', isCalm: true },
  0: { tone: 'completed', glyph: 'completed', isCalm: true },
} as const;

function Row({ namespace, row }: { namespace: string; row: IndexedQueue }) {
  const figures = figuresOf(row);
  const { rank, words } = queueTrouble(row);
  const rate = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  return (
    <tr role="row">
      <td role="cell">
        <Link className="mono" href={paths.queue(namespace, row.name)}>
          {row.name}
        </Link>
      </td>
      <td role="cell">
        {figures === undefined ? (
          <span className="dim">not looked into</span>
        ) : rank === 0 && words !== '' ? (
          <span className="dim">{words}</span>
        ) : (
          <StatusMark look={{ ...LOOKS[rank], word: words || 'keeps up' }} />
        )}
      </td>
      <td role="cell" className="num" data-label="open">
        {formatCount(row.openRuns)}
      </td>
      <td role="cell" className="num" data-label={figures?.pollers === 1 ? 'poller' : 'pollers'}>
        {figures === undefined ? '' : formatCount(figures.pollers)}
      </td>
      <td role="cell" className="num" data-label="waiting">
        {figures === undefined ? '' : figures.backlog === null ? '–' : formatCount(figures.backlog)}
      </td>
      <td role="cell" className="num mid">
        {figures?.backlog ? formatDuration(figures.oldestMs) : ''}
      </td>
      <td role="cell" className="num mid w13">
        {figures === undefined || figures.backlog === null ? '' : `${rate(figures.inPerSecond)} / ${rate(figures.outPerSecond)}`}
      </td>
    </tr>
  );
}
