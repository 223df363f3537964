import { describe, expect, it } from 'vitest';
import type { Waiting } from './backlog.ts';
import { Backlog } from './backlog.ts';

interface Task extends Waiting {
  readonly id: number;
}

let id = 0;
const task = (key: string, { weight = 0, priority = 3 }: { readonly weight?: number; readonly priority?: number } = {}): Task => ({
  id: (id += 1),
  priority,
  addedAt: id,
  fairness: { key, weight },
});
const many = (count: number, key: string, over?: Parameters<typeof task>[1]): Task[] =>
  Array.from({ length: count }, () => task(key, over));

function filled(...tasks: readonly Task[]): Backlog<Task> {
  const backlog = new Backlog<Task>();
  for (const one of tasks) backlog.push(one);
  return backlog;
}
/** The keys of the next tasks, in order, all taken at one moment. */
const keysOf = (backlog: Backlog<Task>, count: number, now = 0): string[] =>
  Array.from({ length: count }, () => backlog.shift(now)?.fairness.key ?? '-');
const countOf = (keys: readonly string[], key: string): number => keys.filter((one) => one === key).length;

describe('tasks without a key', () => {
  it('come in the order they were put in', () => {
    const tasks = many(3000, '');
    const backlog = filled(...tasks);
    expect(tasks.map(() => backlog.shift(0)?.id)).toEqual(tasks.map((one) => one.id));
    expect([backlog.size, backlog.wait(0)]).toEqual([0, Infinity]);
  });

  it('of a more urgent priority come first, and one that was put back before its like', () => {
    const backlog = filled(task('low', { priority: 5 }), task('high', { priority: 1 }), task('high', { priority: 1 }));
    const first = backlog.shift(0);
    if (first !== undefined) backlog.unshift(first);
    expect([backlog.shift(0)?.id, ...keysOf(backlog, 2)]).toEqual([first?.id, 'high', 'low']);
  });
});

describe('keys of one priority', () => {
  it('take turns, however many tasks one of them has', () => {
    const backlog = filled(...many(1000, 'busy'), ...many(3, 'rare'));
    expect(keysOf(backlog, 6)).toEqual(['busy', 'rare', 'busy', 'rare', 'busy', 'rare']);
  });

  it('share by weight', () => {
    const backlog = filled(...many(400, 'one', { weight: 1 }), ...many(400, 'three', { weight: 3 }));
    const keys = keysOf(backlog, 400);
    expect(Math.abs(countOf(keys, 'three') - 300)).toBeLessThanOrEqual(2);
  });

  it('that come late begin where the others are', () => {
    const backlog = filled(...many(100, 'early'));
    keysOf(backlog, 50);
    for (const one of many(100, 'late')) backlog.push(one);
    expect(countOf(keysOf(backlog, 20), 'late')).toBe(10);
  });

  it('with one task at a time do not starve one with many', () => {
    const backlog = filled(...many(100, 'many'));
    let ofMany = 0;
    for (let turn = 0; turn < 50; turn += 1) {
      backlog.push(task('single'));
      if (backlog.shift(0)?.fairness.key === 'many') ofMany += 1;
    }
    expect(ofMany).toBeGreaterThanOrEqual(24);
  });

  it('have the weights that were set for the queue, within bounds', () => {
    const backlog = filled(...many(400, 'plain'), ...many(400, 'heavy'));
    backlog.configure({ weights: { heavy: 3 } });
    expect(Math.abs(countOf(keysOf(backlog, 400), 'heavy') - 300)).toBeLessThanOrEqual(2);
    backlog.configure({ weights: { heavy: 1e9, plain: 1e9 } });
    expect(Math.abs(countOf(keysOf(backlog, 100), 'heavy') - 50)).toBeLessThanOrEqual(2);
  });

  it('are forgotten when they have long had nothing', () => {
    const backlog = filled(...many(2000, 'steady'));
    for (let key = 0; key < 500; key += 1) {
      backlog.push(task(`passing ${key}`));
      keysOf(backlog, 2);
    }
    expect(backlog.size).toBe(2000 + 500 - 1000);
    expect(countOf(keysOf(backlog, 1500), 'steady')).toBe(1500);
  });
});

describe('a rate for each key', () => {
  /** Tasks taken in this time, looked at every ten milliseconds. */
  function takenIn(backlog: Backlog<Task>, ms: number): string[] {
    const keys: string[] = [];
    for (let now = 0; now < ms; now += 10)
      for (let one = backlog.shift(now); one !== undefined; one = backlog.shift(now)) keys.push(one.fairness.key);
    return keys;
  }

  it('holds each to its own, by its weight', () => {
    const backlog = filled(...many(500, 'a'), ...many(500, 'b', { weight: 2 }));
    backlog.configure({ perSecond: 10 });
    const keys = takenIn(backlog, 5000);
    expect([countOf(keys, 'a'), countOf(keys, 'b')]).toEqual([59, 119]);
  });

  it('holds over priorities, and over times without tasks', () => {
    const backlog = new Backlog<Task>();
    backlog.configure({ perSecond: 2 });
    let taken = 0;
    for (let now = 0; now < 3000; now += 10) {
      backlog.push(task('a', { priority: 1 + (now % 2) }));
      if (backlog.shift(now) !== undefined) taken += 1;
    }
    expect(taken).toBe(7);
  });

  it('of one key does not hold up others, less urgent ones either', () => {
    const backlog = filled(...many(5, 'a', { priority: 1 }), task('b'));
    backlog.configure({ perSecond: 1 });
    expect(keysOf(backlog, 3)).toEqual(['a', 'b', '-']);
    expect(backlog.wait(0)).toBe(1000);
    expect(keysOf(backlog, 1, 1000)).toEqual(['a']);
  });

  it('that is taken away lets all go', () => {
    const backlog = filled(...many(5, 'a'));
    backlog.configure({ perSecond: 0 });
    expect([backlog.shift(0), backlog.wait(0)]).toEqual([undefined, Infinity]);
    backlog.configure({});
    expect(backlog.wait(0)).toBe(0);
    expect(keysOf(backlog, 5)).toEqual(['a', 'a', 'a', 'a', 'a']);
  });
});
