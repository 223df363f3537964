/** The groups of the run that is looked at, which every part of its page shares. */
import type { RunGroups } from '../domain/event-groups.ts';
import { joinEnds, RunGrouper } from '../domain/event-groups.ts';
import type { PendingActivity, RunEvent } from '../domain/run-event.ts';
import { measured } from '../lib/measured.ts';
import type { RunHistory } from './load-history.ts';

interface Shown {
  readonly events: readonly RunEvent[];
  readonly pending: readonly PendingActivity[];
  readonly unread: Unread | undefined;
  readonly groups: RunGroups;
}

/** Of a history that is not whole: its newest events, where they are here already. */
export type Unread = Pick<RunHistory, 'tail'>;

/** Under which its time is told. */
const GROUPING = 'timeline: grouping';

let shown: Shown | undefined;
/** May be ahead of what is shown. */
let taken: { readonly grouper: RunGrouper; readonly events: readonly RunEvent[] } | undefined;

/** Done once per state of the run; of a history that has grown, only what joined at its end is worked at. */
export function groupsOf(events: readonly RunEvent[], pending: readonly PendingActivity[], unread?: Unread): RunGroups {
  if (shown?.events !== events || shown.pending !== pending || shown.unread !== unread)
    shown = { events, pending, unread, groups: measured(GROUPING, () => grouped(events, pending, unread)) };
  return shown.groups;
}

function grouped(events: readonly RunEvent[], pending: readonly PendingActivity[], unread: Unread | undefined): RunGroups {
  const isBehind = taken !== undefined && taken.events.length > events.length && begins(taken.events, events);
  const grouper = isBehind ? new RunGrouper().append(events) : takeIn(events);
  if (unread === undefined) return grouper.shown(pending);
  const beginning = grouper.shown(pending, events.at(-1)?.at);
  return unread.tail === undefined ? beginning : joinEnds(beginning, unread.tail);
}

/** Groups what has come of the run that is shown while the rest is on its way, so that it need not be done in one go at the end. */
export function groupAhead(events: readonly RunEvent[]): void {
  if (shown !== undefined && begins(events, shown.events)) measured(GROUPING, () => takeIn(events));
}

function takeIn(events: readonly RunEvent[]): RunGrouper {
  const known = taken !== undefined && begins(events, taken.events) ? taken : { grouper: new RunGrouper(), events: [] };
  taken = { grouper: known.grouper.append(events.slice(known.events.length)), events };
  return known.grouper;
}

/** Whether one history begins with another: events are read once, so the same ones are the same objects. */
const begins = (events: readonly RunEvent[], known: readonly RunEvent[]): boolean =>
  known.length <= events.length && known[0] === events[0] && known.at(-1) === events[known.length - 1];
