import { describe, expect, it } from 'vitest';
import { createTimeScale } from '../../domain/time-scale.ts';
import type { Ground, Hold } from './hold.ts';
import { addressOf, behindMs, followed, FULL, holdIn, pannedTo, stepped, stretchOf, zoomedTo, zoomOf } from './hold.ts';
import { FIT, panBy, zoomAbout } from './zoom.ts';
import { ZoomControl } from './zoom-control.ts';

const START = 1_700_000_000_000;
const at = (ms: number) => START + ms;

/** A run that is so old, with the room an open one has at its right edge. */
function ground(ageMs: number, { isLive = true, folds = [] as { from: number; to: number }[] } = {}): Ground {
  return { scale: createTimeScale({ start: START, end: at(ageMs * 1.08), folds }), end: at(ageMs), isLive };
}
const seen = (hold: Hold, on: Ground) => zoomOf(stretchOf(hold, on), on.scale);
const movedTo = (hold: Hold, by: number, on: Ground) => pannedTo(panBy(seen(hold, on), by), { hold, zoom: seen(hold, on) }, on);

describe('inspect', () => {
  const hold: Hold = { mode: 'inspect', from: 20_000, to: 40_000 };

  it('shows the same stretch of time while the scale grows, folded or not', () => {
    const folds = [{ from: at(50_000), to: at(90_000) }];
    for (const on of [ground(100_000), ground(107_000), ground(250_000), ground(100_000, { folds })]) {
      const { offset, scale } = seen(hold, on);
      expect(on.scale.invert(offset)).toBeCloseTo(at(20_000), 2);
      expect(on.scale.invert(offset + 100 / scale)).toBeCloseTo(at(40_000), 2);
    }
  });

  it('is no more than everything', () => {
    expect(seen({ mode: 'inspect', from: 0, to: 900_000 }, ground(100_000))).toEqual(FIT);
    expect(seen({ mode: 'inspect', from: 800_000, to: 850_000 }, ground(100_000))).toMatchObject({
      offset: expect.closeTo(100 - (50_000 / 108_000) * 100, 5),
    });
  });

  it('falls behind in a run that goes on, and in no other', () => {
    expect(behindMs(hold, ground(170_000))).toBe(130_000);
    expect(behindMs({ ...hold, to: 180_000 }, ground(170_000))).toBe(0);
    expect(behindMs(hold, ground(170_000, { isLive: false }))).toBeUndefined();
    expect(behindMs(FULL, ground(170_000))).toBeUndefined();
  });
});

