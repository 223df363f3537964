import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../api/model/audit-trail.ts';
import type { Store } from '../ports/store.ts';

const entryOf = (id: string, at: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at,
  who: 'ann',
  action: 'workflow.terminate',
  namespace: 'orders',
  workflowId: 'order-1',
  runId: '',
  target: '',
  why: 'wrong price',
  outcome: 'asked',
  problem: '',
  ...changes,
});

export function describeAudit(open: () => Promise<Store>): void {
  describe('the audit', () => {
    it('keeps who did what, and what became of it', async () => {
      const { audit } = await open();
      await audit.append(entryOf('a', 1000.5));
      await audit.append(entryOf('b', 2000, { action: 'schedule.remove', target: 'nightly', workflowId: '' }));
      await audit.settle('a', 'failed', 'it is over');
      await audit.settle('nobody', 'done', '');
      expect(await audit.list({ sizeMax: 9 })).toEqual([
        entryOf('b', 2000, { action: 'schedule.remove', target: 'nightly', workflowId: '' }),
        entryOf('a', 1000.5, { outcome: 'failed', problem: 'it is over' }),
      ]);
    });

    it('is read by namespace, run and person, the latest first, page by page', async () => {
      const { audit } = await open();
      await audit.append(entryOf('a', 1));
      await audit.append(entryOf('c', 2, { who: 'bob' }));
      await audit.append(entryOf('b', 2));
      await audit.append(entryOf('d', 3, { namespace: 'returns' }));
      await audit.append(entryOf('e', 4, { workflowId: 'order-2' }));
      const ids = async (query: Parameters<typeof audit.list>[0]) => (await audit.list(query)).map(({ id }) => id);
      expect(await ids({ sizeMax: 9 })).toEqual(['e', 'd', 'c', 'b', 'a']);
      expect(await ids({ sizeMax: 9, namespace: 'orders' })).toEqual(['e', 'c', 'b', 'a']);
      expect(await ids({ sizeMax: 9, namespace: 'orders', workflowId: 'order-1', who: 'ann' })).toEqual(['b', 'a']);
      expect(await ids({ sizeMax: 2 })).toEqual(['e', 'd']);
      expect(await ids({ sizeMax: 2, before: { at: 2, id: 'c' } })).toEqual(['b', 'a']);
      expect(await ids({ sizeMax: 2, before: { at: 1, id: 'a' } })).toEqual([]);
    });

    it('forgets what is long past', async () => {
      const { audit } = await open();
      for (const at of [10, 20, 30]) await audit.append(entryOf(`of ${at}`, at));
      await audit.deleteBefore(20);
      expect((await audit.list({ sizeMax: 9 })).map(({ id }) => id)).toEqual(['of 30', 'of 20']);
    });
  });
}
