import type { Duration, Instant } from '../kernel/ports.ts';

/** Spreads operations evenly over time. */
export class Pace {
  private nextAt: Instant = 0;
  private readonly interval: Duration;

  constructor(perSecond: number) {
    this.interval = 1000 / perSecond;
  }

  /** Takes the next turn, and says how long it is until then. */
  take(now: Instant): Duration {
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + this.interval;
    return at - now;
  }
}
