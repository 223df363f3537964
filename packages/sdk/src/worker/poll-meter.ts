import { toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';

/** The polls of one queue, as heartbeats tell of them. */
export class PollMeter {
  #underWay = 0;
  #lastTaskAt: number | undefined;

  /** `hasTask` says of an answer whether a task came with it. */
  async watch<Task>(poll: Promise<Task>, hasTask: (task: Task) => boolean): Promise<Task> {
    this.#underWay += 1;
    try {
      const task = await poll;
      if (hasTask(task)) this.#lastTaskAt = Date.now();
      return task;
    } finally {
      this.#underWay -= 1;
    }
  }

  tell(): temporal.api.worker.v1.IWorkerPollerInfo {
    return {
      currentPollers: this.#underWay,
      ...(this.#lastTaskAt === undefined ? {} : { lastSuccessfulPollTime: toTimestamp(this.#lastTaskAt) }),
    };
  }
}
