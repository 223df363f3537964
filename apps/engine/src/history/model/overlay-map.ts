/**
 * A map laid over another: reads fall through, writes stay here until `settle`. A decision works on overlays, so that it costs what it
 * changes and leaves the committed state untouched when it is thrown away.
 */
export interface ReadMap<K, V> {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  values(): Iterable<V>;
  entries(): Iterable<readonly [K, V]>;
}

export class OverlayMap<K, V> implements ReadMap<K, V> {
  private readonly changed = new Map<K, V | typeof REMOVED>();
  private count: number;

  constructor(private readonly base: ReadMap<K, V>) {
    this.count = base.size;
  }

  static of<K, V>(entries: Iterable<readonly [K, V]>): OverlayMap<K, V> {
    return new OverlayMap(new Map<K, V>(entries));
  }

  static empty<K, V>(): OverlayMap<K, V> {
    return new OverlayMap(new Map<K, V>());
  }

  get size(): number {
    return this.count;
  }

  get(key: K): V | undefined {
    const own = this.changed.get(key);
    if (own === undefined) return this.base.get(key);
    return own === REMOVED ? undefined : own;
  }

  has(key: K): boolean {
    const own = this.changed.get(key);
    return own === undefined ? this.base.has(key) : own !== REMOVED;
  }

  set(key: K, value: V): void {
    if (!this.has(key)) this.count += 1;
    this.changed.set(key, value);
  }

  delete(key: K): void {
    if (!this.has(key)) return;
    this.count -= 1;
    this.changed.set(key, REMOVED);
  }

  *entries(): Iterable<readonly [K, V]> {
    for (const [key, value] of this.base.entries()) if (!this.changed.has(key)) yield [key, value];
    for (const [key, value] of this.changed) if (value !== REMOVED) yield [key, value];
  }

  *values(): Iterable<V> {
    for (const [, value] of this.entries()) yield value;
  }

  /** Writes the changes into the map below and returns a fresh overlay on it. The overlay must not be used afterwards. */
  settle(): OverlayMap<K, V> {
    const base = this.base instanceof OverlayMap ? this.base.settle().base : this.base;
    const target = base as Map<K, V>;
    for (const [key, value] of this.changed) {
      if (value === REMOVED) target.delete(key);
      else target.set(key, value);
    }
    return new OverlayMap(target);
  }
}

const REMOVED = Symbol('removed');
