import type { BatchFailure } from '../persistence/ports/batch-store.ts';
import type { Engine } from './engine.ts';
import { requireNamespace } from './namespaces.ts';

export interface BatchNotes {
  /** The last ones, oldest first. */
  readonly failures: readonly BatchFailure[];
  /** Why the job as a whole ended early; empty when it did not. */
  readonly ended: string;
}

/** What became of a job beyond its counts, for which the protocol has no field. Undefined when there is no such job. */
export async function batchNotes(
  engine: Engine,
  { namespace, jobId }: { readonly namespace: string; readonly jobId: string },
): Promise<BatchNotes | undefined> {
  const { id } = await requireNamespace(engine, namespace);
  const record = await engine.store.batches.find({ namespaceId: id, jobId });
  return record && { failures: record.failures, ended: record.ended ?? '' };
}
