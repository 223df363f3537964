'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { scheduleLook } from '../../domain/schedule-look.ts';
import { specLine } from '../../domain/schedule-words.ts';
import { formatAge, formatUntil } from '../../lib/duration.ts';
import { middleCut } from '../../lib/text.ts';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ActionStrip } from './action-strip.tsx';
import { useStrip } from './use-strip.ts';

type ScheduleRow = ApiOutput['schedule']['list']['rows'][number];

export interface ScheduleTableProps {
  readonly namespace: string;
  readonly rows: readonly ScheduleRow[];
  readonly isPending: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly tail: ReactNode;
}

const HEADS = ['Status', 'Schedule', 'Type', 'Times', 'Last actions', 'Last run', 'Next'] as const;
const CELLS_MAX = 8;

export function ScheduleTable({ namespace, rows, isPending, chosen, onChoose, tail }: ScheduleTableProps) {
  const now = useNow();
  const areAllChosen = rows.length > 0 && rows.every((row) => chosen.has(row.id));
  const choose = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <div className="scroll">
      <table role="table" className="grid cards slist" aria-label="Schedules">
        <colgroup>
          <col style={{ width: 40 }} />
          <col style={{ width: 104 }} />
          <col />
          <col style={{ width: '14%' }} />
          <col style={{ width: '22%' }} />
          <col style={{ width: 144 }} />
          <col style={{ width: 108 }} />
          <col style={{ width: 144 }} />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              <input
                className="box"
                type="checkbox"
                aria-label="Choose all that are shown"
                checked={areAllChosen}
                onChange={() => onChoose(areAllChosen ? new Set() : new Set(rows.map((row) => row.id)))}
              />
            </th>
            {HEADS.map((head) => (
              <th role="columnheader" scope="col" key={head} className={head === 'Last run' || head === 'Next' ? 'num' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {isPending ? <SkeletonRows columns={8} /> : null}
          {rows.map((row) => (
            <Row key={row.id} namespace={namespace} row={row} now={now} isChosen={chosen.has(row.id)} onChoose={() => choose(row.id)} />
          ))}
        </tbody>
      </table>
      <p className="tail axis">{tail}</p>
    </div>
  );
}

interface RowProps {
  readonly namespace: string;
  readonly row: ScheduleRow;
  readonly now: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ namespace, row, now, isChosen, onChoose }: RowProps) {
  const zone = usePreference('zone');
  const cells = useStrip({ spec: row.spec, recent: row.recent, since: 0 }, now, CELLS_MAX);
  const last = row.recent.at(-1);
  const next = row.isPaused ? undefined : row.next[0];
  const words = specLine(row.spec);
  return (
    <tr role="row" aria-selected={isChosen}>
      <td role="cell" className="c-sel">
        <input className="box" type="checkbox" aria-label={`Choose ${row.id}`} checked={isChosen} onChange={onChoose} />
      </td>
      <td role="cell" className="c-st">
        <StatusMark look={scheduleLook(row.isPaused)} />
      </td>
      <td role="cell" className="c-id">
        <Link className="mono idl" href={paths.schedule(namespace, row.id)} title={row.id} prefetch={false}>
          {middleCut(row.id, 44)}
        </Link>
      </td>
      <td role="cell" className="c-type mid" title={row.type}>
        {row.type}
      </td>
      <td role="cell" className="c-spec mid" title={`${words}${row.spec.timezone ? `, ${row.spec.timezone}` : ''}`}>
        {words}
        {row.spec.timezone ? <span className="dim"> {row.spec.timezone}</span> : null}
      </td>
      <td role="cell" className="c-strip">
        <ActionStrip cells={cells} zone={zone} now={now} />
      </td>
      <td role="cell" className="c-last num mid" data-at={last?.startedAt}>
        {last === undefined ? '' : formatAge(now - last.startedAt)}
      </td>
      <td role="cell" className="c-next num" data-at={next}>
        {next === undefined ? <span className="dim">{row.isPaused ? 'paused' : 'never'}</span> : formatUntil(next - now)}
      </td>
    </tr>
  );
}
