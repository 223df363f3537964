import { expect, it } from 'vitest';
import { pathOfOld } from './old-paths.ts';

it.each([
  [[], '/ns'],
  [['shop'], '/n/shop/workflows'],
  [['shop', 'workflows'], '/n/shop/workflows'],
  [['shop', 'workflows', 'a/b'], '/n/shop/w/a%2Fb'],
  [['shop', 'workflows', 'a', 'r', 'history'], '/n/shop/w/a/r/history'],
  [['shop', 'workflows', 'a', 'r', 'history', '7'], '/n/shop/w/a/r/history?e=7'],
  [['shop', 'workflows', 'a', 'r', 'pending-activities'], '/n/shop/w/a/r'],
  [['shop', 'schedules'], '/n/shop/schedules'],
  [['shop', 'schedules', 'create'], '/n/shop/schedules/new'],
  [['shop', 'schedules', 'nightly'], '/n/shop/schedules/nightly'],
  [['shop', 'schedules', 'nightly', 'edit'], '/n/shop/schedules/nightly/edit'],
  [['shop', 'batch-operations'], '/n/shop/batches'],
  [['shop', 'batch-operations', 'j1'], '/n/shop/batches/j1'],
  [['shop', 'task-queues', 'orders'], '/n/shop/queues/orders'],
  [['shop', 'workers'], '/n/shop/workers'],
  [['shop', 'worker-deployments', 'api', 'v2'], '/n/shop/deployments/api'],
  [['shop', 'nexus'], '/n/shop/queues'],
  [['shop', 'search-attributes'], '/n/shop/settings'],
])('%j leads to %s', (rest, path) => {
  expect(pathOfOld(rest)).toBe(path);
});

it('says nothing of what no page is near to', () => {
  expect(pathOfOld(['shop', 'nothing'])).toBeUndefined();
});
