import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import type { NamespaceRecord } from '../ports/namespace-store.ts';
import type { Store } from '../ports/store.ts';

const namespace = (name: string, changes: Partial<NamespaceRecord> = {}): NamespaceRecord => ({
  id: namespaceId(`id-of-${name}`),
  name,
  description: 'for orders',
  ownerEmail: 'orders@example.com',
  data: { team: 'orders' },
  state: 1,
  retention: 86_400_000,
  searchAttributes: { CustomerId: 'Keyword' },
  version: 1,
  ...changes,
});

export function describeNamespaces(open: () => Promise<Store>): void {
  describe('namespaces', () => {
    it('are found by name and by id', async () => {
      const { namespaces } = await open();
      const record = namespace('orders');
      expect(await namespaces.create(record)).toBe('created');
      expect(await namespaces.findByName('orders')).toEqual(record);
      expect(await namespaces.findById(record.id)).toEqual(record);
      expect(await namespaces.findByName('Orders')).toBeUndefined();
      expect(await namespaces.findById(namespaceId('orders'))).toBeUndefined();
    });

    it('are not made twice, by name or by id', async () => {
      const { namespaces } = await open();
      await namespaces.create(namespace('orders'));
      expect(await namespaces.create(namespace('orders', { id: namespaceId('another') }))).toBe('exists');
      expect(await namespaces.create(namespace('returns', { id: namespaceId('id-of-orders') }))).toBe('exists');
      expect(await namespaces.list({ sizeMax: 9 })).toHaveLength(1);
    });

    it('are replaced from the version before only', async () => {
      const { namespaces } = await open();
      await namespaces.create(namespace('orders'));
      const second = namespace('orders', { version: 2, searchAttributes: { CustomerId: 'Keyword', Total: 'Double' } });
      expect(await namespaces.replace(second)).toBe('replaced');
      expect(await namespaces.replace(namespace('orders', { version: 2, description: 'late' }))).toBe('conflict');
      expect(await namespaces.replace(namespace('orders', { version: 4 }))).toBe('conflict');
      expect(await namespaces.replace(namespace('nobody', { version: 2 }))).toBe('conflict');
      expect(await namespaces.findByName('orders')).toEqual(second);
    });

    it('are listed by name, page by page', async () => {
      const { namespaces } = await open();
      for (const name of ['c', 'a', 'd', 'b']) await namespaces.create(namespace(name));
      const names = async (page: Parameters<typeof namespaces.list>[0]) => (await namespaces.list(page)).map(({ name }) => name);
      expect(await names({ sizeMax: 3 })).toEqual(['a', 'b', 'c']);
      expect(await names({ sizeMax: 3, after: 'c' })).toEqual(['d']);
      expect(await names({ sizeMax: 3, after: 'd' })).toEqual([]);
    });
  });
}
