import { describe, expect, it } from 'vitest';
import { KEY, startRequest } from '../../test/support/model-run.ts';
import type { Moved } from '../changefeed/changefeed.ts';
import { Changefeed } from '../changefeed/changefeed.ts';
import { runId, workflowId } from '../kernel/ids.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { GroupCommitter } from '../persistence/group-committer.ts';
import { openMemoryStore } from '../persistence/memory/memory-store.ts';
import type { RunStore } from '../persistence/ports/run-store.ts';
import { decodeEvents } from './codec.ts';
import { History } from './history.ts';
import { decideSignal } from './model/decide/signal.ts';
import { decideStart } from './model/decide/start.ts';
import { eventNameOf } from './model/events.ts';

const TARGET = { workflow: KEY };

interface Shell {
  readonly history: History;
  readonly moved: Moved[];
}

/** An engine's history on a store; several may share one store, as two engines must never do. */
function openHistory(store: RunStore): Shell {
  const changefeed = new Changefeed();
  const moved: Moved[] = [];
  changefeed.subscribe((one) => moved.push(one));
  let ids = 0;
  const history = new History({
    store,
    committer: new GroupCommitter(store),
    changefeed,
    clock: { now: () => 1_700_000_000_000 },
    random: { uuid: () => `id-${(ids += 1)}`, fraction: () => 0 },
    limits: defaultLimits,
    visibilityOf: ({ derived: { key, status } }) => ({
      key,
      workflowType: '',
      taskQueue: '',
      status,
      startTime: 0,
      executionTime: 0,
      attributes: {},
    }),
  });
  return { history, moved };
}

const start = ({ history }: Shell) => history.transactCurrent(TARGET, (state, env) => decideStart(state, startRequest(), env));

function signal({ history }: Shell, requestId: string, bytes = 1): Promise<undefined> {
  const request = {
    signalName: requestId,
    requestId,
    input: { payloads: [{ data: new Uint8Array(bytes) }] },
    header: null,
    identity: 'client',
    links: [],
  };
  return history.transact(TARGET, (state, env) => decideSignal(state, request, env));
}

async function stored(store: RunStore): Promise<{ ids: number[]; signals: string[] }> {
  const batches = await store.readHistory(KEY, { fromEventId: 1, toEventId: 10_000, batchesMax: 10_000 });
  const events = batches.flatMap((batch) => decodeEvents(batch.events));
  return {
    ids: events.map(({ eventId }) => Number(eventId)),
    signals: events
      .filter(({ eventType }) => eventNameOf(eventType ?? 0) === 'workflowExecutionSignaled')
      .map(({ workflowExecutionSignaledEventAttributes: of }) => of?.signalName ?? ''),
  };
}

const dense = (ids: readonly number[]): number[] => ids.map((_, at) => at + 1);

/** A store whose next commits go wrong in a way that is told; everything else is the real one. */
function troubled(store: RunStore, trouble: { next: 'lost' | 'unanswered' | 'conflict' | undefined }): RunStore {
  return {
    ...store,
    commit: async (group) => {
      const { next } = trouble;
      if (next !== 'conflict') trouble.next = undefined;
      if (next === 'conflict') return group.map(() => 'conflict' as const);
      if (next === 'lost') throw new Error('the disk is gone');
      const outcomes = await store.commit(group);
      if (next === 'unanswered') throw new Error('no answer');
      return outcomes;
    },
  };
}

describe('requests to one run', () => {
  it('that come together are taken one after the other, and each is there', async () => {
    const { runs } = openMemoryStore();
    const shell = openHistory(runs);
    await start(shell);
    const names = Array.from({ length: 100 }, (_, at) => `s${at}`);
    await Promise.all(names.map((name) => signal(shell, name)));
    const { ids, signals } = await stored(runs);
    expect(signals).toEqual(names);
    expect(ids).toEqual(dense(ids));
    expect(shell.moved.map(({ version }) => version)).toEqual(dense(shell.moved.map(({ version }) => version)));
  });

  it('of which two start it make one run', async () => {
    const { runs } = openMemoryStore();
    const shell = openHistory(runs);
    const replies = await Promise.all([start(shell), start(shell)]);
    expect(replies.map((reply) => reply.runId)).toEqual(['run-1', 'run-1']);
    expect((await stored(runs)).ids).toEqual([1, 2]);
  });

  it('that meet another writer are decided again on what it wrote', async () => {
    const { runs } = openMemoryStore();
    const [one, other] = [openHistory(runs), openHistory(runs)];
    await start(one);
    await signal(other, 'from the other');
    await signal(one, 'from the one');
    await signal(other, 'again from the other');
    const { ids, signals } = await stored(runs);
    expect(signals).toEqual(['from the other', 'from the one', 'again from the other']);
    expect(ids).toEqual(dense(ids));
  });

  it('give up where they are never alone', async () => {
    const trouble: { next: 'conflict' | undefined } = { next: undefined };
    const { runs } = openMemoryStore();
    const shell = openHistory(troubled(runs, trouble));
    await start(shell);
    trouble.next = 'conflict';
    await expect(signal(shell, 'a')).rejects.toMatchObject({ code: 'unavailable' });
    expect(shell.moved).toHaveLength(1);
    trouble.next = undefined;
    await signal(shell, 'b');
    expect((await stored(runs)).signals).toEqual(['b']);
  });
});

