import { describe, expect, it } from 'vitest';
import { axisTicks, createTimeScale, idleFolds } from './time-scale.ts';

describe('createTimeScale', () => {
  it('is linear without folds, and its inverse comes back', () => {
    const scale = createTimeScale({ start: 1000, end: 3000 });
    expect(scale.at(1000)).toBe(0);
    expect(scale.at(2000)).toBe(50);
    expect(scale.invert(75)).toBe(2500);
  });

  it('keeps one scale on both sides of a fold', () => {
    const scale = createTimeScale({ start: 0, end: 100_000, folds: [{ from: 10_000, to: 90_000 }] });
    const before = scale.at(5_000) - scale.at(0);
    const after = scale.at(100_000) - scale.at(95_000);
    expect(after).toBeCloseTo(before, 6);
    expect(scale.at(100_000)).toBeCloseTo(100, 6);
    expect(scale.at(90_000) - scale.at(10_000)).toBeCloseTo(3.6, 6);
  });

  it('inverts through a fold', () => {
    const scale = createTimeScale({ start: 0, end: 100_000, folds: [{ from: 10_000, to: 90_000 }] });
    for (const ms of [0, 9_000, 50_000, 95_000, 100_000]) expect(scale.invert(scale.at(ms))).toBeCloseTo(ms, 3);
  });
});

describe('idleFolds', () => {
  it('cuts a long gap and leaves work alone', () => {
    const folds = idleFolds({
      start: 0,
      end: 100_000,
      busy: [
        { from: 0, to: 5_000 },
        { from: 95_000, to: 100_000 },
      ],
    });
    expect(folds).toHaveLength(1);
    expect(folds[0]?.from).toBeGreaterThan(5_000);
    expect(folds[0]?.to).toBeLessThan(95_000);
  });

  it('cuts nothing where somebody works all the time', () => {
    expect(idleFolds({ start: 0, end: 100_000, busy: [{ from: 0, to: 100_000 }] })).toEqual([]);
  });
});

describe('axisTicks', () => {
  it('stands at round distances and never inside a fold', () => {
    const scale = createTimeScale({ start: 0, end: 600_000, folds: [{ from: 20_000, to: 580_000 }] });
    const ticks = axisTicks(scale);
    expect(ticks.length).toBeGreaterThan(2);
    expect(ticks.some((tick) => tick.offset > 20_000 && tick.offset < 580_000)).toBe(false);
    expect(ticks.every((tick) => tick.offset % 1_000 === 0)).toBe(true);
  });

  it('fills a zoomed window only', () => {
    const scale = createTimeScale({ start: 0, end: 100_000 });
    const ticks = axisTicks(scale, { from: 40, to: 42 });
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.every((tick) => tick.a >= 39.9 && tick.a <= 42)).toBe(true);
  });
});
