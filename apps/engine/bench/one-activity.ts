/**
 * One-activity workflows at 1, 10 and 100 in flight, against the real engine process on a SQLite file. The worker is a thin one in this process;
 * what is measured of the engine is its CPU time, because on few cores the worker sets the wall clock.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { api } from '@tidemark/protocol/api';
import { connect } from '@tidemark/protocol/client';
import type { Connection } from '@tidemark/protocol/client';
import { freePort, startEngineProcess } from '../test/support/engine-process.ts';
import { completeWorkflow, countOf, runRawWorker, scheduleActivity } from '../test/support/raw-worker.ts';

const SECONDS = 5;
const IN_FLIGHT = [1, 10, 100];
const TASK_QUEUE = 'bench';
const { HistoryEventFilterType, TaskQueueKind } = api.enums.v1;

async function runOne({ workflow }: Connection): Promise<number> {
  const begun = performance.now();
  const workflowId = randomUUID();
  const execution = { workflowId, runId: '' };
  await workflow.startWorkflowExecution({
    namespace: 'default',
    workflowId,
    requestId: randomUUID(),
    workflowType: { name: 'bench' },
    taskQueue: { name: TASK_QUEUE, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
  });
  await workflow.getWorkflowExecutionHistory({
    namespace: 'default',
    execution,
    waitNewEvent: true,
    historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
  });
  return performance.now() - begun;
}

/** User and system time of a process in milliseconds. */
async function cpuMs(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  const TICK_MS = 10;
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const directory = await mkdtemp(join(tmpdir(), 'tidemark-bench-'));
const engine = await startEngineProcess({ file: join(directory, 'bench.db'), port: await freePort(), httpPort: await freePort() });
const connection = connect({ address: engine.address });
const stop = new AbortController();
const worker = runRawWorker({
  connection: () => connection,
  taskQueue: TASK_QUEUE,
  signal: stop.signal,
  workflowPollers: 50,
  activityPollers: 50,
  decide: (events) =>
    countOf(events, 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED') === 0 ? [scheduleActivity('one', TASK_QUEUE)] : [completeWorkflow()],
});

/** Compiles what will be hot, on both sides, before anything is counted. */
for (let warm = 0; warm < 200; warm += 1) await runOne(connection);

console.log('in flight  workflows/s   p50 ms   p99 ms  engine CPU-ms per workflow');
for (const inFlight of IN_FLIGHT) {
  const latencies: number[] = [];
  const until = performance.now() + SECONDS * 1000;
  const begun = performance.now();
  const before = await cpuMs(engine.pid);
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() < until) latencies.push(await runOne(connection));
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const cpu = (await cpuMs(engine.pid)) - before;
  latencies.sort((a, b) => a - b);
  const cells = [
    String(inFlight).padStart(9),
    (latencies.length / seconds).toFixed(0).padStart(12),
    percentile(latencies, 0.5).toFixed(1).padStart(8),
    percentile(latencies, 0.99).toFixed(1).padStart(8),
    (cpu / latencies.length).toFixed(2).padStart(10),
  ];
  console.log(cells.join(' '));
}
stop.abort();
await worker;
connection.close();
await engine.stop();
await rm(directory, { recursive: true });
