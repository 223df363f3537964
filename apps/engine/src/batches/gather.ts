/** Stores the runs that a job is about as they are when it begins: what the job itself does to them must not change which they are. */
import type { NamespaceRecord } from '../persistence/ports/namespace-store.ts';
import type { BatchTarget } from '../persistence/ports/batch-store.ts';
import type { BatchOperation, StartBatch } from '../operations/batch-operation.ts';
import { executionsOf } from '../operations/batches.ts';
import { listRuns } from '../visibility/list.ts';
import type { JobContext } from './carry-out.ts';

/** Stored pages are of this size: a change of it would lose the place of the jobs under way. */
export const TARGETS_PER_PAGE = 1000;

export interface Asked {
  readonly request: StartBatch;
  readonly operation: BatchOperation;
  readonly namespace: NamespaceRecord;
}

export type Gathered =
  | { readonly kind: 'gathered'; readonly total: number }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'aborted' };

export async function gather(context: JobContext, asked: Asked): Promise<Gathered> {
  const { engine, key } = context;
  const listed = executionsOf(asked.request).map(({ businessId, runId }) => ({ workflowId: businessId ?? '', runId: runId ?? '' }));
  if (listed.length === 0) return await gatherByQuery(context, asked);
  for (let page = 0; page * TARGETS_PER_PAGE < listed.length; page += 1) {
    await engine.store.batches.writeTargets(key, page, listed.slice(page * TARGETS_PER_PAGE, (page + 1) * TARGETS_PER_PAGE));
  }
  return { kind: 'gathered', total: listed.length };
}

async function gatherByQuery({ engine: { store }, key, signal }: JobContext, { request, operation, namespace }: Asked): Promise<Gathered> {
  const asked = request.visibilityQuery ?? '';
  const query = operation.concerns === 'open' ? `(${asked}) AND ExecutionStatus = 'Running'` : asked;
  let pageToken: Uint8Array = new Uint8Array();
  let total = 0;
  for (let page = 0; !signal.aborted; page += 1) {
    const found = await listRuns(store.visibility, { namespace, query, sizeMax: TARGETS_PER_PAGE, pageToken });
    if (found.kind === 'fault') return found;
    const targets = found.records.map(({ key: { workflowId, runId } }): BatchTarget => ({ workflowId, runId }));
    if (targets.length > 0) await store.batches.writeTargets(key, page, targets);
    total += targets.length;
    if (found.nextPageToken.length === 0) return { kind: 'gathered', total };
    pageToken = found.nextPageToken;
  }
  return { kind: 'aborted' };
}
