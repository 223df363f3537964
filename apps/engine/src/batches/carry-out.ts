/** One batch job, from where it is to its end or until it is stopped. What was done since the last save may be done again: operations take that. */
import { api } from '@tidemark/protocol/api';
import { EngineError } from '../kernel/engine-error.ts';
import { batchOperationOf } from '../operations/batch-operation.ts';
import { derivedId } from '../operations/derived-id.ts';
import type { Engine } from '../operations/engine.ts';
import type { BatchFailure, BatchKey, BatchRecord, BatchTarget } from '../persistence/ports/batch-store.ts';
import { BatchState } from '../persistence/ports/batch-store.ts';
import type { Asked } from './gather.ts';
import { gather, TARGETS_PER_PAGE } from './gather.ts';
import { Pace } from './pace.ts';
import { pause } from '../operations/pause.ts';

const { NamespaceState } = api.enums.v1;
const { StartBatchOperationRequest } = api.workflowservice.v1;

const SAVE_EVERY_MS = 1000;
const SAVE_TRIES_MAX = 10;
const FAILURES_MAX = 100;
const ATTEMPTS_MAX = 3;
const RETRY_MS = 200;

export interface JobContext {
  readonly engine: Engine;
  readonly key: BatchKey;
  /** Aborted when the job is stopped, and when the engine stops. */
  readonly signal: AbortSignal;
}

/** Throws when the store fails; the job can then be taken up again. */
export async function carryOut(context: JobContext): Promise<void> {
  const { engine, key, signal } = context;
  const record = await engine.store.batches.find(key);
  if (record?.state !== BatchState.Running) return;
  const asked = await askedBy(engine, record);
  if (asked === undefined) return await close(context, { state: BatchState.Failed, ended: 'its namespace is gone' });
  if (record.total === undefined) {
    const gathered = await gather(context, asked);
    if (gathered.kind === 'aborted') return;
    if (gathered.kind === 'fault') return await close(context, { state: BatchState.Failed, ended: gathered.message });
    await save(context, { total: gathered.total });
    return await carryOut(context);
  }
  const progress = await operate(context, { asked, record: { ...record, total: record.total } });
  if (signal.aborted) await save(context, progress);
  else await close(context, { ...progress, state: BatchState.Completed });
}

async function askedBy({ store }: Engine, record: BatchRecord): Promise<Asked | undefined> {
  const request = StartBatchOperationRequest.decode(record.request);
  const operation = batchOperationOf(request);
  const namespace = await store.namespaces.findById(record.key.namespaceId);
  if (operation === undefined || namespace === undefined || namespace.state === NamespaceState.NAMESPACE_STATE_DELETED) return undefined;
  return { request, operation, namespace };
}

type Change = Partial<Pick<BatchRecord, 'state' | 'total' | 'complete' | 'failed' | 'failures' | 'ended' | 'closedAt'>>;

/** What another has ended stays as it was ended; how far the job came is still told. */
async function save({ engine: { store }, key }: JobContext, change: Change): Promise<void> {
  for (let tries = 0; tries < SAVE_TRIES_MAX; tries += 1) {
    const record = await store.batches.find(key);
    if (record === undefined) return;
    const { state, closedAt, ended, version } = record;
    const over =
      state === BatchState.Running ? {} : { state, ...(closedAt === undefined ? {} : { closedAt }), ...(ended ? { ended } : {}) };
    if ((await store.batches.replace({ ...record, ...change, ...over, version: version + 1 })) === 'replaced') return;
  }
  throw new EngineError('unavailable', 'the job is being changed elsewhere');
}

const close = (context: JobContext, change: Change): Promise<void> => save(context, { ...change, closedAt: context.engine.clock.now() });

interface Progress {
  readonly complete: number;
  readonly failed: number;
  readonly failures: readonly BatchFailure[];
}

interface Work {
  readonly asked: Asked;
  readonly record: BatchRecord & { readonly total: number };
}

/** Goes through the targets in their order, a few at a time; where it stands is the number of those that are done. */
async function operate(context: JobContext, { asked, record }: Work): Promise<Progress> {
  const { engine, key, signal } = context;
  const wanted = asked.request.maxOperationsPerSecond ?? 0;
  const perSecond = Math.min(wanted > 0 ? wanted : Infinity, engine.limits.batchOperationsPerSecond);
  const pace = new Pace(perSecond);
  // Slow jobs tell of each step that they make.
  const atOnce = Math.max(1, Math.min(engine.limits.batchConcurrency, Math.floor(perSecond)));
  let progress: Progress = { complete: record.complete, failed: record.failed, failures: record.failures };
  let savedAt = engine.clock.now();
  let page: { readonly number: number; readonly targets: readonly BatchTarget[] } | undefined;
  for (let done = record.complete + record.failed; done < record.total && !signal.aborted; ) {
    const number = Math.floor(done / TARGETS_PER_PAGE);
    if (page?.number !== number) page = { number, targets: await engine.store.batches.readTargets(key, number) };
    const from = done % TARGETS_PER_PAGE;
    const targets = page.targets.slice(from, from + atOnce);
    // The job was ended elsewhere, and its targets went with it.
    if (targets.length === 0) break;
    const outcomes = await Promise.all(targets.map((target) => operateOn(context, { asked, target, wait: pace.take(engine.clock.now()) })));
    const firstLeft = outcomes.findIndex(({ kind }) => kind === 'left');
    const counted = firstLeft === -1 ? outcomes : outcomes.slice(0, firstLeft);
    progress = counted.reduce(add, progress);
    done += counted.length;
    if (engine.clock.now() - savedAt < SAVE_EVERY_MS) continue;
    await save(context, progress);
    savedAt = engine.clock.now();
  }
  return progress;
}

type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'failed'; readonly failure: BatchFailure }
  /** Not done, because the job is to stop. */
  | { readonly kind: 'left' };

function add(progress: Progress, outcome: Outcome): Progress {
  if (outcome.kind !== 'failed') return { ...progress, complete: progress.complete + 1 };
  return { ...progress, failed: progress.failed + 1, failures: [...progress.failures, outcome.failure].slice(-FAILURES_MAX) };
}

interface Turn {
  readonly asked: Asked;
  readonly target: BatchTarget;
  /** Milliseconds until its turn. */
  readonly wait: number;
}

async function operateOn({ engine, key, signal }: JobContext, { asked, target, wait }: Turn): Promise<Outcome> {
  const call = { namespace: asked.namespace, deadline: Infinity, signal, headers: new Map<string, string>() };
  const requestId = derivedId(key.jobId, target.workflowId, target.runId);
  const failedWith = (message: string): Outcome => ({ kind: 'failed', failure: { ...target, message } });
  for (let attempt = 1, delay = wait; ; attempt += 1, delay = RETRY_MS * attempt) {
    if (!(await pause(delay, signal))) return { kind: 'left' };
    try {
      await asked.operation.apply({ engine, call, execution: target, requestId });
      return { kind: 'complete' };
    } catch (error) {
      if (!(error instanceof EngineError)) {
        engine.logger.error('a batch operation failed unexpectedly', { jobId: key.jobId, runId: target.runId, error: String(error) });
        return failedWith('internal error');
      }
      // Nothing is left to be done to a run that is closed or gone.
      if (error.code === 'not-found') return { kind: 'complete' };
      if (attempt === ATTEMPTS_MAX || !mayPass(error)) return failedWith(error.message);
    }
  }
}

const mayPass = ({ code }: EngineError): boolean => code === 'unavailable' || code === 'resource-exhausted';
