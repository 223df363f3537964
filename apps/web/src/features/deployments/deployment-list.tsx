'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { isAway, toProblem } from '../../data/api-client.ts';
import { deployments } from '../../data/deployment-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { formatCount } from '../../lib/number.ts';
import { Age } from '../../ui/age.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Unread } from '../../ui/unread.tsx';
import type { DeploymentRow } from './version-look.ts';
import { rampWords } from './version-look.ts';
import './deployments.css';

export function DeploymentList({ namespace }: { namespace: string }) {
  const isLive = usePreference('isLive');
  const { data, isPending, error } = useQuery(deployments(namespace, isLive));
  return (
    <div className="page pg-deployments">
      <main className="main" id="main">
        <div className="bar">
          <h1>Deployments</h1>
          <span className="dim">builds of workers, and which of them new work goes to</span>
        </div>
        {error && (data === undefined || !isAway(error)) ? (
          <Unread problem={toProblem(error)} what="The deployments" />
        ) : data?.isSupported === false ? (
          <Hollow icon="deployments" title="This server has no worker deployments.">
            <p className="mid">Workers take tasks of every run there, whatever their build.</p>
          </Hollow>
        ) : data?.deployments.length === 0 ? (
          <Hollow
            icon="deployments"
            title={
              <>
                No worker of <b>{namespace}</b> names a deployment.
              </>
            }
            actions={
              <Link className="btn" href={paths.workers(namespace)}>
                Workers
              </Link>
            }
          >
            <p className="mid">A deployment appears here when a worker first polls with versioning, a deployment’s name and a build id.</p>
          </Hollow>
        ) : (
          <div className="scroll">
            <table role="table" className="grid cards dlist" aria-label="Deployments">
              <colgroup>
                <col />
                <col style={{ width: '22%' }} />
                <col style={{ width: '18%' }} />
                <col style={{ width: 100 }} />
                <col style={{ width: 110 }} />
                <col style={{ width: 110 }} />
              </colgroup>
              <thead role="rowgroup">
                <tr role="row">
                  <th role="columnheader" scope="col">
                    Deployment
                  </th>
                  <th role="columnheader" scope="col">
                    Current
                  </th>
                  <th role="columnheader" scope="col">
                    Ramping
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    Versions
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    Draining
                  </th>
                  <th role="columnheader" scope="col" className="num">
                    Created
                  </th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {isPending ? <SkeletonRows columns={6} rows={4} /> : null}
                {data?.deployments.map((row) => (
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

function Row({ namespace, row }: { namespace: string; row: DeploymentRow }) {
  const draining = row.versions.filter(({ status }) => status === 'Draining').length;
  return (
    <tr role="row">
      <td role="cell">
        <Link className="mono" href={paths.deployment(namespace, row.name)}>
          {row.name}
        </Link>
      </td>
      <td role="cell">{row.current === null ? <span className="dim">none</span> : <span className="mono">{row.current}</span>}</td>
      <td role="cell" className="mono">
        {rampWords(row)}
      </td>
      <td role="cell" className="num" data-label={row.versions.length === 1 ? 'version' : 'versions'}>
        {formatCount(row.versions.length)}
      </td>
      <td role="cell" className="num" data-label="draining">
        {draining === 0 ? '' : formatCount(draining)}
      </td>
      <td role="cell" className="num mid">
        {row.createdAt === null ? '' : <Age at={row.createdAt} />}
      </td>
    </tr>
  );
}
