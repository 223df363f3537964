/** Work that must be done: it is tried again until it is, or the engine stops. */
import { EngineError } from '../kernel/engine-error.ts';
import type { Logger } from '../kernel/ports.ts';
import { pause } from './pause.ts';

export interface Perseverance {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** For the log. */
  readonly what: string;
}

const RETRY_MS = { first: 100, max: 10_000 };

/** What it is about being gone means that there is nothing left to do. */
export async function persevere(work: () => Promise<void>, { signal, logger, what }: Perseverance): Promise<void> {
  for (let wait = RETRY_MS.first; !signal.aborted; wait = Math.min(wait * 2, RETRY_MS.max)) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof EngineError && error.code === 'not-found') return;
      logger.warn('what could not be done is tried again', { what, error: String(error) });
      await pause(wait, signal);
    }
  }
}
