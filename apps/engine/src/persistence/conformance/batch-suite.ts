import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import type { BatchRecord } from '../ports/batch-store.ts';
import { BatchState } from '../ports/batch-store.ts';
import type { Store } from '../ports/store.ts';

const ORDERS = namespaceId('orders');
const RETURNS = namespaceId('returns');

const jobOf = (jobId: string, changes: Partial<BatchRecord> = {}): BatchRecord => ({
  key: { namespaceId: ORDERS, jobId },
  request: Uint8Array.of(1, 0, 255),
  state: BatchState.Running,
  startedAt: 1000,
  complete: 0,
  failed: 0,
  failures: [],
  version: 1,
  ...changes,
});
const closed = (jobId: string, startedAt: number, changes: Partial<BatchRecord> = {}): BatchRecord =>
  jobOf(jobId, { state: BatchState.Completed, startedAt, closedAt: startedAt + 1, ...changes });

export function describeBatches(open: () => Promise<Store>): void {
  describe('batch jobs', () => {
    it('are found by their namespace and id, with every field', async () => {
      const { batches } = await open();
      const failures = [{ workflowId: 'w', runId: 'r', message: 'it has no such activity' }];
      const record = closed('a', 1000.5, { total: 3, complete: 2, failed: 1, failures, ended: 'stopped' });
      expect(await batches.create(record)).toBe('created');
      expect(await batches.find(record.key)).toEqual(record);
      expect(await batches.find({ namespaceId: RETURNS, jobId: 'a' })).toBeUndefined();
      expect(await batches.find({ namespaceId: ORDERS, jobId: 'b' })).toBeUndefined();
    });

    it('run one at a time in a namespace', async () => {
      const { batches } = await open();
      expect(await batches.create(jobOf('a'))).toBe('created');
      expect(await batches.create(jobOf('b'))).toBe('busy');
      expect(await batches.create(jobOf('a'))).toBe('busy');
      expect(await batches.create(jobOf('a', { key: { namespaceId: RETURNS, jobId: 'a' } }))).toBe('created');
      expect(await batches.replace(closed('a', 1000, { version: 2 }))).toBe('replaced');
      expect(await batches.create(jobOf('a'))).toBe('exists');
      expect(await batches.create(jobOf('b'))).toBe('created');
    });

    it('are replaced from the version before only, and keep their request', async () => {
      const { batches } = await open();
      await batches.create(jobOf('a'));
      expect(await batches.replace(jobOf('a', { version: 2, complete: 5, request: new Uint8Array() }))).toBe('replaced');
      expect(await batches.replace(jobOf('a', { version: 2, complete: 6 }))).toBe('conflict');
      expect(await batches.replace(jobOf('a', { version: 4 }))).toBe('conflict');
      expect(await batches.replace(jobOf('b', { version: 2 }))).toBe('conflict');
      expect(await batches.find(jobOf('a').key)).toEqual(jobOf('a', { version: 2, complete: 5 }));
    });

    describeLists(open);
    describeTargets(open);
  });
}

function describeLists(open: () => Promise<Store>): void {
  describe('in lists', () => {
    it('are listed by namespace, the latest first, page by page', async () => {
      const { batches } = await open();
      await batches.create(jobOf('x', { key: { namespaceId: RETURNS, jobId: 'x' } }));
      for (const [jobId, startedAt] of [
        ['c', 1],
        ['a', 3],
        ['d', 2],
        ['b', 2],
      ] as const)
        await batches.create(closed(jobId, startedAt));
      const ids = async (page: Parameters<typeof batches.list>[1]) => (await batches.list(ORDERS, page)).map(({ key }) => key.jobId);
      expect(await ids({ sizeMax: 9 })).toEqual(['a', 'd', 'b', 'c']);
      expect(await ids({ sizeMax: 2 })).toEqual(['a', 'd']);
      expect(await ids({ sizeMax: 2, after: { startedAt: 2, jobId: 'd' } })).toEqual(['b', 'c']);
      expect(await ids({ sizeMax: 2, after: { startedAt: 1, jobId: 'c' } })).toEqual([]);
    });

    it('that run are found in all namespaces', async () => {
      const { batches } = await open();
      const other = jobOf('x', { key: { namespaceId: RETURNS, jobId: 'x' } });
      await batches.create(closed('a', 1));
      await batches.create(jobOf('b'));
      await batches.create(other);
      const running = await batches.listRunning();
      expect(running).toHaveLength(2);
      expect(running).toEqual(expect.arrayContaining([jobOf('b').key, other.key]));
    });

    it('are deleted once they ended long ago', async () => {
      const { batches } = await open();
      for (const startedAt of [10, 20]) await batches.create(closed(`of ${startedAt}`, startedAt));
      await batches.create(jobOf('running', { startedAt: 1 }));
      await batches.deleteClosedBefore(ORDERS, 21);
      expect((await batches.list(ORDERS, { sizeMax: 9 })).map(({ key }) => key.jobId)).toEqual(['of 20', 'running']);
      await batches.deleteClosedBefore(RETURNS, 99);
      expect(await batches.find(closed('of 20', 20).key)).toBeDefined();
    });
  });
}

function describeTargets(open: () => Promise<Store>): void {
  describe('that run', () => {
    it('keep their targets in pages until they end', async () => {
      const { batches } = await open();
      const { key } = jobOf('a');
      await batches.create(jobOf('a'));
      const page = (name: string) => [{ workflowId: name, runId: '' }];
      await batches.writeTargets(key, 0, page('first'));
      await batches.writeTargets(key, 1, page('second'));
      await batches.writeTargets(key, 0, page('again'));
      await batches.writeTargets({ ...key, jobId: 'b' }, 0, page('other'));
      expect(await batches.readTargets(key, 0)).toEqual(page('again'));
      expect(await batches.readTargets(key, 1)).toEqual(page('second'));
      expect(await batches.readTargets(key, 2)).toEqual([]);
      await batches.replace(jobOf('a', { version: 2 }));
      expect(await batches.readTargets(key, 1)).toEqual(page('second'));
      await batches.replace(closed('a', 1000, { version: 3 }));
      expect(await batches.readTargets(key, 0)).toEqual([]);
      expect(await batches.readTargets({ ...key, jobId: 'b' }, 0)).toEqual(page('other'));
    });
  });
}
