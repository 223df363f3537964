/** How many tasks of each fairness key a queue hands out in a second: the rate that was set, times the weight of the key. */
import type { Instant } from '../../kernel/ports.ts';
import type { Fairness, FairnessConfig } from './fairness.ts';
import { weightOf } from './fairness.ts';
import { RateLimit } from './rate-limit.ts';

/** Keys are remembered until so many have piled up; those that could take a whole second's worth are then forgotten. */
const KEYS_MAX = 10_000;

export class KeyRates {
  private readonly limits = new Map<string, RateLimit>();
  private config: FairnessConfig = {};

  configure(config: FairnessConfig): void {
    this.config = config;
    if (config.perSecond === undefined) this.limits.clear();
  }

  /** Milliseconds until a task of this key may be taken: 0 when one may be now, Infinity when none ever. */
  wait(fairness: Fairness, now: Instant): number {
    return this.config.perSecond === undefined ? 0 : this.limitOf(fairness, now).wait(now);
  }

  take(fairness: Fairness, now: Instant): void {
    if (this.config.perSecond !== undefined) this.limitOf(fairness, now).take(now);
  }

  /** The last task of a key says its weight, as long as none was set for it. */
  private limitOf(fairness: Fairness, now: Instant): RateLimit {
    const known = this.limits.get(fairness.key);
    const limit = known ?? new RateLimit();
    limit.set((this.config.perSecond ?? 0) * weightOf(fairness, this.config), now);
    if (known === undefined) this.remember(fairness.key, limit, now);
    return limit;
  }

  private remember(key: string, limit: RateLimit, now: Instant): void {
    if (this.limits.size >= KEYS_MAX) for (const [old, one] of this.limits) if (one.isFull(now)) this.limits.delete(old);
    this.limits.set(key, limit);
  }
}
