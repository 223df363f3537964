import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import { isOpen, runLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { middleCut } from '../../lib/text.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

export const isRunning = ({ description }: RunView): boolean => description !== undefined && isOpen(description.status);
/** The end of the run, or now. */
export const endOf = (view: RunView, now: number): number => (isRunning(view) ? now : (view.events.at(-1)?.at ?? now));

/** One of the runs that are compared: which, and how it went. */
export function RunMark({ letter, view, end }: { letter?: 'A' | 'B'; view: RunView; end: number }) {
  const { run, description, events } = view;
  const look = runLook(description?.status ?? '');
  return (
    <span className="row cmp-run">
      {letter === undefined ? null : <b className="cmp-l">{letter}</b>}
      <Link className="mono" href={paths.run(run)} title={`${run.workflowId}/${run.runId}`}>
        {middleCut(run.workflowId, 28)}
      </Link>
      <span className="mono dim">{run.runId.slice(0, 8)}</span>
      {description === undefined ? null : <StatusMark look={look} text={`${look.word} ${formatDuration(end - (events[0]?.at ?? end))}`} />}
    </span>
  );
}
