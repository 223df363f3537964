/** How many tasks a queue hands out in a second: a bucket that fills with time and holds one second's worth. */
import type { Instant } from '../../kernel/ports.ts';

export class RateLimit {
  private perSecond: number | undefined;
  private tokens = 0;
  private filledAt: Instant = 0;

  /** Undefined for no limit, 0 for nothing at all. */
  set(perSecond: number | undefined, now: Instant): void {
    if (perSecond === this.perSecond) return;
    this.perSecond = perSecond;
    this.tokens = this.capacity;
    this.filledAt = now;
  }

  /** Takes a place for one task. Answers how long to wait for the next place: 0 when it was taken, Infinity when none will come. */
  take(now: Instant): number {
    if (this.perSecond === undefined) return 0;
    if (this.perSecond <= 0) return Infinity;
    this.tokens = Math.min(this.capacity, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond);
    this.filledAt = now;
    if (this.tokens < 1) return ((1 - this.tokens) / this.perSecond) * 1000;
    this.tokens -= 1;
    return 0;
  }

  private get capacity(): number {
    return Math.max(1, this.perSecond ?? 1);
  }
}
