/** Which of the waiting actions may start now, and what becomes of the others: the overlap policies. */
import { api } from '@tidemark/protocol/api';
import type { OverlapPolicy, WaitingStart } from './state.ts';

const { ScheduleOverlapPolicy: Policy } = api.enums.v1;

export interface OverlapVerdict {
  /** Any number of them, beside whatever runs. */
  readonly concurrent: readonly WaitingStart[];
  /** At most one, and only while no other runs. */
  readonly next: WaitingStart | undefined;
  readonly waiting: readonly WaitingStart[];
  readonly skipped: number;
  /** What is done to the action that runs, so that one that waits can start. */
  readonly stop: 'cancel' | 'terminate' | undefined;
}

export function resolveOverlaps(
  waiting: readonly WaitingStart[],
  { isRunning, policy }: { readonly isRunning: boolean; readonly policy: OverlapPolicy },
): OverlapVerdict {
  const concurrent: WaitingStart[] = [];
  let left: WaitingStart[] = [];
  let next: WaitingStart | undefined;
  let skipped = 0;
  let stop: OverlapVerdict['stop'];
  for (const start of waiting) {
    const own = start.overlap || policy || Policy.SCHEDULE_OVERLAP_POLICY_SKIP;
    if (own === Policy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL) concurrent.push(start);
    else if (!isRunning && next === undefined) next = start;
    else if (own === Policy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL) left.push(start);
    else if (own === Policy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE && left.length === 0) left.push(start);
    else if (own === Policy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER || own === Policy.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER) {
      // The newest takes the place of all that wait; an action that was only about to start gives way at once.
      skipped += left.length;
      left = [];
      if (isRunning) {
        left.push(start);
        const terminates = own === Policy.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER;
        stop = terminates || stop === 'terminate' ? 'terminate' : 'cancel';
      } else {
        skipped += 1;
        next = start;
      }
    } else skipped += 1;
  }
  return { concurrent, next, waiting: left, skipped, stop };
}
