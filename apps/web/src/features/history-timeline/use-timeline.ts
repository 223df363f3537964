'use client';
import { useMemo, useState } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { AttemptIndex } from '../../domain/attempts.ts';
import { NO_ATTEMPTS } from '../../domain/attempts.ts';
import { childRows, openedStretches } from '../../domain/child-rows.ts';
import type { Group, GroupKind } from '../../domain/event-groups.ts';
import { groupFinder } from '../../domain/group-finder.ts';
import type { OpenedRuns } from '../../domain/opened-run.ts';
import { isOpen } from '../../domain/status.ts';
import type { Fold, TimeScale } from '../../domain/time-scale.ts';
import { createTimeScale, idleFolds } from '../../domain/time-scale.ts';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { busyStretches } from '../../domain/timeline-layout.ts';
import type { OrderedGroups, TimelineOrder } from '../../domain/timeline-order.ts';
import { measured } from '../../lib/measured.ts';
import { useOrder } from './use-order.ts';

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  /** Before this row there is a gap: what is between both ends of a long history and not here yet. */
  readonly gapAt: number | undefined;
  readonly scale: TimeScale;
  readonly start: number;
  /** The close of the run, or now. */
  readonly end: number;
  readonly isRunning: boolean;
  readonly foldedMs: number;
}

export interface TimelineOptions {
  readonly now: number;
  readonly foldsIdle: boolean;
  readonly expanded: ReadonlySet<string>;
  readonly find: string;
  readonly hidden: ReadonlySet<GroupKind>;
  readonly attempts: AttemptIndex;
  readonly showsTries: boolean;
  readonly order: TimelineOrder;
  /** Undefined where no child can be opened. */
  readonly opened: OpenedRuns | undefined;
}

/** Room at the right for labels, or for what is known of the future. */
const MARGIN = { closed: 0.1, open: 0.08, futureMost: 0.35 };
/** The room of an open run is used up before it grows by about this share of what is shown: every bar moves with each change of the scale. */
const STEP = 1 / 16;

export function useTimeline(
  view: RunView,
  { now, foldsIdle, expanded, find, hidden, attempts, showsTries, order, opened }: TimelineOptions,
): Timeline {
  const { description, events, groups, isLoading } = view;
  const ends = useOrder(view, order, attempts);
  const isRunning = description === undefined || isOpen(description.status);
  const start = events[0]?.at ?? now;
  const last = events.at(-1)?.at ?? now;
  // The close is known before the last events are, so that what is drawn first stays where it is.
  const end = isRunning ? Math.max(now, last) : Math.max(last, (isLoading ? description.closedAt : null) ?? last);
  const { rows, gapAt } = useMemo(
    () =>
      measured('timeline: layout', () => {
        const isFound = groupFinder(find);
        const options = {
          now: end,
          expanded,
          opened,
          isShown: ({ kind }: Group) => !hidden.has(kind),
          isFound,
          attempts: showsTries ? attempts : NO_ATTEMPTS,
        };
        const laidOut = (parts: OrderedGroups | undefined) => parts?.flatMap((part) => childRows(part, options)) ?? [];
        const [before, after] = [laidOut(ends[0]), ends[1]];
        return after === undefined ? { rows: before, gapAt: undefined } : { rows: [...before, ...laidOut(after)], gapAt: before.length };
      }),
    [ends, end, expanded, opened, hidden, find, attempts, showsTries],
  );
  const reach = useMemo(() => {
    const span = Math.max(end - start, 50);
    const folds =
      foldsIdle && !isLoading ? idleFolds({ start, end, busy: [...busyStretches(groups, end), ...openedStretches(opened, end)] }) : [];
    const shown = Math.max(span - folds.reduce((sum, fold) => sum + fold.to - fold.from, 0), 1);
    if (!isRunning) return { until: end + shown * MARGIN.closed, folds };
    const next = groups.groups.reduce(
      (latest, { endedAt, pending }) => (endedAt === undefined ? Math.max(latest, pending?.nextAt ?? 0) : latest),
      0,
    );
    const future = Math.min(Math.max(shown * MARGIN.open, next - end), shown * MARGIN.futureMost);
    const step = 2 ** Math.floor(Math.log2(shown * STEP));
    return { until: start + Math.ceil((end + future - start) / step) * step, folds };
  }, [groups, opened, start, end, isRunning, isLoading, foldsIdle]);
  const folds = useKept(reach.folds);
  const scale = useMemo(() => createTimeScale({ start, end: reach.until, folds }), [start, reach.until, folds]);
  return { rows, gapAt, scale, start, end, isRunning, foldedMs: scale.folds.reduce((sum, fold) => sum + fold.to - fold.from, 0) };
}

/** The folds as they were, while they are the same. */
function useKept(folds: readonly Fold[]): readonly Fold[] {
  const [kept, keep] = useState(folds);
  const isSame = kept.length === folds.length && kept.every(({ from, to }, at) => from === folds[at]?.from && to === folds[at]?.to);
  if (!isSame) keep(folds);
  return isSame ? kept : folds;
}
