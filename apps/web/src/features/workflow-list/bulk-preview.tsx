'use client';
import type { ChosenRun } from '../../domain/run-selection.ts';
import { isOpen, runLook } from '../../domain/status.ts';
import { formatCount } from '../../lib/number.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

interface BulkPreviewProps {
  readonly counts: readonly (readonly [status: string, count: number])[];
  readonly sample: readonly ChosenRun[] | undefined;
  readonly isOpenOnly: boolean;
}

/** What an operation would find: how many of each status, and some of them by name. */
export function BulkPreview({ counts, sample, isOpenOnly }: BulkPreviewProps) {
  if (sample === undefined) return <p className="axis">Counting…</p>;
  if (counts.length === 0) return <p className="mid">No run matches any more.</p>;
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return (
    <div className="dry">
      <ul className="dry-n" aria-label="Runs by status">
        {counts.map(([status, count]) => (
          <li key={status} className={isOpenOnly && !isOpen(status) ? 'dim' : ''}>
            <StatusMark look={runLook(status)} />
            <b>{formatCount(count)}</b>
            {isOpenOnly && !isOpen(status) ? <span className="axis">left alone</span> : null}
          </li>
        ))}
      </ul>
      <ul className="dry-s mono" aria-label="Some of them">
        {sample.map((run) => (
          <li key={run.runId} className="cut" title={run.workflowId}>
            {run.workflowId}
          </li>
        ))}
        {all > sample.length ? <li className="axis">and {formatCount(all - sample.length)} more</li> : null}
      </ul>
    </div>
  );
}
