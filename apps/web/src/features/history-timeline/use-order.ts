'use client';
import { useMemo } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { AttemptIndex } from '../../domain/attempts.ts';
import { criticalPath } from '../../domain/critical-path.ts';
import { isOpen } from '../../domain/status.ts';
import type { OrderedGroups, TimelineOrder } from '../../domain/timeline-order.ts';
import { orderGroups } from '../../domain/timeline-order.ts';
import { measured } from '../../lib/measured.ts';

/** Of an open run the path is followed from as far in the future as nothing that is known of reaches, so that the clock changes no place. */
const FAR_MS = 10 * 365 * 86_400_000;

/** The run's groups in the order that is asked for: all of them, or those of both ends of a long history, each by itself. */
export function useOrder(
  { description, events, groups, gap, isLoading }: RunView,
  order: TimelineOrder,
  attempts: AttemptIndex,
): readonly OrderedGroups[] {
  const isRunning = description === undefined || isOpen(description.status);
  // What led to the end of a run cannot be told before all of it is here: until then rows stand as they began.
  const isPath = order === 'path' && !isLoading;
  const path = useMemo(() => {
    const last = events.at(-1)?.at ?? 0;
    const subject = { events, groups, attempts, end: isRunning ? last + FAR_MS : last };
    return isPath ? [...measured('timeline: path', () => criticalPath(subject)).byId.keys()] : undefined;
  }, [isPath, isRunning, events, groups, attempts]);
  const asked = order === 'path' && path === undefined ? 'time' : order;
  return useMemo(() => {
    const all = groups.groups;
    const ends = gap === undefined ? [all] : [all.slice(0, gap.groups), all.slice(gap.groups)];
    return ends.map((end) => orderGroups(end, asked, path));
  }, [groups, gap, asked, path]);
}
