'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { isAway, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { namespaces } from '../../data/queries.ts';
import { formatSpan } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Unread } from '../../ui/unread.tsx';
import { CreateDialog } from './create-dialog.tsx';
import './namespaces.css';

const HEADS = ['Namespace', 'Description', 'State', 'Retention', ''] as const;

export function NamespaceList() {
  const { data, isPending, error } = useQuery(namespaces());
  const [isCreating, setCreating] = useState(false);
  return (
    <div className="page pg-namespaces">
      <main className="main" id="main">
        <div className="bar">
          <h1>Namespaces</h1>
          <span className="dim">{data ? plural(data.length, 'namespace') : ''}</span>
          <span className="grow" />
          <ActButton needs="administerCluster" className="btn primary" onClick={() => setCreating(true)}>
            <Icon name="plus" small />
            New namespace
          </ActButton>
        </div>
        {error && (data === undefined || !isAway(error)) ? (
          <Unread problem={toProblem(error)} what="The namespaces" />
        ) : data?.length === 0 ? (
          <Hollow title="This server has no namespace yet.">
            <p className="mid">Runs live in namespaces: each has its own list, its own attributes and its own retention.</p>
          </Hollow>
        ) : (
          <div className="scroll">
            <table role="table" className="grid cards nlist" aria-label="Namespaces">
              <colgroup>
                <col style={{ width: '26%' }} />
                <col />
                <col style={{ width: 140 }} />
                <col style={{ width: 120 }} />
                <col style={{ width: 110 }} />
              </colgroup>
              <thead role="rowgroup">
                <tr role="row">
                  {HEADS.map((head) => (
                    <th role="columnheader" scope="col" key={head} className={head === 'Retention' ? 'num' : ''}>
                      {head || <span className="sr">Settings</span>}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {isPending ? <SkeletonRows columns={5} rows={4} /> : null}
                {(data ?? []).map((row) => (
                  <tr role="row" key={row.name}>
                    <td role="cell">
                      <Link className="mono idl" href={paths.workflows(row.name)}>
                        {row.name}
                      </Link>
                    </td>
                    <td role="cell" className="mid">
                      {row.description}
                    </td>
                    <td role="cell" className="mid">
                      {row.isActive ? 'Active' : 'Deprecated'}
                    </td>
                    <td role="cell" className="num mid">
                      {row.retentionMs === null ? '' : formatSpan(row.retentionMs)}
                    </td>
                    <td role="cell" className="num">
                      <Link href={paths.settings(row.name)} aria-label={`Settings of ${row.name}`}>
                        Settings
                      </Link>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </main>
      <CreateDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </div>
  );
}
