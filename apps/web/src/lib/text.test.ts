import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount } from './number.ts';
import { middleCut, withTail } from './text.ts';
import { formatClock } from './time.ts';

describe('numbers, text and clocks', () => {
  it('parts thousands and rounds sizes', () => {
    expect([formatCount(1_284), formatBytes(412), formatBytes(38_200)]).toEqual(['1\u00a0284', '412 B', '38.2 kB']);
  });
  it('cuts the middle', () => expect(middleCut('0198a4b1-7c2e-c2e1', 12)).toBe('0198a4b1…2e1'));
  it('cuts no character in two', () => {
    for (let chars = 4; chars < 12; chars += 1) expect(middleCut('👩'.repeat(9), chars).isWellFormed()).toBe(true);
  });
  it('parts what is long before its end, and no character in two', () => {
    expect(withTail('order-8812', 20, 10)).toEqual(['order-8812', '']);
    expect(withTail('order-2026-11-22/parcel-3', 20, 10)).toEqual(['order-2026-11-2', '2/parcel-3']);
    for (let chars = 4; chars < 12; chars += 1)
      expect(withTail('👩'.repeat(12), 20, chars).every((part) => part.isWellFormed())).toBe(true);
  });
  it('knows zones and decimals', () => {
    expect(formatClock(1_747_310_304_456, 'UTC', 1)).toBe('11:58:24.4');
    expect(formatClock(1_747_310_304_456, 'Asia/Tokyo')).toBe('20:58:24');
  });
});
