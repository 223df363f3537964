import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../test/support/random.ts';
import type { Ranked } from './min-heap.ts';
import { MinHeap } from './min-heap.ts';

function drain<Value>(heap: MinHeap<Value>): Ranked<Value>[] {
  const all: Ranked<Value>[] = [];
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) all.push(item);
  return all;
}

describe('a heap', () => {
  it('is empty at first', () => {
    const heap = new MinHeap<string>();
    expect(heap.size).toBe(0);
    expect(heap.peek()).toBeUndefined();
    expect(heap.pop()).toBeUndefined();
    expect(heap.size).toBe(0);
  });

  it('shows the first without taking it', () => {
    const heap = new MinHeap<string>();
    heap.push({ rank: 2, value: 'later' });
    heap.push({ rank: 1, value: 'sooner' });
    expect(heap.peek()).toMatchObject({ rank: 1, value: 'sooner' });
    expect(heap.size).toBe(2);
  });

  it('takes ranks beyond any number', () => {
    const heap = new MinHeap<string>();
    for (const at of [Infinity, 5, -Infinity, 0]) heap.push({ rank: at, value: String(at) });
    expect(drain(heap).map(({ rank }) => rank)).toEqual([-Infinity, 0, 5, Infinity]);
  });

  it('gives items of one rank in the order they came', () => {
    const heap = new MinHeap<number>();
    for (let value = 0; value < 100; value += 1) heap.push({ rank: value % 3, value });
    const expected = Array.from({ length: 100 }, (_, value) => value).sort((a, b) => (a % 3) - (b % 3) || a - b);
    expect(drain(heap).map(({ value }) => value)).toEqual(expected);
  });

  it('is always in order, whatever is put in and taken out in between', () => {
    const random = new SeededRandom(7);
    const heap = new MinHeap<number>();
    const model: number[] = [];
    let taken = 0;
    for (let step = 0; step < 20_000; step += 1) {
      if (random.chance(0.55)) {
        const at = random.below(500);
        heap.push({ rank: at, value: at });
        model.push(at);
        continue;
      }
      model.sort((a, b) => a - b);
      expect(heap.pop()?.rank).toBe(model.shift());
      expect(heap.size).toBe(model.length);
      taken += 1;
    }
    expect(taken).toBeGreaterThan(5000);
    expect(drain(heap).map(({ rank }) => rank)).toEqual(model.sort((a, b) => a - b));
  });
});
