/** A time zone: between the instants of the world and the wall clock of a place. */
import { tzOffset } from '@date-fns/tz';
import type { Instant } from '../../kernel/ports.ts';

/** What a wall clock shows, as if it were UTC; in milliseconds. */
export type LocalTime = number;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** No zone's offset moves by more at once, and none moves twice within it. */
const SHIFT_MS = 3 * 60 * MINUTE_MS;

export class Zone {
  private constructor(private readonly name: string) {}

  /** Nothing when there is no such zone. An empty name is UTC. */
  static find(name: string): Zone | undefined {
    const zone = new Zone(name || 'UTC');
    return Number.isNaN(tzOffset(zone.name, new Date(0))) ? undefined : zone;
  }

  toLocal(at: Instant): LocalTime {
    return at + this.offset(at);
  }

  /** The moment after this one at which the clock is moved, if that is near. */
  changeSoonAfter(at: Instant): Instant | undefined {
    return this.changeIn(at, at + SHIFT_MS);
  }

  /** Where to go on after a local time that is skipped. */
  searchPast(skipped: LocalTime): LocalTime {
    const change = this.changeIn(skipped - DAY_MS, skipped + DAY_MS);
    return Math.max(change === undefined ? 0 : this.toLocal(change), skipped + 1000);
  }

  /** The first moment with the offset that clocks have at the end of a span, if that is not the one of its beginning. */
  private changeIn(from: Instant, to: Instant): Instant | undefined {
    const before = this.offset(from);
    if (this.offset(to) === before) return undefined;
    let [low, high] = [from, to];
    while (Math.floor(high / 1000) > Math.floor(low / 1000)) {
      const middle = Math.floor((low + high) / 2);
      if (this.offset(middle) === before) low = middle + 1;
      else high = middle;
    }
    return Math.floor(high / 1000) * 1000;
  }

  /** The first instant of a local time that is not before another: it comes twice where the clock is moved back, and never where it skips. */
  toInstant(local: LocalTime, notBefore: Instant): Instant | undefined {
    for (const side of [-SHIFT_MS, SHIFT_MS]) {
      const offset = this.offset(local - this.offset(local) + side);
      const at = local - offset;
      if (at >= notBefore && this.offset(at) === offset) return at;
    }
    return undefined;
  }

  private offset(at: Instant): number {
    return this.name === 'UTC' ? 0 : Math.round(tzOffset(this.name, new Date(at)) * MINUTE_MS);
  }
}
