import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import type { RunKey } from '../../kernel/ids.ts';
import type { Store } from '../ports/store.ts';
import { bytesOf, commitOf, keyOf, recordOf, sampleNamespace, writeOf } from './samples.ts';

type Open = () => Promise<Store>;

export function describeRuns(open: Open): void {
  describeFence(open);
  describeGroups(open);
  describeCurrentRun(open);
  describeActiveRuns(open);
  describeEnds(open);
}

function describeFence(open: Open): void {
  describe('committing', () => {
    it('keeps a run as it was written', async () => {
      const { runs } = await open();
      const key = keyOf('a');
      const outcomes = await runs.commit([commitOf(writeOf(key, 1, { dueAt: 5000 }))]);
      expect(outcomes).toEqual(['committed']);
      const stored = await runs.load(key);
      expect(stored).toMatchObject({ key, version: 1, isOpen: true });
      expect(stored?.snapshot).toBeUndefined();
      expect(stored?.transitions).toEqual([{ version: 1, firstEventId: 1, eventCount: 1, events: bytesOf(1, 1), notes: bytesOf(1, 2) }]);
    });

    it('keeps the past that a run begins with, step by step', async () => {
      const { runs } = await open();
      const key = keyOf('a');
      const past = [1, 2].map((version) => writeOf(key, version).transition);
      const first = { ...writeOf(key, 3), expectedVersion: 0, past, becomesCurrent: true };
      expect(await runs.commit([commitOf(first)])).toEqual(['committed']);
      expect(await runs.load(key)).toMatchObject({ version: 3, transitions: [...past, first.transition] });
      expect(await runs.readHistory(key, { fromEventId: 2, toEventId: 3, batchesMax: 10 })).toMatchObject([
        { firstEventId: 2, eventCount: 1, events: bytesOf(2, 1) },
      ]);
    });

    it('knows nothing of a run that was never written', async () => {
      const { runs } = await open();
      expect(await runs.load(keyOf('nobody'))).toBeUndefined();
      expect(await runs.findCurrentRun(keyOf('nobody'))).toBeUndefined();
      expect(await runs.readHistory(keyOf('nobody'), { fromEventId: 1, toEventId: 100, batchesMax: 10 })).toEqual([]);
    });

    it.each([
      ['a version behind', 1],
      ['a version ahead', 3],
      ['a new run where there is one', 0],
    ])('refuses %s', async (_name, expectedVersion) => {
      const { runs } = await open();
      const key = keyOf('a');
      await runs.commit([commitOf(writeOf(key, 1)), commitOf(writeOf(key, 2))]);
      const stale = { ...writeOf(key, expectedVersion + 1), isOpen: false };
      expect(await runs.commit([commitOf(stale)])).toEqual(['conflict']);
      expect(await runs.load(key)).toMatchObject({ version: 2, isOpen: true });
      expect((await runs.load(key))?.transitions).toHaveLength(2);
    });

    it('refuses the step of a run that is not there', async () => {
      const { runs } = await open();
      expect(await runs.commit([commitOf(writeOf(keyOf('a'), 2))])).toEqual(['conflict']);
      expect(await runs.load(keyOf('a'))).toBeUndefined();
    });
  });
}

function describeGroups(open: Open): void {
  describe('committing a group', () => {
    it('leaves nothing of a conflict and everything of the rest of its group', async () => {
      const { runs, visibility } = await open();
      const [a, b, c] = [keyOf('a'), keyOf('b'), keyOf('c')];
      await runs.commit([commitOf(writeOf(a, 1))]);
      const outcomes = await runs.commit([
        commitOf(writeOf(b, 1)),
        // The first write of this commit would do, the second does not: neither must be there.
        commitOf(writeOf(c, 1, { snapshot: bytesOf(9), visibility: recordOf(c) }), writeOf(a, 1)),
        commitOf(writeOf(a, 2)),
      ]);
      expect(outcomes).toEqual(['committed', 'conflict', 'committed']);
      expect(await runs.load(b)).toMatchObject({ version: 1 });
      expect(await runs.load(a)).toMatchObject({ version: 2 });
      expect(await runs.load(c)).toBeUndefined();
      expect(await runs.findCurrentRun(c)).toBeUndefined();
      expect(await visibility.count({ namespaceId: sampleNamespace })).toBe(0);
    });

    it('takes several commits of one run in one group, and fences within it', async () => {
      const { runs } = await open();
      const key = keyOf('a');
      const outcomes = await runs.commit([
        commitOf(writeOf(key, 1)),
        commitOf(writeOf(key, 2)),
        commitOf(writeOf(key, 2, { isOpen: false })),
        commitOf(writeOf(key, 3, { dueAt: 77, snapshot: bytesOf(3) })),
      ]);
      expect(outcomes).toEqual(['committed', 'committed', 'conflict', 'committed']);
      expect(await runs.load(key)).toMatchObject({ version: 3, isOpen: true, transitions: [], snapshot: { version: 3 } });
      expect(await runs.scanActive({ sizeMax: 10 })).toEqual([{ key, dueAt: 77, hasDuties: false }]);
    });

    it('takes an empty group', async () => {
      const { runs } = await open();
      expect(await runs.commit([])).toEqual([]);
    });

    it('takes more rows than one statement can bind', async () => {
      const { runs } = await open();
      const keys = Array.from({ length: 6000 }, (_, at) => keyOf(`run-${String(at).padStart(5, '0')}`));
      const outcomes = await runs.commit(keys.map((key) => commitOf(writeOf(key, 1))));
      expect(outcomes.every((outcome) => outcome === 'committed')).toBe(true);
      expect(await runs.scanActive({ sizeMax: 10_000 })).toHaveLength(6000);
    });
  });
}

