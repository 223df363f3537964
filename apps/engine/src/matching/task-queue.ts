/** One queue of one kind of task: workers that wait, or tasks that wait; both only while a rate limit stands between them. */
import type { Instant } from '../kernel/ports.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import type { Waiting } from './model/backlog.ts';
import { Backlog } from './model/backlog.ts';
import type { FairnessConfig } from './model/fairness.ts';
import { RateLimit } from './model/rate-limit.ts';

export interface Poller {
  readonly identity: string;
  /** The worker process; its polls are released together when it shuts down. Empty when the worker does not say. */
  readonly workerInstanceKey: string;
  /** The poll comes back empty then. */
  readonly deadline: Instant;
  readonly signal: AbortSignal;
  readonly buildId: string;
  /** What the worker says of its deployment, whether or not its tasks go by it. */
  readonly deployment?: PolledFor | undefined;
  readonly tasksPerSecondMax: number | undefined;
}

export interface PolledFor extends WorkerVersion {
  /** Only tasks of its version come to the worker. */
  readonly isVersioned: boolean;
}

export interface PollerRecord {
  readonly identity: string;
  readonly lastAccessAt: Instant;
  readonly buildId: string;
  readonly deployment?: PolledFor;
  readonly tasksPerSecondMax: number | undefined;
}

export interface QueueStats {
  readonly backlogCount: number;
  readonly backlogAgeMs: number;
  readonly addedPerSecond: number;
  readonly dispatchedPerSecond: number;
}

export interface QueueLimit {
  readonly perSecond: number;
  /** Set for the queue; otherwise its workers ask for it. */
  readonly isOwn: boolean;
}

interface Waiter<Task> {
  readonly poller: Poller;
  readonly give: (task: Task | undefined) => void;
}

/** Pollers are forgotten after this long without a poll. */
const POLLER_MEMORY_MS = 5 * 60_000;
const RATE_WINDOW_MS = 30_000;
/** A poll that waits for so long could as well not have been there. */
const IDLE_POLL_MS = 1000;
/** More polls are wanted when a task waits for so long, or so many more come than go. */
const BEHIND = { ageMs: 200, ratio: 1.2 };
/** Workers hear of it once for each of their polls: so often in a second is enough. */
const GROWTH_PER_SECOND = 10;

export class TaskQueue<Task extends Waiting> {
  private readonly waiters: Waiter<Task>[] = [];
  private readonly backlog = new Backlog<Task>();
  private readonly records = new Map<string, PollerRecord>();
  private readonly added = new RateCounter();
  private readonly dispatched = new RateCounter();
  private readonly rate = new RateLimit();
  private readonly growth = new RateLimit();
  private ownLimit: number | undefined;
  private isShared = false;
  private config: FairnessConfig = {};
  private workerLimit: number | undefined;
  private draining: NodeJS.Timeout | undefined;
  private lastPollAt = -Infinity;
  private closed = false;

  constructor(private readonly now: () => Instant) {
    this.growth.set(GROWTH_PER_SECOND, now());
  }

  /** Hands the task to a waiting worker, or keeps it. */
  add(task: Task): void {
    this.added.count(this.now());
    this.backlog.push(task);
    this.drain();
  }

  /** For a task whose worker went away before it got it. */
  putBack(task: Task): void {
    this.backlog.unshift(task);
    this.drain();
  }

  /** What waits, for another queue to take. */
  takeAll(): Task[] {
    return this.backlog.drain();
  }

  /** What nobody is to be handed any more. */
  discard(isVoid: (task: Task) => boolean): void {
    const waiting = this.backlog.drain();
    for (const task of waiting) if (!isVoid(task)) this.backlog.push(task);
  }

  /** A task that another queue has counted already. */
  receive(task: Task): void {
    this.backlog.push(task);
    this.drain();
  }

  /** Tasks per second, over what workers ask for; undefined leaves it to them. */
  limit(perSecond: number | undefined): void {
    this.ownLimit = perSecond;
    this.applyLimit(undefined);
    this.drain();
  }

  /** What was set for this queue holds for another one too. */
  lendSettings(other: TaskQueue<Task>): void {
    other.limit(this.ownLimit);
    if (this.isShared) other.share(this.config);
  }

  /** How the queue shares out its tasks among fairness keys. */
  share(config: FairnessConfig): void {
    this.config = config;
    this.isShared = config.perSecond !== undefined || Object.keys(config.weights ?? {}).length > 0;
    this.backlog.configure(config);
    this.drain();
  }

  /** The next task, or nothing when the poller's time is over, it went away, or it was released. */
  async poll(poller: Poller): Promise<Task | undefined> {
    if (this.closed) return undefined;
    this.noteAccess(poller);
    if (poller.signal.aborted) return undefined;
    this.applyLimit(poller.tasksPerSecondMax);
    const waiting = this.wait(poller);
    this.drain();
    const found = await waiting;
    this.noteAccess(poller);
    return found;
  }

  /** Lets the polls of one worker, or all polls, come back empty. */
  release(workerInstanceKey?: string): void {
    const released = this.waiters.filter(({ poller }) => workerInstanceKey === undefined || poller.workerInstanceKey === workerInstanceKey);
    for (const waiter of released) waiter.give(undefined);
  }

