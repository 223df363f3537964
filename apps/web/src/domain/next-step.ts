import type { Group } from './event-groups.ts';
import type { TimelineRow } from './timeline-layout.ts';

export interface StepStop {
  /** The row it stands in, or is woven into. */
  readonly row: TimelineRow;
  readonly group: Group;
}

/** Whether a step failed, or came through only after an attempt had failed. */
export const hasFailed = ({ status, attempt }: Group): boolean =>
  status === 'failed' || status === 'timedout' || status === 'retrying' || attempt > 1;

/** Whether a step has not ended. */
export const isPending = ({ status, endedAt }: Group): boolean => endedAt === undefined && status !== 'received';

interface Wanted {
  readonly by: 1 | -1;
  readonly is: (group: Group) => boolean;
}

/** The next step of those wanted after the selected one, or before it, round the end; woven rows are looked into. */
export function nextStep(rows: readonly TimelineRow[], selected: number | null, { by, is }: Wanted): StepStop | undefined {
  const all = rows.flatMap((row): StepStop[] => {
    if (row.members.length === 1) return [{ row, group: row.group }];
    // The members of an open row have rows of their own.
    return row.isExpanded ? [] : row.members.map((group) => ({ row, group }));
  });
  const here = selected === null ? -1 : all.findIndex(({ group }) => group.id === selected);
  const start = here === -1 && by === -1 ? 0 : here;
  for (let step = 1; step <= all.length; step += 1) {
    const stop = all[(start + by * step + all.length * 2) % all.length];
    if (stop !== undefined && is(stop.group)) return stop;
  }
  return undefined;
}
