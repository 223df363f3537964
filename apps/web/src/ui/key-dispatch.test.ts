import { describe, expect, it } from 'vitest';
import type { Press } from './key-dispatch.ts';
import { KeyDispatch } from './key-dispatch.ts';

const PAGE = ['h', 'u', 'w', 'p', 'j', 'a h', 'a u', 'a p', 'b s', 'b r', 'Shift+X', 'Escape'].map((keys) => ({
  keys,
  isOfPage: true,
  repeats: keys === 'j',
}));
const EVERYWHERE = ['g o', 'g w', 'p', 'l', '$mod+k'].map((keys) => ({ keys, isOfPage: false }));
const BOUND = [...EVERYWHERE, ...PAGE];

interface How {
  readonly at?: number;
  readonly modifier?: string;
  readonly repeat?: boolean;
  readonly defaultPrevented?: boolean;
}

const press = (key: string, { at = 0, modifier, repeat = false, defaultPrevented = false }: How = {}): Press => ({
  key,
  code: '',
  timeStamp: at,
  repeat,
  isComposing: false,
  defaultPrevented,
  getModifierState: (asked) => asked === modifier,
});

const anything = () => true;

/** What each press did, with 100 ms between them. */
function typed(keys: readonly string[], bounds: readonly { keys: string; isOfPage: boolean }[] = BOUND): readonly (string | undefined)[] {
  const dispatch = new KeyDispatch<(typeof bounds)[number]>();
  return keys.map((key, index) => dispatch.take(press(key, { at: index * 100 }), bounds, anything)?.keys);
}

describe('keys', () => {
  it('takes one two-key shortcut right after another', () => {
    expect(typed(['g', 'o', 'g', 'w'])).toEqual([undefined, 'g o', undefined, 'g w']);
    expect(typed(['b', 's', 'Escape', 'b', 'r'])).toEqual([undefined, 'b s', 'Escape', undefined, 'b r']);
  });

  it('gives the second of two keys to them alone, wherever the single key stands in the list', () => {
    expect(typed(['a', 'h'])).toEqual([undefined, 'a h']);
    expect(typed(['a', 'u', 'u'])).toEqual([undefined, 'a u', 'u']);
    expect(typed(['a', 'p', 'h'])).toEqual([undefined, 'a p', 'h']);
  });

  it('takes a key for itself after a first key that leads nowhere', () => {
    expect(typed(['a', 'w'])).toEqual([undefined, 'w']);
    expect(typed(['g', 'a', 'h'])).toEqual([undefined, undefined, 'a h']);
    expect(typed(['g', 'x', 'o'])).toEqual([undefined, undefined, undefined]);
  });

  it('forgets the first key after a second', () => {
    const dispatch = new KeyDispatch<(typeof BOUND)[number]>();
    expect(dispatch.take(press('a', { at: 0 }), BOUND, anything)).toBeUndefined();
    expect(dispatch.take(press('h', { at: 1200 }), BOUND, anything)?.keys).toBe('h');
  });

  it('goes by the keys as they were moved', () => {
    const moved = BOUND.map((bound) =>
      bound.keys === 'a h' ? { ...bound, keys: 'q z' } : bound.keys === 'l' ? { ...bound, keys: 'm' } : bound,
    );
    expect(typed(['q', 'z', 'a', 'h', 'm', 'l'], moved)).toEqual([undefined, 'q z', undefined, 'h', 'm', undefined]);
  });

  it('does nothing where a key is not free, and begins nothing there', () => {
    const dispatch = new KeyDispatch<(typeof BOUND)[number]>();
    const inField = ({ keys }: { keys: string }) => keys === '$mod+k';
    expect(dispatch.take(press('g'), BOUND, inField)).toBeUndefined();
    expect(dispatch.take(press('w', { at: 50 }), BOUND, anything)?.keys).toBe('w');
    expect(dispatch.take(press('k', { at: 100, modifier: 'Control' }), BOUND, inField)?.keys).toBe('$mod+k');
    // Begun outside, and gone on with in a field.
    expect(dispatch.take(press('g', { at: 200 }), BOUND, anything)).toBeUndefined();
    expect(dispatch.take(press('w', { at: 250 }), BOUND, inField)).toBeUndefined();
  });

  it('leaves alone what somebody else has taken', () => {
    const dispatch = new KeyDispatch<(typeof BOUND)[number]>();
    expect(dispatch.take(press('Escape', { defaultPrevented: true }), BOUND, anything)).toBeUndefined();
  });

  it('prefers what the page makes of a key to what it does everywhere', () => {
    const dispatch = new KeyDispatch<(typeof BOUND)[number]>();
    expect(dispatch.take(press('p'), BOUND, anything)?.isOfPage).toBe(true);
  });

  it('repeats steps alone, and a first key that is held still waits', () => {
    const dispatch = new KeyDispatch<(typeof BOUND)[number]>();
    expect(dispatch.take(press('j', { repeat: true }), BOUND, anything)?.keys).toBe('j');
    expect(dispatch.take(press('w', { repeat: true }), BOUND, anything)).toBeUndefined();
    dispatch.take(press('a', { at: 0 }), BOUND, anything);
    dispatch.take(press('a', { at: 300, repeat: true }), BOUND, anything);
    dispatch.take(press('Shift', { at: 350 }), BOUND, anything);
    expect(dispatch.take(press('h', { at: 400 }), BOUND, anything)?.keys).toBe('a h');
  });

  it('tells Shift from none', () => {
    const dispatch = new KeyDispatch<(typeof BOUND)[number]>();
    expect(dispatch.take(press('X', { modifier: 'Shift' }), BOUND, anything)?.keys).toBe('Shift+X');
    expect(dispatch.take(press('x'), BOUND, anything)).toBeUndefined();
  });
});
