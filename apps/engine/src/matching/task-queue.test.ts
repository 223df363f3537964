import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Waiting } from './model/backlog.ts';
import type { Poller } from './task-queue.ts';
import { TaskQueue } from './task-queue.ts';

interface Task extends Waiting {
  readonly name: string;
}

const START = 1_000_000;
let now = START;
let queue: TaskQueue<Task>;

/** The queue's clock and its timers move together. */
function pass(ms: number): void {
  now += ms;
  vi.advanceTimersByTime(ms);
}

beforeEach(() => {
  vi.useFakeTimers();
  now = START;
  queue = new TaskQueue<Task>(() => now);
});
afterEach(() => {
  vi.useRealTimers();
});

const task = (name: string, priority = 3): Task => ({ name, priority, fairness: { key: '', weight: 0 }, addedAt: now });

function poller(changes: Partial<Poller> = {}): Poller {
  return {
    identity: 'worker',
    workerInstanceKey: '',
    deadline: now + 60_000,
    signal: new AbortController().signal,
    buildId: '',
    tasksPerSecondMax: undefined,
    ...changes,
  };
}

describe('a task', () => {
  it('that waits is what the next poll gets, first come first served', async () => {
    queue.add(task('a'));
    queue.add(task('b'));
    expect((await queue.poll(poller()))?.name).toBe('a');
    expect((await queue.poll(poller()))?.name).toBe('b');
    expect(queue.stats().backlogCount).toBe(0);
  });

  it('goes to the poll that waited longest', async () => {
    const polls = [queue.poll(poller()), queue.poll(poller())];
    queue.add(task('a'));
    queue.add(task('b'));
    expect((await Promise.all(polls)).map((got) => got?.name)).toEqual(['a', 'b']);
    expect(queue.stats().backlogCount).toBe(0);
  });

  it('that is more urgent goes first', async () => {
    for (const [name, priority] of [
      ['c', 5],
      ['b', 3],
      ['a', 1],
      ['b2', 3],
      ['a2', 1],
    ] as const)
      queue.add(task(name, priority));
    const order: string[] = [];
    for (let at = 0; at < 5; at += 1) order.push((await queue.poll(poller()))?.name ?? '');
    expect(order).toEqual(['a', 'a2', 'b', 'b2', 'c']);
  });

  it('that is put back is again the first of its priority', async () => {
    queue.add(task('a'));
    queue.add(task('b'));
    const taken = await queue.poll(poller());
    if (taken !== undefined) queue.putBack(taken);
    expect((await queue.poll(poller()))?.name).toBe('a');
    expect((await queue.poll(poller()))?.name).toBe('b');
  });

  it('that is put back goes straight to a waiting worker', async () => {
    const waiting = queue.poll(poller());
    queue.putBack(task('a'));
    expect((await waiting)?.name).toBe('a');
    expect(queue.stats().backlogCount).toBe(0);
  });

  it('is never given twice or lost among many polls', async () => {
    const count = 500;
    const polls: Promise<Task | undefined>[] = [];
    for (let at = 0; at < count; at += 1) {
      if (at % 2 === 0) polls.push(queue.poll(poller()));
      queue.add(task(`t${at}`, 1 + (at % 5)));
      if (at % 2 === 1) polls.push(queue.poll(poller()));
    }
    const names = (await Promise.all(polls)).map((got) => got?.name);
    expect(new Set(names).size).toBe(count);
    expect(names).not.toContain(undefined);
  });
});

describe('a poll', () => {
  it('comes back empty at its deadline and takes nothing afterwards', async () => {
    const poll = queue.poll(poller({ deadline: now + 1000 }));
    pass(999);
    expect(queue.isIdle()).toBe(false);
    pass(1);
    expect(await poll).toBeUndefined();
    queue.add(task('a'));
    expect(queue.stats().backlogCount).toBe(1);
  });

  it('whose deadline has passed comes back at once', async () => {
    const poll = queue.poll(poller({ deadline: now - 1 }));
    pass(0);
    expect(await poll).toBeUndefined();
  });

  it('whose worker went away takes no task', async () => {
    const gone = new AbortController();
    const first = queue.poll(poller({ signal: gone.signal }));
    const second = queue.poll(poller());
    gone.abort();
    queue.add(task('a'));
    expect(await first).toBeUndefined();
    expect((await second)?.name).toBe('a');
  });

  it('of a worker that is gone already takes no task either', async () => {
    queue.add(task('a'));
    expect(await queue.poll(poller({ signal: AbortSignal.abort() }))).toBeUndefined();
    expect(queue.stats().backlogCount).toBe(1);
  });

  it('is released with the others of its worker', async () => {
    const leaving = [queue.poll(poller({ workerInstanceKey: 'one' })), queue.poll(poller({ workerInstanceKey: 'one' }))];
    const staying = queue.poll(poller({ workerInstanceKey: 'two' }));
    queue.release('one');
    expect(await Promise.all(leaving)).toEqual([undefined, undefined]);
    queue.add(task('a'));
    expect((await staying)?.name).toBe('a');
  });
});

