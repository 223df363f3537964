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
    const wait = this.wait(now);
    if (wait === 0) this.tokens -= 1;
    return wait;
  }

  /** How long until there is a place: 0 when there is one now, Infinity when none will come. */
  wait(now: Instant): number {
    if (this.perSecond === undefined) return 0;
    if (this.perSecond <= 0) return Infinity;
    this.tokens = Math.min(this.capacity, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond);
    this.filledAt = now;
    return this.tokens < 1 ? ((1 - this.tokens) / this.perSecond) * 1000 : 0;
  }

  /** Whether nothing was taken for so long that it might as well be new. */
  isFull(now: Instant): boolean {
    return this.wait(now) === 0 && this.tokens === this.capacity;
  }

  private get capacity(): number {
    return Math.max(1, this.perSecond ?? 1);
  }
}
