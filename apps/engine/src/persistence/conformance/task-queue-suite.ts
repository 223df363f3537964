import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import type { TaskQueueConfig } from '../ports/task-queue-store.ts';
import type { Store } from '../ports/store.ts';

const config = (name: string, changes: Partial<TaskQueueConfig> = {}): TaskQueueConfig => ({
  namespaceId: namespaceId('ns'),
  kind: 'activity',
  name,
  rateLimit: { perSecond: 0.5, reason: 'be gentle', identity: 'operator', at: 1000 },
  keyRateLimit: { reason: 'no more', identity: 'operator', at: 2000 },
  fairnessWeights: { tenant: 2.5 },
  ...changes,
});

export function describeTaskQueues(open: () => Promise<Store>): void {
  describe('task queues', () => {
    it('keep what was set for them last, each kind for itself', async () => {
      const { taskQueues } = await open();
      const { rateLimit: _none, ...unlimited } = config('mails');
      await taskQueues.put(config('mails'));
      await taskQueues.put(config('mails', { kind: 'workflow' }));
      expect(await taskQueues.find(config('mails'))).toEqual(config('mails'));
      await taskQueues.put(unlimited);
      expect(await taskQueues.find(config('mails'))).toEqual(unlimited);
      expect(await taskQueues.find(config('other'))).toBeUndefined();
      expect(await taskQueues.all()).toHaveLength(2);
    });
  });
}
