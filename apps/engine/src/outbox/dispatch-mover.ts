/** Hands the tasks of committed transitions to matching. */
import type { Moved } from '../changefeed/changefeed.ts';
import type { Deployments, RoutedQueue } from '../deployments/deployments.ts';
import type { Dispatch } from '../history/model/dispatch.ts';
import type { Limits } from '../kernel/limits.ts';
import { isSameVersion } from '../kernel/worker-version.ts';
import type { Matching } from '../matching/matching.ts';

interface Handing {
  readonly matching: Matching;
  readonly deployments: Deployments;
  readonly limits: Limits;
}

export function dispatchMover(handing: Handing): (moved: Moved) => void {
  return (moved) => {
    for (const dispatch of moved.dispatches) move(handing, dispatch);
  };
}

export function move({ matching, deployments, limits }: Handing, dispatch: Dispatch): void {
  const { key, kind, scheduledEventId, priority, fairness, taskQueue, pinnedTo } = dispatch;
  const { namespaceId, workflowId } = key;
  const version = deployments.versionFor({ namespaceId, kind, name: taskQueue, workflowId, pinnedTo });
  const task = { key, scheduledEventId, priority, fairness, ...(pinnedTo === undefined ? {} : { pinnedTo }) };
  const queue = { namespaceId, kind, name: taskQueue, version };
  if (dispatch.isAgain === true) matching.withdraw({ namespaceId, kind, name: taskQueue }, { runId: key.runId, scheduledEventId });
  if (dispatch.kind === 'activity') {
    matching.add(queue, { ...task, kind: 'activity', stamp: dispatch.stamp });
    return;
  }
  // The worker that keeps the run in its cache may be of a version that the run has left.
  const mayStick = dispatch.stickyQueue !== undefined && isSameVersion(dispatch.stickyVersion, version);
  const sticky = mayStick ? { namespaceId, kind, name: dispatch.stickyQueue ?? '' } : undefined;
  const isAlive = sticky !== undefined && matching.hasPolled(sticky, limits.stickyWorkerAliveMs);
  matching.add(isAlive ? sticky : queue, { ...task, kind: 'workflow', attempt: dispatch.attempt });
}

/** The tasks of a queue go where its routing says now. */
export function reroute({ matching, deployments }: Handing): (queue: RoutedQueue) => void {
  return (queue) =>
    matching.reroute(queue, ({ key, pinnedTo }) => deployments.versionFor({ ...queue, workflowId: key.workflowId, pinnedTo }));
}
