/** The services on the memory store, called in this process: a real engine without its port, its timers and its movers. */
import type { OperatorServiceClient, WorkflowServiceClient } from '@tidemark/protocol/services';
import { Changefeed } from '../../src/changefeed/changefeed.ts';
import { Deployments } from '../../src/deployments/deployments.ts';
import { createFrontend } from '../../src/frontend/frontend.ts';
import { inProcessClients } from '../../src/frontend/in-process.ts';
import { History } from '../../src/history/history.ts';
import type { Limits } from '../../src/kernel/limits.ts';
import { defaultLimits } from '../../src/kernel/limits.ts';
import { namespaceId } from '../../src/kernel/ids.ts';
import { Matching } from '../../src/matching/matching.ts';
import { BatchNotices } from '../../src/operations/batch-notices.ts';
import type { Engine } from '../../src/operations/engine.ts';
import { QueryRegistry } from '../../src/operations/query-registry.ts';
import { WorkerRegistry } from '../../src/operations/worker-registry.ts';
import { dispatchMover } from '../../src/outbox/dispatch-mover.ts';
import { GroupCommitter } from '../../src/persistence/group-committer.ts';
import { openMemoryStore } from '../../src/persistence/memory/memory-store.ts';
import type { Store } from '../../src/persistence/ports/store.ts';
import { Schedules } from '../../src/schedules/schedules.ts';
import { recordOf } from '../../src/visibility/record.ts';

export interface MemoryEngine {
  readonly engine: Engine;
  readonly workflow: WorkflowServiceClient;
  readonly operator: OperatorServiceClient;
}

export const NAMESPACE = 'default';

interface MemoryEngineOptions {
  readonly limits?: Partial<Limits>;
  /** Of an engine that is gone, to go on from what it stored. */
  readonly store?: Store;
}

export async function openMemoryEngine(options: MemoryEngineOptions = {}): Promise<MemoryEngine> {
  const store = options.store ?? openMemoryStore();
  const limits = { ...defaultLimits, ...options.limits };
  const clock = { now: () => Date.now() };
  const random = { uuid: () => crypto.randomUUID(), fraction: () => Math.random() };
  const changefeed = new Changefeed();
  const matching = new Matching(clock);
  const deployments = new Deployments({ store: store.deployments, clock, limits });
  await deployments.begin();
  changefeed.subscribe(dispatchMover({ matching, deployments, limits }));
  const nothing = (): void => undefined;
  const engine: Engine = {
    history: new History({
      store: store.runs,
      committer: new GroupCommitter(store.runs),
      changefeed,
      clock,
      random,
      limits,
      visibilityOf: recordOf,
    }),
    matching,
    deployments,
    changefeed,
    store,
    schedules: new Schedules({ store: store.schedules, clock, random }),
    queries: new QueryRegistry(),
    workers: new WorkerRegistry(clock),
    batchNotices: new BatchNotices(),
    clock,
    random,
    limits,
    logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    clusterId: 'memory',
    sweepSoon: nothing,
  };
  await store.namespaces.create({
    id: namespaceId('id-of-default'),
    name: NAMESPACE,
    description: '',
    ownerEmail: '',
    data: {},
    state: 1,
    retention: 86_400_000,
    searchAttributes: {},
    version: 1,
  });
  return { engine, ...inProcessClients(createFrontend(engine)) };
}
