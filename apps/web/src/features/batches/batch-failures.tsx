import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import { formatCount } from '../../lib/number.ts';
import { middleCut } from '../../lib/text.ts';
import type { Batch } from './batch-page.tsx';

/** Which runs could not be changed, and why; nothing where the server does not keep it. */
export function BatchFailures({ namespace, batch: { notes, failed } }: { namespace: string; batch: Batch }) {
  if (notes === null || notes.failures.length === 0) return null;
  const shown = notes.failures.length;
  return (
    <section>
      <div className="sh">
        <h2>Runs that could not be changed</h2>
        <span className="axis">{failed > shown ? `the last ${formatCount(shown)} of ${formatCount(failed)}` : ''}</span>
      </div>
      <table role="table" className="grid cards flist" aria-label="Runs that could not be changed">
        <colgroup>
          <col style={{ width: '38%' }} />
          <col />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Run
            </th>
            <th role="columnheader" scope="col">
              Why
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {[...notes.failures].reverse().map((one) => (
            <tr role="row" key={`${one.workflowId} ${one.runId}`}>
              <td role="cell">
                <Link
                  className="mono idl"
                  href={one.runId ? paths.run({ namespace, ...one }) : paths.workflow(namespace, one.workflowId)}
                  title={one.workflowId}
                  prefetch={false}
                >
                  {middleCut(one.workflowId, 56)}
                </Link>
              </td>
              <td role="cell" className="mid" title={one.message}>
                {one.message}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
