/** kill -9 at any moment: what was acknowledged is there, exactly once, and open runs go on. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { connect } from '@tidemark/protocol/client';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineProcess } from '../support/engine-process.ts';
import { freePort, startEngineProcess } from '../support/engine-process.ts';
import { completeWorkflow, countOf, idOf, runRawWorker, scheduleActivity, startTimer } from '../support/raw-worker.ts';

const KILLS = 20;
const RUNS_PER_KILL = 10;
const RUNS = KILLS * RUNS_PER_KILL;
const TASK_QUEUE = 'kill';
const { EventType, TaskQueueKind } = api.enums.v1;
type Event = temporal.api.history.v1.IHistoryEvent;

let directory: string;
let ports: { readonly port: number; readonly httpPort: number };
let engine: EngineProcess;
let connection: Connection;

/** Two activities, a timer, then a third activity and the end; a signal is written down and waited for by nobody. */
function decide(events: readonly Event[]) {
  const completed = countOf(events, 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED');
  const scheduled = countOf(events, 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED');
  if (scheduled === 0) return [scheduleActivity('one', TASK_QUEUE), scheduleActivity('two', TASK_QUEUE)];
  if (completed < 2) return [];
  if (countOf(events, 'EVENT_TYPE_TIMER_STARTED') === 0) return [startTimer('pause', 200)];
  if (countOf(events, 'EVENT_TYPE_TIMER_FIRED') === 0) return [];
  if (scheduled === 2) return [scheduleActivity('three', TASK_QUEUE)];
  return completed === 3 ? [completeWorkflow()] : [];
}

/** Repeats a call under its request id until the engine has answered; only then it counts as acknowledged. */
async function acknowledged<Answer>(call: (connection: Connection) => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call(connection);
    } catch (error) {
      const isPassing = error instanceof RpcError && (error.code === StatusCode.UNAVAILABLE || error.code === StatusCode.CANCELLED);
      if (!isPassing) throw error;
      await pause(10);
    }
  }
}

async function start(): Promise<void> {
  engine = await startEngineProcess({ file: join(directory, 'kill.db'), ...ports });
  connection?.close();
  connection = connect({ address: engine.address });
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-kill-'));
  ports = { port: await freePort(), httpPort: await freePort() };
  await start();
});

afterAll(async () => {
  connection.close();
  await engine.stop();
  await rm(directory, { recursive: true });
});

async function historyOf(workflowId: string): Promise<Event[]> {
  const events: Event[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await connection.workflow.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId },
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    });
    events.push(...(page.history?.events ?? []));
    nextPageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
  } while (nextPageToken !== undefined);
  return events;
}

/** Seeded, so that a failure can be looked at again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

it(`${KILLS} kills during ${RUNS} open runs lose nothing that was acknowledged, and all runs finish`, async () => {
  const stop = new AbortController();
  const completedActivities: { readonly workflowId: string; readonly activityId: string }[] = [];
  const worker = runRawWorker({
    connection: () => connection,
    taskQueue: TASK_QUEUE,
    signal: stop.signal,
    workflowPollers: 10,
    activityPollers: 10,
    decide,
    onCompleted: (activity) => completedActivities.push(activity),
  });
  const ids = Array.from({ length: RUNS }, (_, at) => `kill-${at}`);
  const started = new Map<string, string>();
  const signalled = new Set<string>();
  const startAndSignal = async (workflowId: string): Promise<void> => {
    const requestId = randomUUID();
    const { runId } = await acknowledged(({ workflow }) =>
      workflow.startWorkflowExecution({
        namespace: 'default',
        workflowId,
        requestId,
        workflowType: { name: 'kill' },
        taskQueue: { name: TASK_QUEUE, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
        workflowTaskTimeout: toDuration(1000),
      }),
    );
    started.set(workflowId, runId);
    const signal = { namespace: 'default', workflowExecution: { workflowId }, signalName: 'hello', requestId: randomUUID() };
    await acknowledged(({ workflow }) => workflow.signalWorkflowExecution(signal)).then(
      () => signalled.add(workflowId),
      (error: unknown) => {
        // A run that has finished meanwhile takes no signals; anything else is a failure.
        if (!(error instanceof RpcError && error.code === StatusCode.NOT_FOUND)) throw error;
      },
    );
  };
  const next = random(20_261_121);
  const openAtKill: number[] = [];
  const clients: Promise<void>[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    // New runs for each kill, and one of them begun: however slow the machine is, there is something to lose.
    const before = started.size;
    clients.push(...ids.slice(kill * RUNS_PER_KILL, (kill + 1) * RUNS_PER_KILL).map(startAndSignal));
    await expect.poll(() => started.size, { timeout: 30_000, interval: 10 }).toBeGreaterThan(before);
    await pause(next() * 350);
    openAtKill.push(started.size - completedActivities.filter(({ activityId }) => activityId === 'three').length);
    await engine.kill();
    await start();
  }
  await Promise.all(clients);
  await expect
    .poll(
      async () =>
        Number((await connection.workflow.countWorkflowExecutions({ namespace: 'default', query: "ExecutionStatus = 'Completed'" })).count),
      { timeout: 60_000, interval: 250 },
    )
    .toBe(RUNS);
  stop.abort();
  await worker;

  // A kill while nothing runs proves nothing.
  expect(openAtKill.filter((count) => count > 0).length).toBeGreaterThan(KILLS / 2);
  expect(started.size).toBe(RUNS);
  for (const workflowId of ids) {
    const events = await historyOf(workflowId);
    expect(events.map(idOf), workflowId).toEqual(events.map((_, at) => at + 1));
    expect(events[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId).toBe(started.get(workflowId));
    expect(countOf(events, 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED'), workflowId).toBeLessThanOrEqual(1);
    if (signalled.has(workflowId)) expect(countOf(events, 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED'), workflowId).toBe(1);
    expect(countOf(events, 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED'), workflowId).toBe(3);
    expect(countOf(events, 'EVENT_TYPE_TIMER_FIRED'), workflowId).toBe(1);
    expect(events.at(-1)?.eventType).toBe(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
  }
  const acknowledgedTwice = completedActivities.map(({ workflowId, activityId }) => `${workflowId}/${activityId}`);
  expect(new Set(acknowledgedTwice).size).toBe(acknowledgedTwice.length);
});