function describeCurrentRun(open: Open): void {
  describe('the current run', () => {
    it('is the last one that became it', async () => {
      const { runs } = await open();
      const [first, second] = [keyOf('a', 'w'), keyOf('b', 'w')];
      await runs.commit([commitOf(writeOf(first, 1))]);
      expect(await runs.findCurrentRun(first)).toBe('a');
      await runs.commit([commitOf(writeOf(second, 1), writeOf(first, 2, { isOpen: false }))]);
      expect(await runs.findCurrentRun(first)).toBe('b');
    });

    it('is not moved by later steps of an older run', async () => {
      const { runs } = await open();
      const [first, second] = [keyOf('a', 'w'), keyOf('b', 'w')];
      await runs.commit([commitOf(writeOf(first, 1)), commitOf(writeOf(second, 1)), commitOf(writeOf(first, 2))]);
      expect(await runs.findCurrentRun(first)).toBe('b');
    });

    it('belongs to its namespace', async () => {
      const { runs } = await open();
      const other = namespaceId('ns-2');
      await runs.commit([commitOf(writeOf(keyOf('a', 'w'), 1)), commitOf(writeOf(keyOf('b', 'w', other), 1))]);
      expect(await runs.findCurrentRun(keyOf('a', 'w'))).toBe('a');
      expect(await runs.findCurrentRun(keyOf('a', 'w', other))).toBe('b');
    });
  });
}

function describeActiveRuns(open: Open): void {
  describe('active runs', () => {
    it('are the open ones and those with duties, page by page', async () => {
      const { runs } = await open();
      const keys = Array.from({ length: 25 }, (_, at) => keyOf(`run-${String(at).padStart(2, '0')}`));
      await runs.commit(keys.map((key, at) => commitOf(writeOf(key, 1, { isOpen: at % 3 !== 0, hasDuties: at % 6 === 0 }))));
      const found: RunKey[] = [];
      for (let after: RunKey | undefined; ; ) {
        const page = await runs.scanActive({ sizeMax: 4, ...(after === undefined ? {} : { after }) });
        expect(page.length).toBeLessThanOrEqual(4);
        found.push(...page.map(({ key }) => key));
        after = page.at(-1)?.key;
        if (page.length < 4) break;
      }
      expect(found.map(({ runId }) => runId)).toEqual(keys.filter((_, at) => at % 3 !== 0 || at % 6 === 0).map(({ runId }) => runId));
    });

    it('are no longer those that closed', async () => {
      const { runs } = await open();
      const key = keyOf('a');
      await runs.commit([commitOf(writeOf(key, 1, { dueAt: 9, hasDuties: true }))]);
      expect(await runs.scanActive({ sizeMax: 9 })).toEqual([{ key, dueAt: 9, hasDuties: true }]);
      await runs.commit([commitOf(writeOf(key, 2, { isOpen: false }))]);
      expect(await runs.scanActive({ sizeMax: 9 })).toEqual([]);
    });
  });
}

function describeEnds(open: Open): void {
  describe('deleting', () => {
    it('removes the run, its history, its row and its pointer', async () => {
      const { runs, visibility } = await open();
      const key = keyOf('a');
      await runs.commit([commitOf(writeOf(key, 1, { snapshot: bytesOf(1), visibility: recordOf(key) }))]);
      await runs.delete(key);
      expect(await runs.load(key)).toBeUndefined();
      expect(await runs.findCurrentRun(key)).toBeUndefined();
      expect(await runs.readHistory(key, { fromEventId: 1, toEventId: 9, batchesMax: 9 })).toEqual([]);
      expect(await visibility.count({ namespaceId: sampleNamespace })).toBe(0);
      await runs.delete(key);
      expect(await runs.commit([commitOf(writeOf(key, 1))])).toEqual(['committed']);
      expect((await runs.load(key))?.snapshot).toBeUndefined();
    });

    it('leaves the pointer alone when it names another run', async () => {
      const { runs } = await open();
      const [first, second] = [keyOf('a', 'w'), keyOf('b', 'w')];
      await runs.commit([commitOf(writeOf(first, 1)), commitOf(writeOf(second, 1))]);
      await runs.delete(first);
      expect(await runs.findCurrentRun(first)).toBe('b');
      expect(await runs.load(second)).toMatchObject({ version: 1 });
    });
  });

  it('finds runs whose retention is over', async () => {
    const { runs } = await open();
    const closed = (run: string, closeTime: number, namespace = sampleNamespace) => {
      const key = keyOf(run, run, namespace);
      return commitOf(writeOf(key, 1, { isOpen: false, visibility: recordOf(key, { status: 2, closeTime }) }));
    };
    const running = keyOf('open');
    await runs.commit([
      closed('early', 100),
      closed('edge', 200),
      closed('late', 300),
      closed('elsewhere', 100, namespaceId('ns-2')),
      commitOf(writeOf(running, 1, { visibility: recordOf(running) })),
    ]);
    const found = async (before: number, sizeMax: number) =>
      (await runs.findClosedBefore(sampleNamespace, before, sizeMax)).map(({ runId }) => runId).sort();
    expect(await found(200, 10)).toEqual(['early']);
    expect(await found(301, 10)).toEqual(['early', 'edge', 'late']);
    expect(await found(301, 2)).toHaveLength(2);
  });
}
