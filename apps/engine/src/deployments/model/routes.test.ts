import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import type { Deployment, Routing } from './deployment.ts';
import { newDeployment, newVersion } from './deployment.ts';
import { chooseVersion, routingOf, shareOf } from './routes.ts';

const queue = { kind: 'workflow' as const, name: 'orders' };
const version = (deploymentName: string, buildId: string) => ({ deploymentName, buildId });

/** Of versions that all poll the queue, but for `idle`. */
function deployment(name: string, routing: Partial<Routing>): Deployment {
  const empty = newDeployment({ namespaceId: namespaceId('ns'), name }, 0);
  const builds = ['v1', 'v2', 'idle'].map((buildId) => {
    const one = newVersion(empty, buildId, 0);
    return [buildId, buildId === 'idle' ? one : { ...one, taskQueues: [queue] }] as const;
  });
  return { record: { ...empty.record, routing: { rampingPercentage: 0, ...routing } }, versions: new Map(builds) };
}

describe('the way of a queue', () => {
  it('is that of the current version, where that polls it', () => {
    expect(routingOf([deployment('a', { current: 'v1', currentChangedAt: 5 })], queue)).toEqual({
      current: version('a', 'v1'),
      ramp: undefined,
      changedAt: 5,
    });
    expect(routingOf([deployment('a', { current: 'idle', currentChangedAt: 5 })], queue).current).toBeUndefined();
    expect(routingOf([deployment('a', { current: 'v1' })], { ...queue, name: 'other' }).current).toBeUndefined();
  });

  it('is that of the deployment that was changed last, where it belongs to several', () => {
    const both = [deployment('a', { current: 'v1', currentChangedAt: 9 }), deployment('b', { current: 'v2', currentChangedAt: 5 })];
    expect(routingOf(both, queue).current).toEqual(version('a', 'v1'));
    expect(routingOf(both.toReversed(), queue).current).toEqual(version('a', 'v1'));
  });

  it('goes with its share to the ramping version, or to workers without one', () => {
    const ramped = { current: 'v1', currentChangedAt: 1, rampingChangedAt: 2, rampingPercentage: 40 };
    expect(routingOf([deployment('a', { ...ramped, ramping: 'v2' })], queue).ramp).toEqual({ version: version('a', 'v2'), percentage: 40 });
    expect(routingOf([deployment('a', { ...ramped, ramping: '' })], queue).ramp).toEqual({ version: undefined, percentage: 40 });
    expect(routingOf([deployment('a', { ...ramped, ramping: 'idle' })], queue).ramp).toBeUndefined();
  });
});

describe('the share of a workflow id', () => {
  const ids = Array.from({ length: 10_000 }, (_, at) => `order-${at}`);

  it('lies between 0 and 100, and is spread evenly over ids that differ little', () => {
    const shares = ids.map(shareOf);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...shares)).toBeLessThan(100);
    for (const percentage of [1, 10, 50, 90]) {
      const part = shares.filter((share) => share < percentage).length / ids.length;
      expect(Math.abs(part * 100 - percentage)).toBeLessThan(2);
    }
  });

  it('decides the same way every time, and a greater percentage takes nobody away', () => {
    const routing = (percentage: number) => ({
      current: version('a', 'v1'),
      ramp: { version: version('a', 'v2'), percentage },
      changedAt: 1,
    });
    for (const id of ids.slice(0, 500)) {
      const [few, many] = [chooseVersion(routing(20), id), chooseVersion(routing(60), id)];
      expect(chooseVersion(routing(20), id)).toEqual(few);
      if (few?.buildId === 'v2') expect(many?.buildId).toBe('v2');
    }
    expect(chooseVersion(routing(0), 'any')?.buildId).toBe('v1');
    expect(chooseVersion(routing(100), 'any')?.buildId).toBe('v2');
  });
});
