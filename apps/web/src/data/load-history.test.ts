import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../domain/run-event.ts';
import type { RunHistory } from './load-history.ts';
import { loadBeginning, loadHistory, PAGE_ROWS } from './load-history.ts';

const eventsOf = (count: number): RunEvent[] =>
  Array.from({ length: count }, (_, at) => ({ id: at + 1, type: 'MarkerRecorded', at: at, bytes: 1 }));

/** A server that holds `count` events and gives at most `most` at once. */
function server(count: number, most = PAGE_ROWS) {
  const all = eventsOf(count);
  const asked: number[] = [];
  const readEnd = async () => all.slice(-200);
  const read = async (after: number) => {
    asked.push(after);
    await Promise.resolve();
    const rows = all.slice(after, after + most);
    const more = after + rows.length < count;
    return { rows, total: count, ended: !more, more };
  };
  return { asked, read, readEnd };
}

describe('loadHistory', () => {
  it('reads a short history with one question', async () => {
    const { asked, read, readEnd } = server(12);
    const firsts: RunHistory[] = [];
    const history = await loadHistory({ known: undefined, read, readEnd, onFirst: (first) => firsts.push(first) });
    expect(history).toEqual({ events: eventsOf(12), total: 12, ended: true });
    expect(asked).toEqual([0]);
    expect(firsts).toEqual([]);
  });

  it('gives the beginning at once and reads every event of a long one exactly once', async () => {
    const count = PAGE_ROWS * 5 + 7;
    const { asked, read, readEnd } = server(count);
    const firsts: number[] = [];
    const history = await loadHistory({ known: undefined, read, readEnd, onFirst: ({ events }) => firsts.push(events.length) });
    expect(history.events.map(({ id }) => id)).toEqual(eventsOf(count).map(({ id }) => id));
    expect(history.ended).toBe(true);
    expect(new Set(firsts)).toEqual(new Set([PAGE_ROWS]));
    expect(asked.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5].map((page) => page * PAGE_ROWS));
  });

  it('goes on from what is here', async () => {
    const { asked, read, readEnd } = server(PAGE_ROWS + 300);
    const known = { events: eventsOf(300), total: PAGE_ROWS + 300, ended: false };
    const history = await loadHistory({ known, read, readEnd, onFirst: () => expect.unreachable('something is drawn already') });
    expect(history.events).toHaveLength(PAGE_ROWS + 300);
    expect(asked).toEqual([300, PAGE_ROWS + 300]);
  });

  it('tells of each page that joins, and changes no word of it', async () => {
    const { read, readEnd } = server(PAGE_ROWS * 4);
    const lengths: number[] = [];
    const worded = async (after: number) => {
      const page = await read(after);
      return { ...page, rows: page.rows.map((row) => ({ ...row, worker: `worker-${row.id % 2}` })) };
    };
    const { events } = await loadHistory({
      known: undefined,
      read: worded,
      readEnd,
      onFirst: () => undefined,
      onMore: (some) => lengths.push(some.length),
    });
    expect(lengths).toEqual([2, 3, 4].map((pages) => pages * PAGE_ROWS));
    expect(new Set(events.map(({ worker }) => worker))).toEqual(new Set(['worker-0', 'worker-1']));
  });

  it('joins only what follows when pages come short', async () => {
    const count = PAGE_ROWS * 3;
    const { read, readEnd } = server(count, 1000);
    const history = await loadHistory({ known: undefined, read, readEnd, onFirst: () => undefined });
    expect(history.events.map(({ id }) => id)).toEqual(eventsOf(count).map(({ id }) => id));
  });

  it('gives both ends of a long history before what lies between, and no end of a short one', async () => {
    const count = PAGE_ROWS * 3;
    const { read, readEnd } = server(count);
    const firsts: RunHistory[] = [];
    const history = await loadHistory({ known: undefined, read, readEnd, onFirst: (first) => firsts.push(first) });
    expect(firsts.map(({ events, tail }) => [events.length, tail?.[0]?.id, tail?.at(-1)?.id])).toEqual([
      [PAGE_ROWS, undefined, undefined],
      [PAGE_ROWS, count - 199, count],
    ]);
    expect(history.tail).toBeUndefined();
    const known = { events: eventsOf(300), total: PAGE_ROWS, ended: false };
    const never = async () => expect.unreachable('the rest comes with one page');
    await loadHistory({ known, read: server(PAGE_ROWS).read, readEnd: never, onFirst: never });
  });

  it('is read all the same by a server that does not tell its end, and hears nothing of an end that comes late', async () => {
    const count = PAGE_ROWS * 3;
    const { read } = server(count);
    const firsts: RunHistory[] = [];
    const onFirst = (first: RunHistory) => void firsts.push(first);
    const refused = await loadHistory({ known: undefined, read, readEnd: () => Promise.reject(new Error('no')), onFirst });
    expect(refused.events).toHaveLength(count);
    let answer: (rows: readonly RunEvent[]) => void = () => undefined;
    const late = new Promise<readonly RunEvent[]>((resolve) => {
      answer = resolve;
    });
    await loadHistory({ known: undefined, read, readEnd: () => late, onFirst });
    answer(eventsOf(count).slice(-10));
    await late;
    expect(firsts.map(({ tail }) => tail)).toEqual([undefined, undefined]);
  });
});

describe('loadBeginning', () => {
  it('reads one page of a long history, and no more of it afterwards', async () => {
    const { asked, read } = server(PAGE_ROWS * 2);
    const first = await loadBeginning(undefined, read);
    expect([first.events.length, first.total, first.ended]).toEqual([PAGE_ROWS, PAGE_ROWS * 2, false]);
    expect(await loadBeginning(first, read)).toBe(first);
    expect(asked).toEqual([0]);
  });

  it('reads what joined a history since, until it has ended', async () => {
    const known = { events: eventsOf(5), total: 5, ended: false };
    const { asked, read } = server(7);
    const grown = await loadBeginning(known, read);
    expect(grown).toEqual({ events: eventsOf(7), total: 7, ended: true });
    expect(await loadBeginning(grown, read)).toBe(grown);
    expect(asked).toEqual([5]);
  });
});
