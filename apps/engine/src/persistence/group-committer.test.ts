import { describe, expect, it } from 'vitest';
import type { RunKey } from '../kernel/ids.ts';
import { namespaceId, runId, workflowId } from '../kernel/ids.ts';
import { GroupCommitter } from './group-committer.ts';
import { openMemoryStore } from './memory/memory-store.ts';
import type { Commit, CommitOutcome, RunStore } from './ports/run-store.ts';

const keyOf = (id: string): RunKey => ({ namespaceId: namespaceId('ns'), workflowId: workflowId(id), runId: runId(id) });

const commitOf = (id: string, version = 1, events = 1): Commit => ({
  writes: [
    {
      key: keyOf(id),
      expectedVersion: version - 1,
      transition: { version, firstEventId: version, eventCount: 1, events: new Uint8Array(events), notes: new Uint8Array(0) },
      isOpen: true,
      dueAt: undefined,
      hasDuties: false,
      becomesCurrent: version === 1,
    },
  ],
});

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** A store whose commits wait until they are let through, and that counts what is in each. */
class GatedStore {
  readonly store = openMemoryStore();
  readonly groups: number[] = [];
  private readonly gates: (() => void)[] = [];
  private arrived: (() => void)[] = [];

  readonly commit: RunStore['commit'] = async (group) => {
    this.groups.push(group.length);
    const open = new Promise<void>((resolve) => this.gates.push(resolve));
    for (const tell of this.arrived.splice(0)) tell();
    await open;
    return this.store.runs.commit(group);
  };

  /** Resolves when a commit is waiting to be let through. */
  async arrival(): Promise<void> {
    if (this.gates.length === 0) await new Promise<void>((resolve) => this.arrived.push(resolve));
  }

  async letThrough(): Promise<void> {
    await this.arrival();
    this.gates.shift()?.();
  }
}

describe('the group committer', () => {
  it('commits together what is asked for together', async () => {
    const gated = new GatedStore();
    const committer = new GroupCommitter(gated);
    const outcomes = range(20).map((at) => committer.submit(commitOf(`run-${at}`)));
    await gated.letThrough();
    expect(await Promise.all(outcomes)).toEqual(range(20).map(() => 'committed'));
    expect(gated.groups).toEqual([20]);
  });

  it('gathers the next group while one is under way, and starts no second beside it', async () => {
    const gated = new GatedStore();
    const committer = new GroupCommitter(gated);
    const first = committer.submit(commitOf('first'));
    await gated.arrival();
    const rest = range(7).map((at) => committer.submit(commitOf(`run-${at}`)));
    expect(gated.groups).toEqual([1]);
    await gated.letThrough();
    expect(await first).toBe('committed');
    await gated.letThrough();
    await Promise.all(rest);
    expect(gated.groups).toEqual([1, 7]);
  });

  it('acknowledges nothing before the store has', async () => {
    const gated = new GatedStore();
    const committer = new GroupCommitter(gated);
    let isAcknowledged = false;
    const outcome = committer.submit(commitOf('a')).then((value) => {
      isAcknowledged = true;
      return value;
    });
    await gated.arrival();
    expect(isAcknowledged).toBe(false);
    await gated.letThrough();
    expect(await outcome).toBe('committed');
  });

  it('tells each its own outcome, in the order of asking', async () => {
    const { runs } = openMemoryStore();
    const committer = new GroupCommitter(runs);
    const outcomes = await Promise.all([
      committer.submit(commitOf('a', 1)),
      committer.submit(commitOf('a', 1)),
      committer.submit(commitOf('b', 1)),
      committer.submit(commitOf('a', 2)),
      committer.submit(commitOf('b', 3)),
    ]);
    expect(outcomes).toEqual(['committed', 'conflict', 'committed', 'committed', 'conflict']);
    expect(await runs.load(keyOf('a'))).toMatchObject({ version: 2 });
    expect(await runs.load(keyOf('b'))).toMatchObject({ version: 1 });
  });

  it('bounds a group by count', async () => {
    const sizes: number[] = [];
    const committer = new GroupCommitter({ commit: counting(sizes) });
    await Promise.all(range(1201).map((at) => committer.submit(commitOf(`run-${at}`))));
    expect(sizes).toEqual([500, 500, 201]);
  });

  it('bounds a group by bytes, yet takes one that is larger alone', async () => {
    const sizes: number[] = [];
    const committer = new GroupCommitter({ commit: counting(sizes) });
    const megabytes = [3, 3, 3, 20, 1];
    await Promise.all(megabytes.map((size, at) => committer.submit(commitOf(`run-${at}`, 1, size * 1024 * 1024))));
    expect(sizes).toEqual([2, 1, 1, 1]);
  });

  it('rejects every one of a group when the store fails, and none of the next', async () => {
    const { runs } = openMemoryStore();
    const failure = new Error('the disk is full');
    let isBroken = true;
    const committer = new GroupCommitter({ commit: (group) => (isBroken ? Promise.reject(failure) : runs.commit(group)) });
    const group = await Promise.allSettled(range(3).map((at) => committer.submit(commitOf(`run-${at}`))));
    expect(group).toEqual(range(3).map(() => ({ status: 'rejected', reason: failure })));
    isBroken = false;
    expect(await committer.submit(commitOf('run-0'))).toBe('committed');
  });

  it('drains to nothing waiting', async () => {
    const gated = new GatedStore();
    const committer = new GroupCommitter(gated);
    const outcome = committer.submit(commitOf('a'));
    let isDrained = false;
    const drained = committer.drain().then(() => {
      isDrained = true;
    });
    await gated.arrival();
    const late = committer.submit(commitOf('b'));
    await gated.letThrough();
    await outcome;
    expect(isDrained).toBe(false);
    await gated.letThrough();
    await drained;
    expect(await late).toBe('committed');
  });

  it('drains at once when nothing was asked for', async () => {
    await expect(new GroupCommitter(openMemoryStore().runs).drain()).resolves.toBeUndefined();
  });
});

/** Writes down how large each group is. */
const counting =
  (sizes: number[]): RunStore['commit'] =>
  (group): Promise<readonly CommitOutcome[]> => {
    sizes.push(group.length);
    return Promise.resolve(group.map(() => 'committed' as const));
  };
