/** The composition root: picks the adapters, wires the rooms, starts them in order and drains them in reverse. */
import { randomUUID } from 'node:crypto';
import type { GrpcServer, ServerTls } from '@tidemark/protocol/server';
import { serve } from '@tidemark/protocol/server';
import type { TidemarkService } from '../api/model/tidemark-service.ts';
import { BatchRunner } from '../batches/batch-runner.ts';
import { Changefeed } from '../changefeed/changefeed.ts';
import { Deployments } from '../deployments/deployments.ts';
import type { Authenticator } from '../frontend/claims.ts';
import type { Frontend } from '../frontend/frontend.ts';
import type { GatewayOptions, HttpHandler } from '../gateway/gateway.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createFrontend } from '../frontend/frontend.ts';
import { History } from '../history/history.ts';
import { errandsOfState } from '../history/model/errands.ts';
import { dispatchesOfState } from '../history/model/dispatch.ts';
import type { RunKey } from '../kernel/ids.ts';
import { namespaceId } from '../kernel/ids.ts';
import type { Limits } from '../kernel/limits.ts';
import { defaultLimits } from '../kernel/limits.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import { Matching } from '../matching/matching.ts';
import { BatchNotices } from '../operations/batch-notices.ts';
import type { Engine } from '../operations/engine.ts';
import { QueryRegistry } from '../operations/query-registry.ts';
import { applyTaskQueueConfig } from '../operations/task-queue-config.ts';
import { createTidemarkService } from '../operations/tidemark-service.ts';
import { WorkerRegistry } from '../operations/worker-registry.ts';
import { dispatchMover, move, reroute } from '../outbox/dispatch-mover.ts';
import { ErrandMover } from '../outbox/errand-mover.ts';
import { GroupCommitter } from '../persistence/group-committer.ts';
import type { AttributeType } from '../persistence/ports/namespace-store.ts';
import type { Store } from '../persistence/ports/store.ts';
import { ScheduleMover } from '../scheduler/schedule-mover.ts';
import { Schedules } from '../schedules/schedules.ts';
import { Sweeper } from '../timers/sweeper.ts';
import { TimerMover } from '../timers/timer-mover.ts';
import { recordOf } from '../visibility/record.ts';
import type { Metrics } from './metrics.ts';
import { createMetrics } from './metrics.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly logger: Logger;
  readonly ip: string;
  readonly port: number;
  readonly namespaces: readonly string[];
  readonly searchAttributes: Readonly<Record<string, AttributeType>>;
  readonly limits?: Limits;
  /** Without one every caller may do everything. */
  readonly authenticator?: Authenticator | undefined;
  readonly tls?: ServerTls | undefined;
}

export interface RunningEngine {
  readonly frontend: Frontend;
  /** The services over HTTP and JSON, for a server of HTTP to hand requests to. */
  readonly gateway: HttpHandler;
  readonly metrics: Metrics;
  /** What the protocol has no words for. */
  readonly tidemark: TidemarkService;
  /** The gRPC port that was bound. */
  readonly port: number;
  isReady(): boolean;
  /** Refuses new calls, lets running ones end, makes every acknowledged commit durable, closes the store. */
  stop(graceMs: number): Promise<void>;
}

const RETENTION_DEFAULT_MS = 72 * 60 * 60_000;
const SCAN_PAGE = 1000;

export const systemClock: Clock = { now: () => Date.now() };
const systemRandom: Random = { uuid: () => randomUUID(), fraction: () => Math.random() };

