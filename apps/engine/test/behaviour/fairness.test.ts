/** What a queue hands out first when tasks of several fairness keys wait in it. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activity } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { TaskQueueType } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

type Request = Parameters<WholeEngine['workflow']['updateTaskQueueConfig']>[0];
const configure = (taskQueue: string, over: Partial<Request>) =>
  engine.workflow.updateTaskQueueConfig({
    namespace: NAMESPACE,
    taskQueue,
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    identity: 'ops',
    ...over,
  });

/** So many activities of each key wait in a queue of their own. */
async function waiting(keys: Readonly<Record<string, { readonly count: number; readonly weight?: number }>>): Promise<string> {
  const name = randomUUID();
  const { taskQueue } = await engine.start();
  const commands = Object.entries(keys).flatMap(([fairnessKey, { count, weight: fairnessWeight = 0 }]) =>
    Array.from({ length: count }, (_, at) =>
      activity(`${fairnessKey} ${at}`, { taskQueue: { name }, priority: { fairnessKey, fairnessWeight } }),
    ),
  );
  await engine.step(taskQueue, ...commands);
  return name;
}
async function nextKeys(name: string, count: number): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let at = 0; at < count; at += 1) keys.push((await engine.activityTask(name)).priority?.fairnessKey ?? '');
  return keys;
}
const countOf = (keys: readonly string[], key: string): number => keys.filter((one) => one === key).length;

it('keys of one priority take turns', async () => {
  const name = await waiting({ busy: { count: 30 }, rare: { count: 3 } });
  expect(await nextKeys(name, 6)).toEqual(['busy', 'rare', 'busy', 'rare', 'busy', 'rare']);
});

it('a weight that is set for a key goes before what its tasks bring', async () => {
  const name = await waiting({ one: { count: 30, weight: 5 }, other: { count: 30 } });
  const { config } = await configure(name, { setFairnessWeightOverrides: { one: 1, other: 4 } });
  expect(config?.fairnessWeightOverrides).toEqual({ one: 1, other: 4 });
  expect(Math.abs(countOf(await nextKeys(name, 20), 'other') - 16)).toBeLessThanOrEqual(1);
  const after = await configure(name, { unsetFairnessWeightOverrides: ['other'] });
  expect(after.config?.fairnessWeightOverrides).toEqual({ one: 1 });
});

it('a rate for keys holds each to its own, and can be taken away', async () => {
  const name = await waiting({ a: { count: 3 }, b: { count: 1 } });
  const rate = (requestsPerSecond: number) => ({ rateLimit: { requestsPerSecond }, reason: 'gently' });
  const { config } = await configure(name, { updateFairnessKeyRateLimitDefault: rate(1 / 128) });
  expect(config?.fairnessKeysRateLimitDefault).toMatchObject({
    rateLimit: { requestsPerSecond: 1 / 128 },
    metadata: { reason: 'gently' },
  });
  expect((await nextKeys(name, 2)).toSorted()).toEqual(['a', 'b']);
  expect(await engine.isIdle(name, 'activity')).toBe(true);
  await configure(name, { updateFairnessKeyRateLimitDefault: { reason: 'enough' } });
  expect(await nextKeys(name, 2)).toEqual(['a', 'a']);
});

it('what cannot be set is refused, with its reason', async () => {
  const negative = await refusal(configure('q', { setFairnessWeightOverrides: { a: -1 } }));
  expect(negative).toMatchObject({ code: StatusCode.INVALID_ARGUMENT, message: "fairness weight can't be negative" });
  const both = await refusal(configure('q', { setFairnessWeightOverrides: { a: 1 }, unsetFairnessWeightOverrides: ['a'] }));
  expect(both.message).toBe('fairness key a is both set and unset');
  const tooMany = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`key ${at}`, 2]));
  expect((await refusal(configure('q', { setFairnessWeightOverrides: tooMany }))).message).toMatch(/exceed the limit of 1000/);
});
