'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ApiOutput } from '../../data/api-client.ts';
import { toProblem } from '../../data/api-client.ts';
import { errors } from '../../data/estate-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { KIND_LOOKS, kindWords, lookedWords, worstKind } from '../../domain/error-group.ts';
import { formatAge, formatDuration } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { Age } from '../../ui/age.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { SparkBars } from '../../ui/spark-bars.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useTold } from '../../ui/use-now.ts';
import './errors.css';

type Answer = ApiOutput['error']['list'];

/** What fails, as the few errors it is: ended runs, activities that are tried again, workflow tasks. */
export function ErrorList({ namespace }: { namespace: string }) {
  const isLive = usePreference('isLive');
  const { data, error, isPending } = useQuery(errors(namespace, isLive));
  return (
    <div className="page pg-errors">
      <main className="main" id="main">
        <div className="bar hd2">
          <h1>Errors</h1>
          {data ? (
            <span className="dim">
              {lookedWords(data.looked)}, <Age at={data.looked.at} />
            </span>
          ) : null}
        </div>
        {error && data === undefined ? (
          <Unread problem={toProblem(error)} what="The errors" />
        ) : data?.rows.length === 0 ? (
          <Hollow title="Nothing fails.">
            <p className="mid">
              {data.looked.closedLookedAt + data.looked.openLookedAt === 0
                ? 'No run has failed or timed out, and none is open.'
                : `No run has failed or timed out, and none of ${plural(data.looked.openLookedAt, 'open run')} is trying again.`}
            </p>
          </Hollow>
        ) : (
          <div className="scroll">
            <ErrorTable namespace={namespace} answer={data} isPending={isPending} />
          </div>
        )}
      </main>
    </div>
  );
}

interface TableProps {
  readonly namespace: string;
  readonly answer: Answer | undefined;
  readonly isPending: boolean;
}

function ErrorTable({ namespace, answer, isPending }: TableProps) {
  return (
    <table role="table" className="grid cards elist" aria-label="Errors">
      <colgroup>
        <col style={{ width: 130 }} />
        <col />
        <col style={{ width: 76 }} />
        <col style={{ width: '16%' }} />
        <col style={{ width: 110 }} className="w13" />
        <col style={{ width: 130 }} />
        <col style={{ width: 110 }} />
      </colgroup>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            Kind
          </th>
          <th role="columnheader" scope="col">
            Error
          </th>
          <th role="columnheader" scope="col" className="num">
            Runs
          </th>
          <th role="columnheader" scope="col">
            Workflow type
          </th>
          <th role="columnheader" scope="col" className="w13">
            Build
          </th>
          <th role="columnheader" scope="col">
            {answer ? `Last ${formatDuration(answer.to - answer.from)}` : 'Trend'}
          </th>
          <th role="columnheader" scope="col" className="num">
            Last seen
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {isPending ? <SkeletonRows columns={7} rows={6} /> : null}
        {(answer?.rows ?? []).map((row) => (
          <tr role="row" key={row.id}>
            <td role="cell" title={kindWords(row.byKind)}>
              <StatusMark look={KIND_LOOKS[worstKind(row.byKind)]} />
            </td>
            <td role="cell" title={row.template}>
              <Link href={paths.error(namespace, row.id)}>{row.type}</Link> <span className="mid">{row.template}</span>
            </td>
            <td role="cell" className="num" data-label={row.runs === 1 ? 'run' : 'runs'}>
              {formatCount(row.runs)}
            </td>
            <td role="cell" className="mid" title={[...row.workflowTypes, ...row.activities].join(', ')}>
              {row.workflowTypes[0]}
              {row.workflowTypes.length > 1 ? <span className="dim"> +{row.workflowTypes.length - 1}</span> : null}
              {row.activities[0] ? <span className="dim"> · {row.activities[0]}</span> : null}
            </td>
            <td role="cell" className="mono mid w13" title={row.builds.join(', ')}>
              {row.builds[0]?.slice(0, 12)}
              {row.builds.length > 1 ? ` +${row.builds.length - 1}` : ''}
            </td>
            <td role="cell">
              <Trend row={row} />
            </td>
            <td role="cell" className="num mid" data-at={row.lastAt}>
              <Age at={row.lastAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Trend({ row }: { row: Answer['rows'][number] }) {
  const span = useTold((now) => `first ${formatAge(now - row.firstAt)}, last ${formatAge(now - row.lastAt)}`);
  return <SparkBars counts={row.trend} label={`${plural(row.runs, 'run')}, ${span}`} />;
}
