import type { temporal } from '@tidemark/protocol/types';
import { Slots } from './poller.ts';

/** The tasks of one kind and the places for them, as heartbeats tell of them. */
export class WorkMeter {
  readonly slots: Slots;
  #processed = 0;
  #failed = 0;
  #told = { processed: 0, failed: 0 };

  constructor(slotsMax: number) {
    this.slots = new Slots(slotsMax);
  }

  onDone(): void {
    this.#processed += 1;
  }

  onFailed(): void {
    this.#failed += 1;
  }

  /** Begins the interval of the next heartbeat. */
  tell(): temporal.api.worker.v1.IWorkerSlotsInfo {
    const [processed, failed] = [this.#processed, this.#failed];
    const before = this.#told;
    this.#told = { processed, failed };
    return {
      slotSupplierKind: 'Fixed',
      currentUsedSlots: this.slots.used,
      currentAvailableSlots: this.slots.free,
      totalProcessedTasks: processed,
      totalFailedTasks: failed,
      lastIntervalProcessedTasks: processed - before.processed,
      lastIntervalFailureTasks: failed - before.failed,
    };
  }
}
