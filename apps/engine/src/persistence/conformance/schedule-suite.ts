import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import type { ScheduleRecord } from '../ports/schedule-store.ts';
import type { Store } from '../ports/store.ts';

const record = (scheduleId: string, changes: Partial<ScheduleRecord> = {}): ScheduleRecord => ({
  namespaceId: namespaceId('ns'),
  scheduleId,
  version: 1,
  state: Uint8Array.from([1, 2, 3]),
  ...changes,
});

export function describeSchedules(open: () => Promise<Store>): void {
  describe('schedules', () => {
    it('are kept as they were written, each in its namespace', async () => {
      const { schedules } = await open();
      expect(await schedules.write(record('nightly'))).toBe('written');
      expect(await schedules.find(namespaceId('ns'), 'nightly')).toEqual(record('nightly'));
      expect(await schedules.find(namespaceId('other'), 'nightly')).toBeUndefined();
    });

    it('are written from the version before only', async () => {
      const { schedules } = await open();
      const second = record('nightly', { version: 2, state: Uint8Array.from([4]) });
      expect(await schedules.write(second)).toBe('conflict');
      await schedules.write(record('nightly'));
      expect(await schedules.write(record('nightly'))).toBe('conflict');
      expect(await schedules.write(second)).toBe('written');
      expect(await schedules.write(second)).toBe('conflict');
      expect((await schedules.find(namespaceId('ns'), 'nightly'))?.state).toEqual(Uint8Array.from([4]));
    });

    it('are listed page by page in the order of their ids', async () => {
      const { schedules } = await open();
      for (const id of ['c', 'a', 'b']) await schedules.write(record(id));
      await schedules.write(record('a', { namespaceId: namespaceId('other') }));
      const list = async (after?: string) =>
        (await schedules.list({ namespaceId: namespaceId('ns'), sizeMax: 2, ...(after === undefined ? {} : { after }) })).map(
          ({ scheduleId }) => scheduleId,
        );
      expect([await list(), await list('b')]).toEqual([['a', 'b'], ['c']]);
    });

    it('are all found at start-up, over the borders of namespaces', async () => {
      const { schedules } = await open();
      await schedules.write(record('b'));
      await schedules.write(record('a', { namespaceId: namespaceId('other') }));
      const first = await schedules.scan({ sizeMax: 1 });
      const [last] = first;
      if (last === undefined) throw new Error('there is a first page');
      const rest = await schedules.scan({ sizeMax: 5, after: last });
      expect([...first, ...rest].map(({ scheduleId }) => scheduleId)).toEqual(['b', 'a']);
    });

    it('can be deleted, more than once, and made again', async () => {
      const { schedules } = await open();
      await schedules.write(record('nightly'));
      await schedules.delete(namespaceId('ns'), 'nightly');
      await schedules.delete(namespaceId('ns'), 'nightly');
      expect(await schedules.find(namespaceId('ns'), 'nightly')).toBeUndefined();
      expect(await schedules.write(record('nightly'))).toBe('written');
    });
  });
}
