import { describe, expect, it } from 'vitest';
import { rowWindow, topFor } from './row-window.ts';

describe('rowWindow', () => {
  it('holds whole chunks around what is in sight', () => {
    expect(rowWindow({ top: 0, height: 570 }, 32, 100)).toEqual({ first: 0, end: 32, seenFirst: 0, seenEnd: 18 });
    expect(rowWindow({ top: 640, height: 570 }, 32, 100)).toEqual({ first: 8, end: 48, seenFirst: 20, seenEnd: 38 });
  });

  it('holds the same while a chunk is passed', () => {
    const held = ({ first, end }: { first: number; end: number }) => [first, end];
    expect(held(rowWindow({ top: 520, height: 256 }, 32, 100))).toEqual(held(rowWindow({ top: 576, height: 256 }, 32, 100)));
  });

  it('holds no more than there is', () => {
    expect(rowWindow({ top: 0, height: 570 }, 32, 3)).toEqual({ first: 0, end: 3, seenFirst: 0, seenEnd: 3 });
    expect(rowWindow({ top: 0, height: 570 }, 32, 0)).toEqual({ first: 0, end: 0, seenFirst: 0, seenEnd: 0 });
  });

  it('shows the last rows to who is scrolled further than they reach', () => {
    expect(rowWindow({ top: 9000, height: 64 }, 32, 40)).toEqual({ first: 24, end: 40, seenFirst: 38, seenEnd: 40 });
  });
});

describe('topFor', () => {
  const view = { top: 320, height: 160 };

  it('stays where the row is in sight', () => {
    expect(topFor(10, 32, view)).toBe(320);
    expect(topFor(14, 32, view)).toBe(320);
  });

  it('goes as far as it has to', () => {
    expect(topFor(9, 32, view)).toBe(288);
    expect(topFor(15, 32, view)).toBe(352);
  });
});
