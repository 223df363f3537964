/** Hands the tasks of committed transitions to matching. */
import type { Moved } from '../changefeed/changefeed.ts';
import type { Dispatch } from '../history/model/dispatch.ts';
import type { Matching } from '../matching/matching.ts';

/** A sticky worker that has not polled for this long is taken for gone. */
const STICKY_ALIVE_MS = 10_000;

export function dispatchMover(matching: Matching): (moved: Moved) => void {
  return (moved) => {
    for (const dispatch of moved.dispatches) move(matching, dispatch);
  };
}

export function move(matching: Matching, dispatch: Dispatch): void {
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
    sticky !== undefined && matching.hasPolled(sticky, STICKY_ALIVE_MS)
      ? sticky
      : { namespaceId, kind: 'workflow' as const, name: taskQueue };
  matching.add(queue, { kind: 'workflow', key, scheduledEventId, attempt: dispatch.attempt, priority, fairness });
}
