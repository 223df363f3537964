import { describe, expect, it } from 'vitest';
import type { HistoryRange } from '../ports/run-store.ts';
import type { Store } from '../ports/store.ts';
import { bytesOf, commitOf, keyOf, writeOf } from './samples.ts';

const key = keyOf('a');

/** Batches of events 1-3, none, 4, 5-8, 9. */
async function filled(store: Store): Promise<Store> {
  const batches = [
    [1, 3],
    [0, 0],
    [4, 1],
    [5, 4],
    [9, 1],
  ] as const;
  await store.runs.commit(
    batches.map(([firstEventId, eventCount], at) =>
      commitOf(
        writeOf(key, at + 1, {
          transition: {
            version: at + 1,
            firstEventId,
            eventCount,
            events: bytesOf(...Array<number>(eventCount).fill(at)),
            notes: bytesOf(at),
          },
        }),
      ),
    ),
  );
  return store;
}

export function describeHistory(open: () => Promise<Store>): void {
  describe('history', () => {
    const all = { fromEventId: 1, toEventId: 1000, batchesMax: 100 };
    it.each<[string, Partial<HistoryRange>, readonly number[]]>([
      ['everything, without steps that wrote nothing', {}, [1, 4, 5, 9]],
      ['the newest first', { newestFirst: true }, [9, 5, 4, 1]],
      ['a batch whole where the range begins in it', { fromEventId: 6 }, [5, 9]],
      ['a batch whole where the range ends in it', { toEventId: 6 }, [1, 4, 5]],
      ['nothing of a batch that begins at the exclusive end', { toEventId: 5 }, [1, 4]],
      ['nothing of a batch that ends before the range', { fromEventId: 4 }, [4, 5, 9]],
      ['no more batches than asked for', { batchesMax: 2 }, [1, 4]],
      ['no more of the newest than asked for', { batchesMax: 2, newestFirst: true }, [9, 5]],
      ['the newest of a range', { toEventId: 9, batchesMax: 1, newestFirst: true }, [5]],
      ['nothing behind the end', { fromEventId: 10 }, []],
      ['nothing of an empty range', { fromEventId: 4, toEventId: 4 }, []],
    ])('gives %s', async (_name, range, expected) => {
      const { runs } = await filled(await open());
      const batches = await runs.readHistory(key, { ...all, ...range });
      expect(batches.map(({ firstEventId }) => firstEventId)).toEqual(expected);
    });

    it('gives the bytes that were written', async () => {
      const { runs } = await filled(await open());
      expect(await runs.readHistory(key, { ...all, fromEventId: 8, toEventId: 9 })).toMatchObject([
        { firstEventId: 5, eventCount: 4, events: bytesOf(3, 3, 3, 3) },
      ]);
    });

    it('gives the steps whole and in pages, those that wrote no history too', async () => {
      const { runs } = await filled(await open());
      const page = await runs.readTransitions(key, { after: 0, sizeMax: 2 });
      expect(page).toMatchObject([
        { version: 1, firstEventId: 1, eventCount: 3, events: bytesOf(0, 0, 0), notes: bytesOf(0) },
        { version: 2, firstEventId: 0, eventCount: 0, notes: bytesOf(1) },
      ]);
      const versions = async (after: number) => (await runs.readTransitions(key, { after, sizeMax: 10 })).map(({ version }) => version);
      expect(await versions(2)).toEqual([3, 4, 5]);
      expect(await versions(5)).toEqual([]);
      await runs.commit([commitOf(writeOf(key, 6, { snapshot: bytesOf(60) }))]);
      expect(await versions(3)).toEqual([4, 5, 6]);
      expect(await runs.readTransitions(keyOf('nobody'), { after: 0, sizeMax: 10 })).toEqual([]);
    });

    it('is not the same for two runs of one workflow', async () => {
      const { runs } = await filled(await open());
      const other = keyOf('b', key.workflowId);
      await runs.commit([commitOf(writeOf(other, 1))]);
      expect(await runs.readHistory(other, all)).toHaveLength(1);
      expect(await runs.readHistory(key, all)).toHaveLength(4);
    });

    it('stays whole when a snapshot makes its beginning unnecessary for loading', async () => {
      const { runs } = await filled(await open());
      await runs.commit([commitOf(writeOf(key, 6, { snapshot: bytesOf(60) }))]);
      expect(await runs.load(key)).toMatchObject({ version: 6, snapshot: { version: 6, state: bytesOf(60) }, transitions: [] });
      await runs.commit([commitOf(writeOf(key, 7)), commitOf(writeOf(key, 8))]);
      const loaded = await runs.load(key);
      expect(loaded?.snapshot).toEqual({ version: 6, state: bytesOf(60) });
      expect(loaded?.transitions.map(({ version }) => version)).toEqual([7, 8]);
      await runs.commit([commitOf(writeOf(key, 9, { snapshot: bytesOf(90) })), commitOf(writeOf(key, 10))]);
      const again = await runs.load(key);
      expect(again?.snapshot).toEqual({ version: 9, state: bytesOf(90) });
      expect(again?.transitions.map(({ version }) => version)).toEqual([10]);
      expect(await runs.readHistory(key, all)).toHaveLength(9);
    });

    it('keeps the snapshot of a step that is not the last of its group', async () => {
      const { runs } = await open();
      await runs.commit([commitOf(writeOf(key, 1)), commitOf(writeOf(key, 2, { snapshot: bytesOf(2) })), commitOf(writeOf(key, 3))]);
      const loaded = await runs.load(key);
      expect(loaded?.snapshot).toEqual({ version: 2, state: bytesOf(2) });
      expect(loaded?.transitions.map(({ version }) => version)).toEqual([3]);
    });
  });
}