describe('a commit that fails', () => {
  it('is not acknowledged, and leaves nothing behind in memory', async () => {
    const trouble: { next: 'lost' | undefined } = { next: undefined };
    const { runs } = openMemoryStore();
    const shell = openHistory(troubled(runs, trouble));
    await start(shell);
    trouble.next = 'lost';
    await expect(signal(shell, 'a')).rejects.toMatchObject({ code: 'unavailable' });
    expect(shell.moved).toHaveLength(1);
    await signal(shell, 'a');
    expect((await stored(runs)).signals).toEqual(['a']);
  });

  it('but took place is found when the request is repeated', async () => {
    const trouble: { next: 'unanswered' | undefined } = { next: undefined };
    const { runs } = openMemoryStore();
    const shell = openHistory(troubled(runs, trouble));
    await start(shell);
    trouble.next = 'unanswered';
    await expect(signal(shell, 'a')).rejects.toMatchObject({ code: 'unavailable' });
    await signal(shell, 'a');
    await signal(shell, 'b');
    const { ids, signals } = await stored(runs);
    expect(signals).toEqual(['a', 'b']);
    expect(ids).toEqual(dense(ids));
  });

  it('while a run begins leaves no run, or the run that the repeated request gets', async () => {
    for (const next of ['lost', 'unanswered'] as const) {
      const trouble: { next: 'lost' | 'unanswered' | undefined } = { next };
      const { runs } = openMemoryStore();
      const shell = openHistory(troubled(runs, trouble));
      await expect(start(shell)).rejects.toMatchObject({ code: 'unavailable' });
      expect(await start(shell)).toMatchObject({ runId: 'run-1', started: true });
      expect((await stored(runs)).ids).toEqual([1, 2]);
    }
  });
});

describe('a run that is loaded', () => {
  it('is what it was, from its transitions or from a snapshot and what came after', async () => {
    const { runs } = openMemoryStore();
    const shell = openHistory(runs);
    await start(shell);
    let snapshots = 0;
    for (let at = 0; at < 30; at += 1) {
      await signal(shell, `s${at}`, 10_000);
      const loaded = await runs.load(KEY);
      if (loaded?.snapshot !== undefined) snapshots += 1;
      const look = (history: History) =>
        history.read(TARGET, ({ derived, volatile }) => ({
          nextEventId: derived.nextEventId,
          signalCount: derived.signalCount,
          task: volatile.workflowTask,
          seen: [...volatile.requestIds.entries()].map(([id]) => id).sort(),
          version: volatile.version,
          bytes: volatile.historySizeBytes,
        }));
      expect(await look(openHistory(runs).history)).toEqual(await look(shell.history));
    }
    expect(snapshots).toBeGreaterThan(10);
    expect((await runs.load(KEY))?.transitions.length).toBeLessThan(30);
    await signal(openHistory(runs), 's3');
    expect((await stored(runs)).signals).toHaveLength(30);
  });

  it('is found by its own workflow id only', async () => {
    const { runs } = openMemoryStore();
    const shell = openHistory(runs);
    await start(shell);
    const read = (workflow: string, run?: string) =>
      shell.history.read(
        { workflow: { ...KEY, workflowId: workflowId(workflow) }, ...(run === undefined ? {} : { runId: runId(run) }) },
        ({ derived }) => derived.key.runId,
      );
    expect(await read('wf', 'run-1')).toBe('run-1');
    expect(await read('wf')).toBe('run-1');
    await expect(read('another')).rejects.toMatchObject({ code: 'not-found', message: 'workflow not found for ID: another' });
    await expect(read('another', 'run-1')).rejects.toMatchObject({ code: 'not-found' });
    await expect(read('wf', 'run-9')).rejects.toMatchObject({ code: 'not-found' });
  });
});
