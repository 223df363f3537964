'use client';
import { useQuery } from '@tanstack/react-query';
import { queue } from '../../data/queries.ts';
import { formatCount } from '../../lib/number.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

const NONE = { tone: 'retrying', glyph: 'taskfail', word: 'nobody polls', isCalm: false } as const;

/** How many poll this queue and how much waits there; asked per row, since there is no list that says. */
export function PollerCell({ namespace, queue: name }: { namespace: string; queue: string }) {
  const { data } = useQuery(queue(namespace, name));
  if (data === undefined)
    return (
      <>
        <td role="cell" />
        <td role="cell" />
      </>
    );
  const pollers = new Set([...data.workflow.pollers, ...data.activity.pollers].map((one) => one.identity)).size;
  const backlog = (data.workflow.stats?.backlog ?? 0) + (data.activity.stats?.backlog ?? 0);
  return (
    <>
      <td role="cell" className="num" data-label={pollers === 0 ? undefined : pollers === 1 ? 'poller' : 'pollers'}>
        {pollers === 0 ? <StatusMark look={NONE} /> : formatCount(pollers)}
      </td>
      <td role="cell" className="num" data-label="waiting">
        {data.workflow.stats === null ? '–' : formatCount(backlog)}
      </td>
    </>
  );
}
