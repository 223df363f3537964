import type { Group } from './event-groups.ts';
import type { TimelineRow } from './timeline-layout.ts';

export interface FailureStop {
  /** The row it stands in, or is woven into. */
  readonly row: TimelineRow;
  readonly group: Group;
}

/** A step that failed, or that came through only after an attempt had failed. */
const hasFailed = ({ status, attempt }: Group): boolean =>
  status === 'failed' || status === 'timedout' || status === 'retrying' || attempt > 1;

/** The next step with a failure after the selected one, or before it, round the end; woven rows are looked into. */
export function nextFailure(rows: readonly TimelineRow[], selected: number | null, by: 1 | -1): FailureStop | undefined {
  const all = rows.flatMap((row): FailureStop[] => {
    if (row.members.length === 1) return [{ row, group: row.group }];
    // The members of an open row have rows of their own.
    return row.isExpanded ? [] : row.members.map((group) => ({ row, group }));
  });
  const here = selected === null ? -1 : all.findIndex(({ group }) => group.id === selected);
  const start = here === -1 && by === -1 ? 0 : here;
  for (let step = 1; step <= all.length; step += 1) {
    const stop = all[(start + by * step + all.length * 2) % all.length];
    if (stop !== undefined && hasFailed(stop.group)) return stop;
  }
  return undefined;
}
