/** Groups one page of a history by itself, for whoever joins it to the pages before it (`grouped-page.ts`). */
import { RunGrouper } from './event-groups.ts';
import type { GroupedColumns, PageGroups } from './grouped-page.ts';
import { TASK_STATUSES } from './grouped-page.ts';
import { GROUP_KINDS } from './kind.ts';
import type { RunEvent } from './run-event.ts';
import { GROUP_STATUSES } from './status.ts';

/** `events` follow each other without a gap. */
export function groupPage(events: readonly RunEvent[]): PageGroups {
  const first = events[0]?.id ?? 0;
  const grouper = new RunGrouper().append(events);
  const { groups, tasks } = grouper.shown([]);
  const open = groups.flatMap(({ endedAt, status }, place) => (endedAt === undefined && status !== 'received' ? [place] : []));
  return {
    groups: {
      ...columnsOf(groups, { first, statuses: GROUP_STATUSES }),
      kind: Uint8Array.from(groups, ({ kind }) => GROUP_KINDS.indexOf(kind)),
      open: Int32Array.from(open),
    },
    tasks: columnsOf(tasks, { first, statuses: TASK_STATUSES }),
    loose: Int32Array.from(grouper.loose, ({ id }) => id - first),
  };
}

interface Thing<Status> {
  readonly eventIds: readonly number[];
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly status: Status;
}

function columnsOf<Status>(
  things: readonly Thing<Status>[],
  { first, statuses }: { readonly first: number; readonly statuses: readonly Status[] },
): GroupedColumns {
  const from = new Int32Array(things.length + 1);
  for (const [place, { eventIds }] of things.entries()) from[place + 1] = (from[place] ?? 0) + eventIds.length;
  return {
    rows: Int32Array.from(
      things.flatMap(({ eventIds }) => eventIds),
      (id) => id - first,
    ),
    from,
    startedAt: Float64Array.from(things, ({ startedAt }) => startedAt ?? Number.NaN),
    endedAt: Float64Array.from(things, ({ endedAt }) => endedAt ?? Number.NaN),
    status: Uint8Array.from(things, ({ status }) => statuses.indexOf(status)),
  };
}

/** What can be handed over instead of being copied. */
export function buffersOfGroups({ groups, tasks, loose }: PageGroups): ArrayBuffer[] {
  const ofThings = ({ rows, from, startedAt, endedAt, status }: GroupedColumns) => [rows, from, startedAt, endedAt, status];
  return [...ofThings(groups), groups.kind, groups.open, ...ofThings(tasks), loose].map(({ buffer }) => buffer);
}
