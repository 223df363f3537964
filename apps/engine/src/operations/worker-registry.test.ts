import { describe, expect, it } from 'vitest';
import { namespaceId } from '../kernel/ids.ts';
import { WorkerRegistry } from './worker-registry.ts';

const namespace = namespaceId('n');

describe('the workers that report', () => {
  it('remembers the figures of the last sixty heartbeats', () => {
    let now = 0;
    const registry = new WorkerRegistry({ now: () => now });
    for (let beat = 1; beat <= 70; beat += 1) {
      now = beat * 1_000;
      registry.record(namespace, {
        workerInstanceKey: 'k',
        workflowTaskSlotsInfo: { currentUsedSlots: beat, currentAvailableSlots: 100 - beat },
        hostInfo: { currentHostCpuUsage: 0.5 },
      });
    }
    const trail = registry.find(namespace, 'k')?.trail ?? [];
    expect(trail).toHaveLength(60);
    expect(trail[0]).toEqual({ at: 11_000, workflow: { used: 11, available: 89 }, cpu: 0.5 });
    expect(trail.at(-1)?.workflow).toEqual({ used: 70, available: 30 });
  });

  it('forgets a worker with its figures when it stays silent', () => {
    let now = 0;
    const registry = new WorkerRegistry({ now: () => now });
    registry.record(namespace, { workerInstanceKey: 'k' });
    now = 5 * 60_000 + 1;
    expect(registry.find(namespace, 'k')).toBeUndefined();
    registry.record(namespace, { workerInstanceKey: 'k' });
    expect(registry.find(namespace, 'k')?.trail).toEqual([{ at: now }]);
  });
});
