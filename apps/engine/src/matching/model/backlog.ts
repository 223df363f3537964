/** Tasks that wait for a worker: the most urgent priority first, and among tasks of one priority what is fair to their keys. */
import type { Instant } from '../../kernel/ports.ts';
import type { FairTask } from './fair-lane.ts';
import { FairLane } from './fair-lane.ts';
import type { FairnessConfig } from './fairness.ts';
import { KeyRates } from './key-rates.ts';

export interface Waiting extends FairTask {
  /** 1 is the most urgent. */
  readonly priority: number;
}

export class Backlog<Task extends Waiting> {
  private readonly lanes = new Map<number, FairLane<Task>>();
  private readonly rates = new KeyRates();
  private config: FairnessConfig = {};
  private count = 0;

  get size(): number {
    return this.count;
  }

  configure(config: FairnessConfig): void {
    this.config = config;
    this.rates.configure(config);
    for (const lane of this.lanes.values()) lane.configure(config);
  }

  push(task: Task): void {
    this.laneOf(task).push(task);
    this.count += 1;
  }

  /** Puts a task back in front, because its worker went away before it got it. */
  unshift(task: Task): void {
    this.laneOf(task).unshift(task);
    this.count += 1;
  }

  /** Milliseconds until a task may be taken: 0 when one may be now, Infinity when none will be by the passing of time. */
  wait(now: Instant): number {
    let shortest = Infinity;
    for (const lane of this.lanes.values()) shortest = Math.min(shortest, lane.wait(now));
    return shortest;
  }

  /** The most urgent task that may be taken: a key that is over its rate does not hold up less urgent ones. */
  shift(now: Instant): Task | undefined {
    for (const [priority, lane] of [...this.lanes].sort(([a], [b]) => a - b)) {
      const task = lane.shift(now);
      if (task === undefined) continue;
      this.count -= 1;
      if (lane.size === 0) this.lanes.delete(priority);
      return task;
    }
    return undefined;
  }

  oldestAddedAt(): Instant | undefined {
    let oldest: Instant | undefined;
    for (const lane of this.lanes.values()) {
      const first = lane.oldestAddedAt();
      if (first !== undefined && (oldest === undefined || first < oldest)) oldest = first;
    }
    return oldest;
  }

  /** Everything that waits, whatever the rates; the backlog is empty afterwards. */
  drain(): Task[] {
    const all = [...this.lanes].sort(([a], [b]) => a - b).flatMap(([, lane]) => lane.drain());
    this.lanes.clear();
    this.count = 0;
    return all;
  }

  private laneOf({ priority }: Task): FairLane<Task> {
    const known = this.lanes.get(priority);
    if (known !== undefined) return known;
    const lane = new FairLane<Task>(this.config, this.rates);
    this.lanes.set(priority, lane);
    return lane;
  }
}
