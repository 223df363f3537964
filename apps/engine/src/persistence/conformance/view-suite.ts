import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import type { Store } from '../ports/store.ts';
import type { ViewRecord } from '../ports/view-store.ts';

const viewOf = (name: string, changes: Partial<ViewRecord> = {}): ViewRecord => ({
  namespaceId: namespaceId('ns'),
  owner: '',
  name,
  search: 'status=Failed&q=Region+%3D+%27n%27',
  isDefault: false,
  changedAt: 1000.5,
  changedBy: 'ann',
  ...changes,
});

const create = (record: ViewRecord) => ({ record, was: undefined, countMax: 3 });

export function describeViews(open: () => Promise<Store>): void {
  describe('saved views', () => {
    it('are those of one owner in one namespace, by name', async () => {
      const { views } = await open();
      const others = [viewOf('b'), viewOf('a', { owner: 'ann' }), viewOf('a', { namespaceId: namespaceId('other') })];
      for (const record of [...others, viewOf('a')]) expect(await views.save(create(record))).toBe('saved');
      expect(await views.list(viewOf(''))).toEqual([viewOf('a'), viewOf('b')]);
      expect(await views.list(viewOf('', { owner: 'ann' }))).toEqual([viewOf('a', { owner: 'ann' })]);
      await views.delete(viewOf('b'));
      await views.delete(viewOf('nothing'));
      expect(await views.list(viewOf(''))).toEqual([viewOf('a')]);
      await views.deleteNamespace(namespaceId('ns'));
      expect(await views.list(viewOf('', { owner: 'ann' }))).toEqual([]);
      expect(await views.list(viewOf('', { namespaceId: namespaceId('other') }))).toHaveLength(1);
    });

    it('are renamed, and never two of one name nor more than there may be', async () => {
      const { views } = await open();
      for (const name of ['a', 'b']) await views.save(create(viewOf(name)));
      expect(await views.save(create(viewOf('a')))).toBe('exists');
      expect(await views.save({ ...create(viewOf('b')), was: 'a' })).toBe('exists');
      expect(await views.save({ ...create(viewOf('c')), was: 'gone' })).toBe('absent');
      expect(await views.save({ ...create(viewOf('c', { search: '' })), was: 'a' })).toBe('saved');
      expect(await views.list(viewOf(''))).toEqual([viewOf('b'), viewOf('c', { search: '' })]);
      expect(await views.save(create(viewOf('d')))).toBe('saved');
      expect(await views.save(create(viewOf('e')))).toBe('full');
      expect(await views.save({ ...create(viewOf('e')), was: 'd' })).toBe('saved');
    });

    it('have one default for each owner', async () => {
      const { views } = await open();
      await views.save(create(viewOf('mine', { owner: 'ann', isDefault: true })));
      await views.save(create(viewOf('a', { isDefault: true })));
      await views.save(create(viewOf('b', { isDefault: true })));
      const defaults = async (owner: string) => (await views.list(viewOf('', { owner }))).filter((one) => one.isDefault);
      expect((await defaults('')).map(({ name }) => name)).toEqual(['b']);
      expect((await defaults('ann')).map(({ name }) => name)).toEqual(['mine']);
      await views.save({ ...create(viewOf('b')), was: 'b' });
      expect(await defaults('')).toEqual([]);
    });
  });
}
