'use client';
import Link from 'next/link';
import type { ImportedFile } from '../../data/imports.ts';
import { removeImport } from '../../data/imports.ts';
import { namespaceOfFile, paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { runLook } from '../../domain/status.ts';
import { formatBytes, formatCount } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';

const COLUMNS = ['Status', 'Workflow ID', 'Type', 'File', 'Events', 'Size', 'Imported', ''] as const;
const isNumeric = (column: string): boolean => column === 'Events' || column === 'Size' || column === 'Imported';

/** The files this browser holds, newest first. */
export function ImportedTable({ files }: { files: readonly ImportedFile[] }) {
  const zone = usePreference('zone');
  const now = useNow(false);
  return (
    <table role="table" className="grid cards imported" aria-label="Imported histories">
      <colgroup>
        <col style={{ width: 128 }} />
        <col style={{ width: '24%' }} />
        <col style={{ width: '16%' }} />
        <col />
        <col style={{ width: 84 }} />
        <col style={{ width: 84 }} />
        <col style={{ width: 132 }} />
        <col style={{ width: 48 }} />
      </colgroup>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((column) => (
            <th key={column} role="columnheader" scope="col" className={isNumeric(column) ? 'num' : undefined}>
              {column === '' ? <span className="sr">Remove</span> : column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {files.map((file) => (
          <tr role="row" key={file.id}>
            <td role="cell">
              <StatusMark look={runLook(file.status)} />
            </td>
            <td role="cell" className="cut">
              <Link
                className="mono strong quietl"
                href={paths.run({ ...file, namespace: namespaceOfFile(file.id) })}
                title={file.workflowId}
              >
                {file.workflowId}
              </Link>
            </td>
            <td role="cell" className="cut">
              {file.type}
            </td>
            <td role="cell" className="mono dim cut" title={file.name}>
              {file.name}
            </td>
            <td role="cell" className="num">
              {formatCount(file.events)}
            </td>
            <td role="cell" className="num mid">
              {formatBytes(file.bytes)}
            </td>
            <td role="cell" className="num mid">
              {formatMoment(file.importedAt, zone, now)}
            </td>
            <td role="cell" className="num">
              <button className="copy" type="button" aria-label={`Remove ${file.name}`} onClick={() => void removeImport(file.id)}>
                <Icon name="x" small />
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