  /** A sticky queue whose worker is gone: nobody will ask here again. Returns what still waited. */
  close(): Task[] {
    this.closed = true;
    clearTimeout(this.draining);
    this.release();
    return this.backlog.drain();
  }

  hasPolled(withinMs: number): boolean {
    return !this.closed && (this.waiters.length > 0 || this.now() - this.lastPollAt <= withinMs);
  }

  pollers(): readonly PollerRecord[] {
    const since = this.now() - POLLER_MEMORY_MS;
    for (const [identity, record] of this.records) if (record.lastAccessAt < since) this.records.delete(identity);
    return [...this.records.values()];
  }

  stats(): QueueStats {
    const now = this.now();
    const oldest = this.backlog.oldestAddedAt();
    return {
      backlogCount: this.backlog.size,
      backlogAgeMs: oldest === undefined ? 0 : Math.max(0, now - oldest),
      addedPerSecond: this.added.perSecond(now),
      dispatchedPerSecond: this.dispatched.perSecond(now),
    };
  }

  get waiting(): number {
    return this.backlog.size;
  }

  /** How many polls its worker should hold more, judged by one that waited so long for its task. Undefined when it has as many as it needs. */
  pollsWanted(waitedMs: number): number | undefined {
    if (waitedMs >= IDLE_POLL_MS) return -1;
    if (this.backlog.size === 0) return undefined;
    const now = this.now();
    if (this.growth.wait(now) > 0 || !this.isBehind(now)) return undefined;
    this.growth.take(now);
    return 1;
  }

  private isBehind(now: Instant): boolean {
    const oldest = this.backlog.oldestAddedAt() ?? now;
    return now - oldest > BEHIND.ageMs || this.added.perSecond(now) > this.dispatched.perSecond(now) * BEHIND.ratio;
  }

  /** The limit that holds, in tasks per second; undefined when there is none. */
  limitInForce(): QueueLimit | undefined {
    if (this.ownLimit !== undefined) return { perSecond: this.ownLimit, isOwn: true };
    return this.workerLimit === undefined ? undefined : { perSecond: this.workerLimit, isOwn: false };
  }

  /** True when nothing would be lost by forgetting this queue. */
  isIdle(): boolean {
    const isSet = this.ownLimit !== undefined || this.isShared;
    return this.waiters.length === 0 && this.backlog.size === 0 && !isSet && this.pollers().length === 0;
  }

  /** Hands out what may be handed out now, and comes back when more may. */
  private drain(): void {
    while (this.waiters.length > 0 && this.backlog.size > 0) {
      const now = this.now();
      const wait = Math.max(this.rate.wait(now), this.backlog.wait(now));
      if (wait > 0) return this.drainIn(wait);
      this.rate.take(now);
      const waiter = this.waiters.shift();
      const task = this.backlog.shift(now);
      if (waiter === undefined || task === undefined) return;
      this.dispatched.count(this.now());
      waiter.give(task);
    }
  }

  private drainIn(wait: number): void {
    clearTimeout(this.draining);
    if (wait === Infinity) return;
    this.draining = setTimeout(() => this.drain(), Math.ceil(wait));
  }

  /** What was set for the queue goes before what the last worker that asked for anything asked for. */
  private applyLimit(ofWorker: number | undefined): void {
    if (ofWorker !== undefined) this.workerLimit = ofWorker;
    this.rate.set(this.ownLimit ?? this.workerLimit, this.now());
  }

  private noteAccess({ identity, buildId, deployment, tasksPerSecondMax }: Poller): void {
    this.lastPollAt = this.now();
    const record = { identity, buildId, tasksPerSecondMax, lastAccessAt: this.lastPollAt };
    this.records.set(identity, deployment === undefined ? record : { ...record, deployment });
  }

  private wait(poller: Poller): Promise<Task | undefined> {
    return new Promise((resolve) => {
      const leave = (): void => waiter.give(undefined);
      const timer = setTimeout(leave, Math.max(0, poller.deadline - this.now()));
      const waiter: Waiter<Task> = {
        poller,
        give: (task) => {
          clearTimeout(timer);
          poller.signal.removeEventListener('abort', leave);
          const at = this.waiters.indexOf(waiter);
          if (at !== -1) this.waiters.splice(at, 1);
          resolve(task);
        },
      };
      poller.signal.addEventListener('abort', leave, { once: true });
      this.waiters.push(waiter);
    });
  }
}

/** Events per second over the last half minute. */
class RateCounter {
  private readonly buckets = new Map<number, number>();

  count(now: Instant): void {
    const second = Math.floor(now / 1000);
    this.buckets.set(second, (this.buckets.get(second) ?? 0) + 1);
    for (const old of this.buckets.keys()) if (old < second - RATE_WINDOW_MS / 1000) this.buckets.delete(old);
  }

  perSecond(now: Instant): number {
    const since = Math.floor(now / 1000) - RATE_WINDOW_MS / 1000;
    let total = 0;
    for (const [second, count] of this.buckets) if (second >= since) total += count;
    return total / (RATE_WINDOW_MS / 1000);
  }
}
