/** Keys, writes and index rows to fill a store with. */
import type { NamespaceId, RunKey } from '../../kernel/ids.ts';
import { namespaceId, runId, workflowId } from '../../kernel/ids.ts';
import type { Commit, RunWrite } from '../ports/run-store.ts';
import type { VisibilityRecord } from '../ports/visibility-store.ts';

export const sampleNamespace: NamespaceId = namespaceId('ns-1');

export const keyOf = (run: string, workflow = `workflow-of-${run}`, namespace: NamespaceId = sampleNamespace): RunKey => ({
  namespaceId: namespace,
  workflowId: workflowId(workflow),
  runId: runId(run),
});

export const bytesOf = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** The step to a version, with one event per version unless told otherwise. */
export function writeOf(key: RunKey, version: number, changes: Partial<Omit<RunWrite, 'key' | 'expectedVersion'>> = {}): RunWrite {
  return {
    key,
    expectedVersion: version - 1,
    transition: { version, firstEventId: version, eventCount: 1, events: bytesOf(version, 1), notes: bytesOf(version, 2) },
    isOpen: true,
    dueAt: undefined,
    hasDuties: false,
    becomesCurrent: version === 1,
    ...changes,
  };
}

export const commitOf = (...writes: readonly RunWrite[]): Commit => ({ writes });

export function recordOf(key: RunKey, changes: Partial<VisibilityRecord> = {}): VisibilityRecord {
  return {
    key,
    workflowType: 'Order',
    taskQueue: 'orders',
    status: 1,
    startTime: 1000,
    executionTime: 1000,
    attributes: {},
    ...changes,
  };
}
