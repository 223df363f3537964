import { describe, expect, it } from 'vitest';
import type { DeploymentRecord, VersionRecord } from '../../deployments/model/deployment.ts';
import { namespaceId } from '../../kernel/ids.ts';
import type { Store } from '../ports/store.ts';

const ns = namespaceId('ns');

const deployment = (name: string, changes: Partial<DeploymentRecord> = {}): DeploymentRecord => ({
  namespaceId: ns,
  name,
  createdAt: 1000,
  revision: 1,
  routing: { current: 'b1', currentChangedAt: 1500.25, rampingPercentage: 0 },
  lastModifier: 'operator',
  manager: '',
  ...changes,
});

const version = (deploymentName: string, buildId: string, changes: Partial<VersionRecord> = {}): VersionRecord => ({
  namespaceId: ns,
  deploymentName,
  buildId,
  createdAt: 1000,
  drainage: { isDrained: false, changedAt: 2000, checkedAt: 2000 },
  taskQueues: [
    { kind: 'workflow', name: 'orders' },
    { kind: 'activity', name: 'orders' },
  ],
  metadata: { commit: 'AAE=' },
  lastModifier: '',
  ...changes,
});

export function describeDeployments(open: () => Promise<Store>): void {
  describe('deployments', () => {
    it('are kept with their versions, as they were written last', async () => {
      const { deployments } = await open();
      await deployments.write({ record: deployment('orders'), versions: [version('orders', 'b1'), version('orders', 'b2')], removed: [] });
      await deployments.write({ record: deployment('mails'), versions: [version('mails', 'b1')], removed: [] });
      const changed = version('orders', 'b2', { taskQueues: [], currentSince: 3000 });
      const record = deployment('orders', { revision: 2, routing: { ramping: '', rampingPercentage: 12.5 } });
      await deployments.write({ record, versions: [changed, version('orders', 'b3')], removed: ['b1'] });
      const all = [...(await deployments.all())].sort((a, b) => (a.record.name < b.record.name ? -1 : 1));
      expect(all.map((one) => one.record)).toEqual([deployment('mails'), record]);
      expect(all.map((one) => [...one.versions.values()])).toEqual([[version('mails', 'b1')], [changed, version('orders', 'b3')]]);
    });

    it('are gone with their versions, and leave others alone', async () => {
      const { deployments } = await open();
      await deployments.write({ record: deployment('orders'), versions: [version('orders', 'b1')], removed: [] });
      await deployments.write({ record: deployment('mails'), versions: [version('mails', 'b1')], removed: [] });
      await deployments.delete(deployment('orders'));
      await deployments.write({ record: deployment('orders'), versions: [], removed: [] });
      const all = await deployments.all();
      expect(all.find((one) => one.record.name === 'orders')?.versions.size).toBe(0);
      expect(all.find((one) => one.record.name === 'mails')?.versions.size).toBe(1);
    });
  });
}
