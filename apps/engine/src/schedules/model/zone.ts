/** A time zone: between the instants of the world and the wall clock of a place. */
import { tzOffset } from '@date-fns/tz';
import type { Instant } from '../../kernel/ports.ts';

/** What a wall clock shows, as if it were UTC; in milliseconds. */
export type LocalTime = number;

const MINUTE_MS = 60_000;
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

  /**
   * Where to begin to look for local times that come after an instant. Near a change of the clock that is earlier than the wall clock shows,
   * because local times may come twice.
   */
  searchFrom(after: Instant): LocalTime {
    const local = this.toLocal(after) + 1;
    return this.offset(after - SHIFT_MS) === this.offset(after + SHIFT_MS) ? local : local - SHIFT_MS;
  }

  /** The instant of a local time: the later one where it comes twice, nothing where it is skipped. */
  toInstant(local: LocalTime): Instant | undefined {
    for (const offset of [this.offset(local + SHIFT_MS - this.offset(local)), this.offset(local - SHIFT_MS - this.offset(local))]) {
      const at = local - offset;
      if (this.offset(at) === offset) return at;
    }
    return undefined;
  }

  private offset(at: Instant): number {
    return this.name === 'UTC' ? 0 : Math.round(tzOffset(this.name, new Date(at)) * MINUTE_MS);
  }
}
