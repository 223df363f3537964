import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../domain/run-event.ts';
import type { RunHistory } from './load-history.ts';
import { loadHistory, PAGE_ROWS } from './load-history.ts';

const eventsOf = (count: number): RunEvent[] =>
  Array.from({ length: count }, (_, at) => ({ id: at + 1, type: 'MarkerRecorded', at: at, bytes: 1 }));

/** A server that holds `count` events and gives at most `most` at once. */
function server(count: number, most = PAGE_ROWS) {
  const all = eventsOf(count);
  const asked: number[] = [];
  const read = async (after: number) => {
    asked.push(after);
    await Promise.resolve();
    const rows = all.slice(after, after + most);
    const more = after + rows.length < count;
    return { rows, total: count, ended: !more, more };
  };
  return { asked, read };
}

describe('loadHistory', () => {
  it('reads a short history with one question', async () => {
    const { asked, read } = server(12);
    const firsts: RunHistory[] = [];
    const history = await loadHistory({ known: undefined, read, onFirst: (first) => firsts.push(first) });
    expect(history).toEqual({ events: eventsOf(12), total: 12, ended: true });
    expect(asked).toEqual([0]);
    expect(firsts).toEqual([]);
  });

  it('gives the beginning at once and reads every event of a long one exactly once', async () => {
    const count = PAGE_ROWS * 5 + 7;
    const { asked, read } = server(count);
    const firsts: number[] = [];
    const history = await loadHistory({ known: undefined, read, onFirst: ({ events }) => firsts.push(events.length) });
    expect(history.events.map(({ id }) => id)).toEqual(eventsOf(count).map(({ id }) => id));
    expect(history.ended).toBe(true);
    expect(firsts).toEqual([PAGE_ROWS]);
    expect(asked.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5].map((page) => page * PAGE_ROWS));
  });

  it('goes on from what is here', async () => {
    const { asked, read } = server(PAGE_ROWS + 300);
    const known = { events: eventsOf(300), total: PAGE_ROWS + 300, ended: false };
    const history = await loadHistory({ known, read, onFirst: () => expect.unreachable('something is drawn already') });
    expect(history.events).toHaveLength(PAGE_ROWS + 300);
    expect(asked).toEqual([300, PAGE_ROWS + 300]);
  });

  it('tells of each page that joins, and changes no word of it', async () => {
    const { read } = server(PAGE_ROWS * 4);
    const lengths: number[] = [];
    const worded = async (after: number) => {
      const page = await read(after);
      return { ...page, rows: page.rows.map((row) => ({ ...row, worker: `worker-${row.id % 2}` })) };
    };
    const { events } = await loadHistory({
      known: undefined,
      read: worded,
      onFirst: () => undefined,
      onMore: (some) => lengths.push(some.length),
    });
    expect(lengths).toEqual([2, 3, 4].map((pages) => pages * PAGE_ROWS));
    expect(new Set(events.map(({ worker }) => worker))).toEqual(new Set(['worker-0', 'worker-1']));
  });

  it('joins only what follows when pages come short', async () => {
    const count = PAGE_ROWS * 3;
    const { read } = server(count, 1000);
    const history = await loadHistory({ known: undefined, read, onFirst: () => undefined });
    expect(history.events.map(({ id }) => id)).toEqual(eventsOf(count).map(({ id }) => id));
  });
});
