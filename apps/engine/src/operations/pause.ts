/** A wait that ends early when there is no reason to wait any more. */
import { setTimeout } from 'node:timers/promises';
import type { Duration } from '../kernel/ports.ts';

/** False when the wait was cut short. */
export async function pause(ms: Duration, signal: AbortSignal): Promise<boolean> {
  // It rejects for no other reason than the signal.
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