describe('follow', () => {
  it('begins with a zoom that keeps now in sight, and now stays at one place', () => {
    const on = ground(100_000);
    const hold = stepped(FULL, 2, on);
    expect(hold).toMatchObject({ mode: 'follow', past: expect.closeTo(50_000, 2) });
    const placeOfNow = (later: Ground) => {
      const { offset, scale } = seen(hold, later);
      return (later.scale.at(later.end) - offset) * scale;
    };
    expect(placeOfNow(on)).toBeCloseTo(100 / 1.08, 6);
    expect(placeOfNow(ground(130_000))).toBeCloseTo(100 / 1.08, 6);
  });

  it('keeps the point under a hand until now is out of sight', () => {
    const on = ground(100_000);
    const little = zoomAbout(FIT, 1.05, 0.5);
    const hold = zoomedTo(little, on);
    expect(hold.mode).toBe('follow');
    expect(seen(hold, on).offset).toBeCloseTo(little.offset, 5);
    expect(seen(hold, on).scale).toBeCloseTo(little.scale, 5);
    expect(zoomedTo(zoomAbout(FIT, 2, 0.5), on).mode).toBe('inspect');
  });

  it('ends with a pan to earlier, and is back with one that reaches now', () => {
    const on = ground(100_000);
    const hold = stepped(FULL, 4, on);
    const earlier = movedTo(hold, -0.01, on);
    expect(earlier.mode).toBe('inspect');
    expect(movedTo(movedTo(earlier, -1, on), 0.5, on).mode).toBe('inspect');
    expect(movedTo(earlier, 0.25, on).mode).toBe('follow');
    // Nothing has moved where nothing can.
    expect(movedTo(FULL, -0.25, on)).toBe(FULL);
  });

  it('zooms out to the whole run', () => {
    const on = ground(100_000);
    expect(stepped(stepped(FULL, 1.6, on), 1 / 1.6, on)).toEqual(FULL);
    expect(stepped({ mode: 'inspect', from: 10_000, to: 90_000 }, 0.1, on)).toEqual(FULL);
  });

  it('comes back to now with the width it had', () => {
    const on = ground(100_000);
    const hold = followed({ mode: 'inspect', from: 10_000, to: 30_000 }, on);
    const { from = 0, to = 0 } = stretchOf(hold, on) ?? {};
    expect(to - from).toBeCloseTo(20_000, 2);
    expect(from).toBeLessThan(100_000);
    expect(to).toBeGreaterThan(100_000);
    expect(followed({ mode: 'inspect', from: 0, to: 107_900_000 }, on)).toEqual(FULL);
  });

  it('is never in a run that is over', () => {
    const on = ground(100_000, { isLive: false });
    expect(stepped(FULL, 2, on).mode).toBe('inspect');
    expect(zoomedTo({ scale: 4, offset: 75 }, on).mode).toBe('inspect');
    // The link of somebody who followed it shows its last moments.
    expect(stretchOf({ mode: 'follow', past: 5_000 }, on)?.from).toBeCloseTo(95_000, 2);
  });
});

describe('the address', () => {
  it('brings back what was seen', () => {
    const holds: Hold[] = [
      FULL,
      { mode: 'inspect', from: 0, to: 9_000 },
      { mode: 'follow', past: 60_000 },
      { mode: 'follow', past: 60_000, ahead: 50 },
    ];
    for (const hold of holds) expect(holdIn(addressOf(hold))).toEqual(hold);
  });

  it('is in whole milliseconds, but for windows of a few', () => {
    expect(addressOf({ mode: 'inspect', from: 20_000.4321, to: 40_000.6789 })).toEqual({ t0: 20_000, t1: 40_001 });
    expect(addressOf({ mode: 'inspect', from: 1.23456, to: 4.56789 })).toEqual({ t0: 1.2346, t1: 4.5679 });
    expect(addressOf({ mode: 'inspect', from: -1e-9, to: 40_000 })).toEqual({ t0: 0, t1: 40_000 });
    expect(addressOf({ mode: 'follow', past: 60_000.123 })).toEqual({ t0: -60_000, t1: null });
  });

  it('that means nothing is the whole run', () => {
    for (const [t0, t1] of [
      [null, null],
      [null, 5],
      [5, null],
      [5, 5],
      [9, 5],
      [Number.NaN, 5],
      [5, Number.POSITIVE_INFINITY],
    ] as const)
      expect(holdIn({ t0, t1 })).toEqual(FULL);
  });
});

describe('ZoomControl', () => {
  it('has nothing drawn for a change of the scale alone', () => {
    for (const hold of [FULL, { mode: 'inspect', from: 20_000, to: 40_000 }] satisfies Hold[]) {
      const control = new ZoomControl(hold, ground(100_000));
      let drawings = 0;
      control.subscribe(() => (drawings += 1));
      const drawn = control.drawn();
      for (const age of [101_000, 120_000, 300_000]) {
        control.settle(ground(age));
        expect(control.live()).toEqual(seen(hold, ground(age)));
      }
      expect(drawings).toBe(0);
      expect(control.drawn()).toBe(drawn);
    }
  });

  it('has what follows drawn anew once it has gone an eighth of its width', () => {
    const control = new ZoomControl({ mode: 'follow', past: 10_000 }, ground(100_000));
    let drawings = 0;
    control.subscribe(() => (drawings += 1));
    control.settle(ground(101_000));
    expect(drawings).toBe(0);
    control.settle(ground(102_000));
    expect(drawings).toBe(1);
  });
});