describe('a closed queue', () => {
  it('gives back what waited and answers no poll', async () => {
    queue.add(task('b'));
    queue.add(task('a', 1));
    expect(queue.close().map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await queue.poll(poller())).toBeUndefined();
    expect(queue.hasPolled(60_000)).toBe(false);
  });

  it('lets waiting polls go', async () => {
    const waiting = queue.poll(poller());
    expect(queue.close()).toEqual([]);
    expect(await waiting).toBeUndefined();
  });
});

describe('what is told of a queue', () => {
  it('is how much waits and for how long', () => {
    queue.add(task('a'));
    pass(4000);
    queue.add(task('urgent', 1));
    pass(1000);
    expect(queue.stats()).toMatchObject({ backlogCount: 2, backlogAgeMs: 5000 });
  });

  it('is its rates over the last half minute', async () => {
    for (let at = 0; at < 60; at += 1) queue.add(task(`t${at}`));
    for (let at = 0; at < 30; at += 1) await queue.poll(poller());
    expect(queue.stats()).toMatchObject({ addedPerSecond: 2, dispatchedPerSecond: 1 });
    pass(31_000);
    expect(queue.stats()).toMatchObject({ addedPerSecond: 0, dispatchedPerSecond: 0 });
  });

  it('is who polled lately', async () => {
    queue.add(task('a'));
    await queue.poll(poller({ identity: 'one', buildId: 'v1', tasksPerSecondMax: 5 }));
    expect(queue.pollers()).toEqual([{ identity: 'one', buildId: 'v1', tasksPerSecondMax: 5, lastAccessAt: START }]);
    expect(queue.hasPolled(10_000)).toBe(true);
    pass(10_001);
    expect(queue.hasPolled(10_000)).toBe(false);
    pass(5 * 60_000);
    expect(queue.pollers()).toEqual([]);
    expect(queue.isIdle()).toBe(true);
  });

  it('is that somebody polls, as long as a poll waits', async () => {
    const waiting = queue.poll(poller({ deadline: now + 60_000 }));
    pass(30_000);
    expect(queue.hasPolled(10_000)).toBe(true);
    queue.release();
    await waiting;
  });
});

describe('a rate limit', () => {
  /** How many of many waiting tasks go out within this time, to a worker that always asks again. */
  async function handedOut(ms: number, changes: Partial<Poller> = {}): Promise<number> {
    for (let at = 0; at < 50; at += 1) queue.add(task(`t${at}`));
    let count = 0;
    const work = async (): Promise<void> => {
      while ((await queue.poll(poller({ deadline: START + ms, ...changes }))) !== undefined) count += 1;
    };
    const done = work();
    for (let passed = 0; passed <= ms; passed += 50) {
      pass(50);
      await vi.advanceTimersByTimeAsync(0);
    }
    await done;
    return count;
  }

  it('that a worker asks for holds for its queue', async () => {
    expect(await handedOut(3000, { tasksPerSecondMax: 2 })).toBeLessThanOrEqual(8);
  });

  it('that is set goes before what workers ask for, and can be taken away', async () => {
    queue.limit(2);
    expect(await handedOut(3000, { tasksPerSecondMax: 100 })).toBeLessThanOrEqual(8);
    queue.limit(undefined);
    expect(queue.stats().backlogCount).toBeGreaterThan(0);
    expect(await queue.poll(poller())).toBeDefined();
  });

  it('of nothing keeps every task, until it is lifted', async () => {
    queue.limit(0);
    queue.add(task('a'));
    const polled = queue.poll(poller());
    pass(5000);
    queue.limit(undefined);
    expect((await polled)?.name).toBe('a');
  });
});

describe('how many polls a worker is told to hold', () => {
  it('is fewer after a poll that waited long', () => {
    expect(queue.pollsWanted(1000)).toBe(-1);
  });

  it('stays where tasks are taken as they come', () => {
    expect(queue.pollsWanted(0)).toBeUndefined();
  });

  it('is more where tasks wait, ten times a second at most', () => {
    for (let at = 0; at < 20; at += 1) queue.add(task(`${at}`));
    pass(201);
    const told = Array.from({ length: 15 }, () => queue.pollsWanted(0));
    expect(told).toEqual([...Array.from({ length: 10 }, () => 1), ...Array.from({ length: 5 }, () => undefined)]);
    pass(1000);
    expect(queue.pollsWanted(0)).toBe(1);
  });

  it('is more where more tasks come than go, however young they are', async () => {
    queue.add(task('first'));
    queue.add(task('second'));
    await queue.poll(poller());
    expect(queue.pollsWanted(0)).toBe(1);
  });
});
