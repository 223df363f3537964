/** Tells whoever carries out batch jobs that one was started or stopped. */
import type { BatchKey } from '../persistence/ports/batch-store.ts';

export class BatchNotices {
  private readonly listeners: ((key: BatchKey) => void)[] = [];

  subscribe(listener: (key: BatchKey) => void): void {
    this.listeners.push(listener);
  }

  publish(key: BatchKey): void {
    for (const listener of this.listeners) listener(key);
  }
}
