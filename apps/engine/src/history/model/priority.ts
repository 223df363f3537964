/** The priority of a run, and what its children and activities take from it. */
import type { temporal } from '@tidemark/protocol/types';

type Priority = temporal.api.common.v1.IPriority;

const FAIRNESS_KEY_BYTES_MAX = 64;

export function faultOfPriority(priority: Priority | null | undefined): string | undefined {
  if (!priority) return undefined;
  if ((priority.priorityKey ?? 0) < 0) return "priority key can't be negative";
  const bytes = new TextEncoder().encode(priority.fairnessKey ?? '').byteLength;
  if (bytes > FAIRNESS_KEY_BYTES_MAX) return 'fairness key length exceeds limit';
  if ((priority.fairnessWeight ?? 0) < 0) return "fairness weight can't be negative";
  return undefined;
}

/** Field by field: what the second does not set is the first's. */
export function mergePriority(base: Priority | null | undefined, over: Priority | null | undefined): Priority | undefined {
  if (!base || !over) return base ?? over ?? undefined;
  return {
    priorityKey: over.priorityKey || (base.priorityKey ?? 0),
    fairnessKey: over.fairnessKey || (base.fairnessKey ?? ''),
    fairnessWeight: over.fairnessWeight || (base.fairnessWeight ?? 0),
  };
}
