import type { temporal } from '@tidemark/protocol/types';
import type { Duration } from './duration.ts';
import { toMilliseconds } from './duration.ts';
import type { Constructor } from './types.ts';
import { toWireDuration } from './wire-duration.ts';

export interface RetryPolicy {
  /** 1 s by default. */
  readonly initialInterval?: Duration;
  /** 2 by default; at least 1. */
  readonly backoffCoefficient?: number;
  /** 100 times the initial interval by default. */
  readonly maximumInterval?: Duration;
  /** Unlimited by default; 1 means no retry. */
  readonly maximumAttempts?: number;
  /** Error classes, or the `type` of failures. */
  readonly nonRetryableErrorTypes?: readonly (string | Constructor<Error>)[];
}

export function toWireRetryPolicy(policy: RetryPolicy | undefined): temporal.api.common.v1.IRetryPolicy | undefined {
  if (policy === undefined) return undefined;
  return {
    initialInterval: toWireDuration(policy.initialInterval === undefined ? 1000 : toMilliseconds(policy.initialInterval)),
    ...(policy.backoffCoefficient === undefined ? {} : { backoffCoefficient: policy.backoffCoefficient }),
    ...(policy.maximumInterval === undefined ? {} : { maximumInterval: toWireDuration(toMilliseconds(policy.maximumInterval)) }),
    ...(policy.maximumAttempts === undefined ? {} : { maximumAttempts: policy.maximumAttempts }),
    nonRetryableErrorTypes: (policy.nonRetryableErrorTypes ?? []).map((type) => (typeof type === 'string' ? type : type.name)),
  };
}