/** Throws when the port cannot be bound; the store stays open then. */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { store, logger, limits = defaultLimits } = options;
  const changefeed = new Changefeed();
  const matching = new Matching(systemClock);
  const deployments = new Deployments({ store: store.deployments, clock: systemClock, limits });
  const committer = new GroupCommitter(store.runs);
  const history = new History({
    store: store.runs,
    committer,
    changefeed,
    clock: systemClock,
    random: systemRandom,
    limits,
    visibilityOf: recordOf,
  });
  const timers = new TimerMover({ history, clock: systemClock, logger });
  const engine: Engine = {
    history,
    matching,
    deployments,
    changefeed,
    store,
    schedules: new Schedules({ store: store.schedules, clock: systemClock, random: systemRandom }),
    queries: new QueryRegistry(),
    workers: new WorkerRegistry(systemClock),
    batchNotices: new BatchNotices(),
    clock: systemClock,
    random: systemRandom,
    limits,
    logger,
    clusterId: randomUUID(),
    sweepSoon: () => sweeper.wake(),
  };
  const sweeper = new Sweeper(engine);
  await provide(engine, options);
  const errands = new ErrandMover(engine);
  const scheduler = new ScheduleMover(engine);
  engine.schedules.subscribe(scheduler.onMoved, scheduler.onDeleted);
  for (const onMoved of [dispatchMover(engine), timers.onMoved, errands.onMoved, scheduler.onRunMoved]) changefeed.subscribe(onMoved);
  await deployments.begin();
  deployments.subscribe(reroute(engine));
  const resumed = await resume(engine, { timers, errands });
  for (const config of await store.taskQueues.all()) applyTaskQueueConfig(matching, config);
  await scheduler.begin();
  sweeper.rest();
  const batches = await new BatchRunner(engine).begin();
  const metrics = createMetrics(() => timers.size);
  const frontend = createFrontend(engine, options.authenticator);
  const calls = callsOf({ options, frontend, metrics, limits });
  const server = await listen(options, calls);
  announce(options, server.port, resumed);
  let isReady = true;
  return {
    frontend,
    gateway: createGateway(calls),
    metrics,
    tidemark: createTidemarkService(engine),
    port: server.port,
    isReady: () => isReady,
    stop: async (graceMs) => {
      isReady = false;
      frontend.drain();
      timers.stop();
      await Promise.all([errands.stop(), scheduler.stop(), sweeper.stop(), batches.stop()]);
      await server.stop(graceMs);
      await committer.drain();
      await store.close();
    },
  };
}

function announce({ logger, ip, store }: EngineOptions, port: number, resumedRuns: number): void {
  logger.info('the engine is ready', { address: `${ip}:${port}`, resumedRuns, store: store.durability.description });
}

const listen = ({ ip, port, tls }: EngineOptions, calls: GatewayOptions): Promise<GrpcServer> =>
  serve({ ...calls, address: `${ip.includes(':') ? `[${ip}]` : ip}:${port}`, ...(tls === undefined ? {} : { tls }) });

interface Served {
  readonly options: EngineOptions;
  readonly frontend: Frontend;
  readonly metrics: Metrics;
  readonly limits: Limits;
}

/** What the wire and the gateway share: calls end in the same log and the same metrics whichever way they came. */
function callsOf({ options, frontend, metrics, limits }: Served): GatewayOptions {
  return {
    services: frontend.services,
    requestBytesMax: limits.requestBytesMax,
    onUnexpected: (error, method) => {
      options.logger.error('a call failed unexpectedly', {
        method,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    },
    onEnd: (method, code, startedAt) => metrics.onCall(method, code, startedAt),
  };
}

/** The namespaces and attributes that were asked for on the command line. */
async function provide({ store }: Engine, { namespaces, searchAttributes }: EngineOptions): Promise<void> {
  for (const name of namespaces) {
    const record = {
      id: namespaceId(randomUUID()),
      name,
      description: '',
      ownerEmail: '',
      data: {},
      state: NAMESPACE_REGISTERED,
      retention: RETENTION_DEFAULT_MS,
      searchAttributes,
      version: 1,
    };
    if ((await store.namespaces.create(record)) === 'created') continue;
    const existing = await store.namespaces.findByName(name);
    if (existing === undefined) continue;
    await store.namespaces.replace({
      ...existing,
      searchAttributes: { ...searchAttributes, ...existing.searchAttributes },
      version: existing.version + 1,
    });
  }
}

/** NAMESPACE_STATE_REGISTERED. */
const NAMESPACE_REGISTERED = 1;

/** Takes up what was going on when the last process ended: alarms of all open runs, tasks of those that wait for a worker. */
async function resume(engine: Engine, { timers, errands }: { timers: TimerMover; errands: ErrandMover }): Promise<number> {
  let after: RunKey | undefined;
  let count = 0;
  for (;;) {
    const page = await engine.store.runs.scanActive({ sizeMax: SCAN_PAGE, ...(after === undefined ? {} : { after }) });
    for (const run of page) {
      timers.arm(run.key, run.dueAt);
      if (run.hasDuties) await takeUp(engine, { key: run.key, errands });
    }
    count += page.length;
    after = page.at(-1)?.key;
    if (page.length < SCAN_PAGE || after === undefined) return count;
  }
}

async function takeUp(engine: Engine, { key, errands }: { key: RunKey; errands: ErrandMover }): Promise<void> {
  const duties = await engine.history.read({ workflow: key, runId: key.runId }, (state) => ({
    dispatches: dispatchesOfState(state),
    errands: errandsOfState(state),
  }));
  for (const dispatch of duties.dispatches) move(engine, dispatch);
  for (const errand of duties.errands) errands.take(errand);
}
