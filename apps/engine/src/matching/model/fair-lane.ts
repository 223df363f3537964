/**
 * Tasks of one priority. Each key has its turn at a virtual time; a task puts its key's next turn off by the inverse of its weight, so that
 * a key of weight 2 gets two turns where others get one, and a key with a thousand tasks does not hold up one with a single task.
 */
import type { Instant } from '../../kernel/ports.ts';
import { MinHeap } from '../../kernel/min-heap.ts';
import type { Fairness, FairnessConfig } from './fairness.ts';
import { weightOf } from './fairness.ts';
import type { KeyRates } from './key-rates.ts';

export interface FairTask {
  readonly addedAt: Instant;
  readonly fairness: Fairness;
}

interface Share<Task> {
  tasks: Task[];
  /** Tasks before it were taken; they are cut off in bulk, so that a long row is not copied for each. */
  head: number;
  /** Virtual time of its next turn. */
  turn: number;
}

const CUT_FROM = 1024;
/** Keys without tasks are remembered until their turn has passed; so many may pile up before they are looked through. */
const IDLE_KEYS_MAX = 64;

export class FairLane<Task extends FairTask> {
  private readonly shares = new Map<string, Share<Task>>();
  /** Entries whose rank is not the turn of their share are void. */
  private readonly turns = new MinHeap<Share<Task>>();
  /** Shares that are over their rate, by the moment that they may go on. */
  private readonly held = new MinHeap<Share<Task>>();
  private reached = 0;
  private count = 0;
  private waitingKeys = 0;

  /** Rates are those of the whole queue: a key has one, whatever the priorities of its tasks. */
  constructor(
    private config: FairnessConfig,
    private readonly rates: KeyRates,
  ) {}

  get size(): number {
    return this.count;
  }

  /** Shares that were over their rate may be so no more. */
  configure(config: FairnessConfig): void {
    this.config = config;
    for (const share of this.shares.values()) if (sizeOf(share) > 0) this.turns.push({ rank: share.turn, value: share });
  }

  push(task: Task): void {
    const share = this.shareOf(task);
    if (sizeOf(share) === 0) this.begin(share, Math.max(this.reached, share.turn));
    share.tasks.push(task);
    this.count += 1;
  }

  /** Puts a task back in front, with the turn it had. */
  unshift(task: Task): void {
    const share = this.shareOf(task);
    share.tasks = [task, ...share.tasks.slice(share.head)];
    if (share.tasks.length === 1) this.waitingKeys += 1;
    share.head = 0;
    share.turn = Math.max(0, share.turn - this.cost(task));
    this.turns.push({ rank: share.turn, value: share });
    this.count += 1;
  }

  /** How long until a task may be taken: 0 when one may be now, Infinity when there is none. */
  wait(now: Instant): number {
    return this.next(now) === undefined ? (this.held.peek()?.rank ?? Infinity) - now : 0;
  }

  shift(now: Instant): Task | undefined {
    const share = this.next(now);
    const task = share?.tasks[share.head];
    if (share === undefined || task === undefined) return undefined;
    this.turns.pop();
    this.rates.take(task.fairness, now);
    share.head += 1;
    this.count -= 1;
    this.reached = Math.max(this.reached, share.turn);
    share.turn += this.cost(task);
    if (sizeOf(share) > 0) this.turns.push({ rank: share.turn, value: share });
    else this.waitingKeys -= 1;
    this.tidy(share);
    return task;
  }

  /** Everything that waits, whatever the rates; the lane is empty afterwards. */
  drain(): Task[] {
    const all = [...this.shares.values()].flatMap((share) => share.tasks.slice(share.head));
    this.shares.clear();
    this.count = 0;
    this.waitingKeys = 0;
    while (this.turns.pop() !== undefined);
    while (this.held.pop() !== undefined);
    return all.sort((a, b) => a.addedAt - b.addedAt);
  }

  oldestAddedAt(): Instant | undefined {
    let oldest: Instant | undefined;
    for (const share of this.shares.values()) {
      const first = share.tasks[share.head];
      if (first !== undefined && (oldest === undefined || first.addedAt < oldest)) oldest = first.addedAt;
    }
    return oldest;
  }

  /** The share whose turn it is, of those that may go on. */
  private next(now: Instant): Share<Task> | undefined {
    for (let free = this.held.peek(); free !== undefined && free.rank <= now; free = this.held.peek()) {
      this.held.pop();
      if (sizeOf(free.value) > 0) this.turns.push({ rank: free.value.turn, value: free.value });
    }
    for (let first = this.turns.peek(); first !== undefined; first = this.turns.peek()) {
      const { rank, value: share } = first;
      const task = rank === share.turn ? share.tasks[share.head] : undefined;
      const wait = task === undefined ? Infinity : this.rates.wait(task.fairness, now);
      if (wait === 0) return share;
      this.turns.pop();
      if (wait < Infinity) this.held.push({ rank: now + wait, value: share });
    }
    return undefined;
  }

  private begin(share: Share<Task>, turn: number): void {
    share.turn = turn;
    this.waitingKeys += 1;
    this.turns.push({ rank: turn, value: share });
  }

  private shareOf({ fairness }: Task): Share<Task> {
    const known = this.shares.get(fairness.key);
    if (known !== undefined) return known;
    const share: Share<Task> = { tasks: [], head: 0, turn: 0 };
    this.shares.set(fairness.key, share);
    return share;
  }

  private readonly cost = ({ fairness }: Task): number => 1 / weightOf(fairness, this.config);

  private tidy(share: Share<Task>): void {
    if (share.head > CUT_FROM && share.head * 2 > share.tasks.length) {
      share.tasks = share.tasks.slice(share.head);
      share.head = 0;
    }
    if (this.shares.size - this.waitingKeys <= IDLE_KEYS_MAX + this.waitingKeys) return;
    for (const [key, idle] of this.shares) if (sizeOf(idle) === 0 && idle.turn <= this.reached) this.shares.delete(key);
  }
}

const sizeOf = ({ tasks, head }: Share<unknown>): number => tasks.length - head;
