/** Hands the tasks of committed transitions to matching. */
import type { Moved } from '../changefeed/changefeed.ts';
import type { Dispatch } from '../history/model/dispatch.ts';
import type { Limits } from '../kernel/limits.ts';
import type { Matching } from '../matching/matching.ts';

interface Handing {
  readonly matching: Matching;
  readonly limits: Limits;
}

export function dispatchMover(handing: Handing): (moved: Moved) => void {
  return (moved) => {
    for (const dispatch of moved.dispatches) move(handing, dispatch);
  };
}

export function move({ matching, limits }: Handing, dispatch: Dispatch): void {
  const { key, scheduledEventId, priority, fairness, taskQueue } = dispatch;
  const { namespaceId } = key;
  if (dispatch.kind === 'activity') {
    matching.add(
      { namespaceId, kind: 'activity', name: taskQueue },
      { kind: 'activity', key, scheduledEventId, stamp: dispatch.stamp, priority, fairness },
    );
    return;
  }
  const sticky = dispatch.stickyQueue === undefined ? undefined : { namespaceId, kind: 'workflow' as const, name: dispatch.stickyQueue };
  const queue =
    sticky !== undefined && matching.hasPolled(sticky, limits.stickyWorkerAliveMs)
      ? sticky
      : { namespaceId, kind: 'workflow' as const, name: taskQueue };
  matching.add(queue, { kind: 'workflow', key, scheduledEventId, attempt: dispatch.attempt, priority, fairness });
}
