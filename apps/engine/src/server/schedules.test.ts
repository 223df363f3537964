/** Schedules over restarts of a whole engine, on a store that outlives it. */
import { toDuration } from '@tidemark/protocol/time';
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
