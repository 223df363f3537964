import { describe, expect, it } from 'vitest';
import { firstLineOf, gistOf } from './finding.ts';

const LONG = '502 Bad Gateway: POST https://pay-gw.internal/v2/charges answered 502 from eu-2 after 5 204 ms';

describe('what somebody else wrote', () => {
  it('is cut between words, without what parts them', () => {
    expect(firstLineOf(LONG, 60)).toBe('502 Bad Gateway: POST https://pay-gw.internal/v2/charges…');
    expect(firstLineOf('one, two, three', 11)).toBe('one, two…');
    expect(firstLineOf('first\nsecond')).toBe('first');
  });

  it('is cut inside a word that has no end', () => {
    expect(firstLineOf('x'.repeat(20), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  it('is told by its first clause where it is too long, and whole where it is not', () => {
    expect(gistOf(LONG, 60)).toBe('502 Bad Gateway');
    expect(gistOf('The card was declined: expired_card', 60)).toBe('The card was declined: expired_card');
    expect(gistOf(`Error: ${'word '.repeat(20)}`, 20)).toBe('Error: word word…');
  });
});
