/** Which of the product's keys a press is for. One listener asks this for the whole page, so no key of one part stands in front of another's. */
import type { KeybindingPress } from 'tinykeys';
import { matchKeybindingPress, parseKeybinding } from 'tinykeys';

/** What is read of a press. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'timeStamp' | 'repeat' | 'isComposing' | 'defaultPrevented' | 'getModifierState'>;

interface Bound {
  /** One press, or two after another: `g o`. */
  readonly keys: string;
  /** Goes before what is bound everywhere. */
  readonly isOfPage: boolean;
  readonly repeats?: boolean | undefined;
}

/** How long the first of two keys waits for the second. */
const SECOND_KEY_MS = 1000;
const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);

const parsed = new Map<string, readonly KeybindingPress[]>();

function pressesOf(keys: string): readonly KeybindingPress[] {
  const known = parsed.get(keys) ?? parseKeybinding(keys);
  parsed.set(keys, known);
  return known;
}

// Of an event tinykeys reads what `Press` has.
const isPress = (press: Press, wanted: KeybindingPress | undefined): boolean =>
  wanted !== undefined && matchKeybindingPress(press as KeyboardEvent, wanted);

/** Remembers the first of two keys. `mayAct` says whether a key is free to act now: not while somebody types. */
export class KeyDispatch<B extends Bound> {
  /** What may follow the key that was pressed last. */
  private waiting: { readonly at: number; readonly bounds: readonly B[] } | undefined;

  /** What the press is for; nothing for a first key, and for a press that is nobody's. */
  take(press: Press, bounds: readonly B[], mayAct: (bound: B) => boolean): B | undefined {
    if (MODIFIERS.has(press.key) || press.isComposing) return undefined;
    const isFree = (bound: B) => !press.defaultPrevented && mayAct(bound);
    // The first of two that is held still waits for the second.
    if (press.repeat) return bounds.find((bound) => bound.repeats && isPress(press, only(bound)) && isFree(bound));
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting !== undefined && press.timeStamp - waiting.at < SECOND_KEY_MS) {
      // The second of two keys is theirs alone: `a p` replays, and does nothing of what `p` does.
      const seconds = waiting.bounds.filter((bound) => isPress(press, pressesOf(bound.keys)[1]));
      if (seconds.length > 0) return first(seconds.filter((bound) => isFree(bound) && bounds.some(({ keys }) => keys === bound.keys)));
    }
    const begun = bounds.filter((bound) => pressesOf(bound.keys).length === 2 && isPress(press, pressesOf(bound.keys)[0]) && isFree(bound));
    if (begun.length > 0) {
      this.waiting = { at: press.timeStamp, bounds: begun };
      return undefined;
    }
    return first(bounds.filter((bound) => isPress(press, only(bound)) && isFree(bound)));
  }
}

const only = ({ keys }: Bound): KeybindingPress | undefined => (pressesOf(keys).length === 1 ? pressesOf(keys)[0] : undefined);

/** What a page makes of a key goes before what the key does everywhere. */
const first = <B extends Bound>(bounds: readonly B[]): B | undefined => bounds.find(({ isOfPage }) => isOfPage) ?? bounds[0];
