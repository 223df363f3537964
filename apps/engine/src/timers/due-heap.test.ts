import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../test/support/random.ts';
import type { Due } from './due-heap.ts';
import { DueHeap } from './due-heap.ts';

function drain<Value>(heap: DueHeap<Value>): Due<Value>[] {
  const all: Due<Value>[] = [];
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) all.push(item);
  return all;
}

describe('a heap of moments', () => {
  it('is empty at first', () => {
    const heap = new DueHeap<string>();
    expect(heap.size).toBe(0);
    expect(heap.peek()).toBeUndefined();
    expect(heap.pop()).toBeUndefined();
    expect(heap.size).toBe(0);
  });

  it('shows the earliest without taking it', () => {
    const heap = new DueHeap<string>();
    heap.push({ at: 2, value: 'later' });
    heap.push({ at: 1, value: 'sooner' });
    expect(heap.peek()).toEqual({ at: 1, value: 'sooner' });
    expect(heap.size).toBe(2);
  });

  it('takes moments beyond any clock', () => {
    const heap = new DueHeap<string>();
    for (const at of [Infinity, 5, -Infinity, 0]) heap.push({ at, value: String(at) });
    expect(drain(heap).map(({ at }) => at)).toEqual([-Infinity, 0, 5, Infinity]);
  });

  it('keeps every item of one moment', () => {
    const heap = new DueHeap<number>();
    for (let value = 0; value < 100; value += 1) heap.push({ at: value % 3, value });
    const values = drain(heap).map(({ value }) => value);
    expect(new Set(values).size).toBe(100);
  });

  it('is always in order, whatever is put in and taken out in between', () => {
    const random = new SeededRandom(7);
    const heap = new DueHeap<number>();
    const model: number[] = [];
    let taken = 0;
    for (let step = 0; step < 20_000; step += 1) {
      if (random.chance(0.55)) {
        const at = random.below(500);
        heap.push({ at, value: at });
        model.push(at);
        continue;
      }
      model.sort((a, b) => a - b);
      expect(heap.pop()?.at).toBe(model.shift());
      expect(heap.size).toBe(model.length);
      taken += 1;
    }
    expect(taken).toBeGreaterThan(5000);
    expect(drain(heap).map(({ at }) => at)).toEqual(model.sort((a, b) => a - b));
  });
});
