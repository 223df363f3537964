import { describe, expect, it } from 'vitest';
import { WrittenAddress } from './written-address.ts';

describe('WrittenAddress', () => {
  it('keeps what was written last while older ones are drawn', () => {
    const address = new WrittenAddress('/a');
    for (const href of ['/a?x', '/a?x&y', '/a?x&y&z']) address.write(href);
    expect(['/a', '/a?x', '/a?x&y', '/a?x&y&z'].map((href) => address.draw(href))).toEqual(Array(4).fill('/a?x&y&z'));
    expect(address.draw('/b')).toBe('/b');
  });

  it('takes several that are drawn at once for drawn, also the same twice', () => {
    const address = new WrittenAddress('/a');
    for (const href of ['/a?x', '/a', '/a?x']) address.write(href);
    expect(address.draw('/a?x')).toBe('/a?x');
    address.write('/a?y');
    expect(address.draw('/a')).toBe('/a?y');
    expect(address.draw('/a?y')).toBe('/a?y');
  });

  it('lets a navigation stand, and forgets what was written before it', () => {
    const address = new WrittenAddress('/a');
    address.write('/a?x');
    expect(address.draw('/b')).toBe('/b');
    expect(address.draw('/a?x')).toBe('/a?x');
    address.write('/a?y');
    address.leave('/c');
    expect(address.draw('/c')).toBe('/c');
  });
});
