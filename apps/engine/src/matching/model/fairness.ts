/** How tasks of one priority share their queue: among fairness keys, by weight. */
export interface Fairness {
  /** Empty for tasks that name no key: they share one. */
  readonly key: string;
  readonly weight: number;
}

/** What was set for a queue about its keys. */
export interface FairnessConfig {
  /** Tasks per second of a key of weight 1; others have more or less in proportion. Undefined for no limit. */
  readonly perSecond?: number | undefined;
  /** In place of the weights that tasks bring. */
  readonly weights?: Readonly<Record<string, number>>;
}

const WEIGHT = { min: 0.001, max: 1000, unset: 1 };

/** The weight that counts: what was set for the key, or what the task brings, within bounds. */
export function weightOf({ key, weight }: Fairness, { weights }: FairnessConfig): number {
  const given = weights !== undefined && Object.hasOwn(weights, key) ? weights[key] : weight;
  return Math.min(Math.max(given || WEIGHT.unset, WEIGHT.min), WEIGHT.max);
}
