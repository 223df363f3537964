'use client';
import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import type { Change } from '../../domain/deployment-change.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { Age } from '../../ui/age.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Description, VersionRow } from './version-look.ts';
import { versionLook } from './version-look.ts';

interface VersionTableProps {
  readonly namespace: string;
  readonly data: Description | undefined;
  readonly isPending: boolean;
  readonly onChange: (change: Change) => void;
}

const QUEUES_SHOWN = 2;

export function VersionTable({ namespace, data, isPending, onChange }: VersionTableProps) {
  return (
    <table role="table" className="grid cards vlist" aria-label="Versions">
      <colgroup>
        <col />
        <col style={{ width: 190 }} />
        <col style={{ width: 100 }} />
        <col style={{ width: '26%' }} />
        <col style={{ width: 90 }} />
        <col style={{ width: 110 }} />
        <col style={{ width: 130 }} />
        <col style={{ width: 68 }} />
      </colgroup>
      <thead role="rowgroup">
        <tr role="row">
          {['Build', 'Status'].map((name) => (
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
          <th role="columnheader" scope="col" className="num">
            Since
          </th>
          <th role="columnheader" scope="col">
            Task queues
          </th>
          {['Pollers', 'Last poll', 'Pinned runs'].map((name) => (
            <th key={name} role="columnheader" scope="col" className="num">
              {name}
            </th>
          ))}
          <th role="columnheader" scope="col">
            <span className="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {isPending ? <SkeletonRows columns={8} rows={3} /> : null}
        {data?.versions.map((row) => (
          <Row key={row.build} namespace={namespace} name={data.name} row={row} onChange={onChange} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly namespace: string;
  readonly name: string;
  readonly row: VersionRow;
  readonly onChange: (change: Change) => void;
}

function Row({ namespace, name, row, onChange }: RowProps) {
  const { build, status, since, detail } = row;
  const isRouted = status === 'Current' || status === 'Ramping';
  return (
    <tr role="row">
      <td role="cell" className="mono">
        {build}
      </td>
      <td role="cell">
        <StatusMark look={versionLook(row)} />
      </td>
      <td role="cell" className="num mid">
        {since === null ? '' : <Age at={since} />}
      </td>
      <td role="cell">
        <Queues namespace={namespace} queues={detail?.queues ?? []} />
      </td>
      <td role="cell" className="num" data-label={detail?.pollers === 1 ? 'poller' : 'pollers'}>
        {detail === null ? '' : formatCount(detail.pollers)}
      </td>
      <td role="cell" className="num mid">
        {detail?.lastPollAt ? <Age at={detail.lastPollAt} /> : ''}
      </td>
      <td role="cell" className="num" data-label="pinned">
        {detail === null ? (
          ''
        ) : detail.pinned === 0 ? (
          <span className="dim">none</span>
        ) : (
          <Link href={paths.pinnedRuns(namespace, name, build)}>{plural(detail.pinned, 'run')}</Link>
        )}
      </td>
      <td role="cell" className="num">
        <Menu
          align="end"
          trigger={
            <button className="btn quiet icon" type="button" aria-label={`Actions for ${build}`}>
              <Icon name="dots" small />
            </button>
          }
        >
          <MenuItem needs="write" isDisabled={status === 'Current'} onSelect={() => onChange({ kind: 'current', build })}>
            Make it current…
          </MenuItem>
          <MenuItem needs="write" isDisabled={status === 'Current'} onSelect={() => onChange({ kind: 'ramp', build })}>
            {status === 'Ramping' ? 'Change its share…' : 'Ramp up to it…'}
          </MenuItem>
          <MenuItem needs="write" isDisabled={isRouted || status === 'Draining'} onSelect={() => onChange({ kind: 'remove', build })}>
            Delete…
          </MenuItem>
        </Menu>
      </td>
    </tr>
  );
}

function Queues({ namespace, queues }: { namespace: string; queues: readonly string[] }) {
  const rest = queues.length - QUEUES_SHOWN;
  return (
    <span className="vq">
      {queues.slice(0, QUEUES_SHOWN).map((queue) => (
        <Link key={queue} className="mono" href={paths.queue(namespace, queue)}>
          {queue}
        </Link>
      ))}
      {rest > 0 ? <span className="dim">and {formatCount(rest)} more</span> : null}
    </span>
  );
}
