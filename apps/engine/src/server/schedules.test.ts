/** Schedules in a whole engine: over its restarts on a store that outlives it, and along the runs of an action. */
import { api } from '@tidemark/protocol/api';
import { toDuration, toLong, toTimestamp } from '@tidemark/protocol/time';
import { expect, it, vi } from 'vitest';
import { inProcessClients } from '../frontend/in-process.ts';
import type { Store } from '../persistence/ports/store.ts';
import { openMemoryStore } from '../persistence/memory/memory-store.ts';
import type { RunningEngine } from './start-engine.ts';
import { startEngine } from './start-engine.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const inDefault = { namespace: 'default', scheduleId: 'every-second' };

function start(store: Store): Promise<RunningEngine> {
  return startEngine({ store, logger: quiet, ip: '127.0.0.1', port: 0, namespaces: ['default'], searchAttributes: {} });
}

async function startedIds(engine: RunningEngine): Promise<string[]> {
  const { workflow } = inProcessClients(engine.frontend);
  const { executions } = await workflow.listWorkflowExecutions({ namespace: 'default', pageSize: 100 });
  return executions.map(({ execution }) => execution?.workflowId ?? '').sort();
}

const atLeast = (engine: RunningEngine, count: number): Promise<void> =>
  vi.waitFor(async () => expect((await startedIds(engine)).length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 50 });

it('starts one action for each time, those that came while the engine was away included', async () => {
  const memory = openMemoryStore();
  const store: Store = { ...memory, close: () => Promise.resolve() };
  const first = await start(store);
  await inProcessClients(first.frontend).workflow.createSchedule({
    ...inDefault,
    requestId: 'create',
    schedule: {
      spec: { interval: [{ interval: toDuration(1000) }] },
      policies: { overlapPolicy: 6 },
      action: { startWorkflow: { workflowId: 'tick', workflowType: { name: 'Tick' }, taskQueue: { name: 'ticks' } } },
    },
  });
  await atLeast(first, 2);
  await first.stop(1000);
  const second = await start(store);
  await atLeast(second, 4);
  const ids = await startedIds(second);
  expect(new Set(ids).size).toBe(ids.length);
  const seconds = ids.map((id) => Date.parse(id.replace('tick-', '')) / 1000);
  // Each second has its action: none was lost between the two engines.
  expect(seconds).toEqual(seconds.map((_, at) => (seconds[0] ?? 0) + at));
  const { info } = await inProcessClients(second.frontend).workflow.describeSchedule(inDefault);
  expect(Number(info?.actionCount)).toBeGreaterThanOrEqual(ids.length - 1);
  await second.stop(1000);
}, 30_000);

const PRUNED = 'pruned';
const CONTINUE = {
  commandType: api.enums.v1.CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
  continueAsNewWorkflowExecutionCommandAttributes: { workflowType: { name: 'Tick' }, taskQueue: { name: PRUNED } },
};

it('follows an action through continue-as-new and reset, also when its first run is gone', async () => {
  const engine = await start(openMemoryStore());
  const { workflow } = inProcessClients(engine.frontend);
  const schedule = { namespace: 'default', scheduleId: PRUNED };
  await workflow.createSchedule({
    ...schedule,
    requestId: 'create',
    schedule: { action: { startWorkflow: { workflowId: PRUNED, workflowType: { name: 'Tick' }, taskQueue: { name: PRUNED } } } },
  });
  const trigger = (second: number) =>
    workflow.patchSchedule({
      ...schedule,
      requestId: `${second}`,
      patch: { triggerImmediately: { scheduledTime: toTimestamp(second * 1000) } },
    });
  const info = async () => (await workflow.describeSchedule(schedule)).info;
  const complete = async (commands: object[]) => {
    const task = await workflow.pollWorkflowTaskQueue(
      { namespace: 'default', taskQueue: { name: PRUNED } },
      { deadline: Date.now() + 10_000 },
    );
    await workflow.respondWorkflowTaskCompleted({ namespace: 'default', taskToken: task.taskToken, commands });
    return task.workflowExecution ?? {};
  };
  await trigger(1);
  const first = await complete([CONTINUE]);
  await workflow.deleteWorkflowExecution({ namespace: 'default', workflowExecution: first });
  await complete([CONTINUE]);
  const last = await complete([]);
  await workflow.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: last,
    workflowTaskFinishEventId: toLong(4),
    requestId: 'reset',
  });
  await trigger(2);
  // The first still runs, so the second is skipped; once the first has ended, the third is not.
  await vi.waitFor(async () => expect(Number((await info())?.overlapSkipped)).toBe(1));
  expect((await info())?.runningWorkflows).toMatchObject([{ workflowId: `${PRUNED}-1970-01-01T00:00:01Z`, runId: first.runId }]);
  await workflow.terminateWorkflowExecution({ namespace: 'default', workflowExecution: { workflowId: last.workflowId ?? '' } });
  await vi.waitFor(async () => expect((await info())?.runningWorkflows).toEqual([]));
  await trigger(3);
  await vi.waitFor(async () => expect(Number((await info())?.actionCount)).toBe(2));
  await engine.stop(1000);
}, 30_000);
