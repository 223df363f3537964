/** Which worker gets which task. Everything here can be lost: the tasks are found again from the runs that wait for them. */
import type { NamespaceId, RunKey } from '../kernel/ids.ts';
import type { Clock } from '../kernel/ports.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import { nameOfVersion } from '../kernel/worker-version.ts';
import type { Fairness, FairnessConfig } from './model/fairness.ts';
import type { Poller, PollerRecord, QueueLimit, QueueStats } from './task-queue.ts';
import { TaskQueue } from './task-queue.ts';

export type TaskKind = 'workflow' | 'activity';

export interface QueueName {
  readonly namespaceId: NamespaceId;
  readonly kind: TaskKind;
  readonly name: string;
  /** The part of the queue that workers of one version poll; absent for the part of workers without one. */
  readonly version?: WorkerVersion | undefined;
}

interface Added {
  readonly priority: number;
  readonly fairness: Fairness;
  readonly addedAt: number;
  /** Workers of no other version may have it. */
  readonly pinnedTo?: WorkerVersion;
}

/** What a worker may be handed. A task is only a claim: the run decides whether it still stands. */
export type Task = Added &
  (
    | { readonly kind: 'workflow'; readonly key: RunKey; readonly scheduledEventId: number; readonly attempt: number }
    | { readonly kind: 'activity'; readonly key: RunKey; readonly scheduledEventId: number; readonly stamp: number }
    | { readonly kind: 'query'; readonly key: RunKey; readonly queryId: string }
  );

type Undated = Task extends infer One ? (One extends Task ? Omit<One, 'addedAt'> : never) : never;

export class Matching {
  private readonly queues = new Map<string, TaskQueue<Task>>();
  /** Of the queues that have them, the parts that workers of one version poll. */
  private readonly parts = new Map<string, Set<string>>();
  /** Workers that said goodbye: polls of theirs that are still under way come back empty. */
  private readonly departed = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  add(queue: QueueName, task: Undated): void {
    this.queue(queue).add({ ...task, addedAt: this.clock.now() });
  }

  putBack(queue: QueueName, task: Task): void {
    this.queue(queue).putBack(task);
  }

  /** Tasks per second that the queue hands out, each of its parts for itself; undefined leaves it to its workers. */
  limit(queue: QueueName, perSecond: number | undefined): void {
    this.queue(queue).limit(perSecond);
    for (const part of this.wholeOf(queue)) part.limit(perSecond);
  }

  /** How the queue shares out its tasks among fairness keys. */
  share(queue: QueueName, config: FairnessConfig): void {
    this.queue(queue).share(config);
    for (const part of this.wholeOf(queue)) part.share(config);
  }

  /** Everything that waits in any part of the queue goes to the part it belongs to now. */
  reroute(queue: QueueName, versionOf: (task: Task) => WorkerVersion | undefined): void {
    const waiting = this.wholeOf(queue).flatMap((part) => part.takeAll());
    waiting.sort((a, b) => a.addedAt - b.addedAt);
    for (const task of waiting) this.queue({ ...queue, version: versionOf(task) }).receive(task);
  }

  /** Takes what waits for a run back out of the queue, whichever part of it that is in: its workflow task, or one activity. Queries stay. */
  withdraw(queue: QueueName, { runId, scheduledEventId }: { readonly runId: string; readonly scheduledEventId: number }): void {
    for (const part of this.wholeOf(queue))
      part.discard(
        (task) =>
          task.key.runId === runId &&
          (task.kind === 'workflow' || (task.kind === 'activity' && task.scheduledEventId === scheduledEventId)),
      );
  }

  async poll(queue: QueueName, poller: Poller): Promise<Task | undefined> {
    if (this.departed.has(poller.workerInstanceKey)) return undefined;
    return await this.queue(queue).poll(poller);
  }

  /** Whether somebody polls here or did so within this time. */
  hasPolled(queue: QueueName, withinMs: number): boolean {
    return this.queues.get(keyOf(queue))?.hasPolled(withinMs) ?? false;
  }

  /** Ends a sticky queue; returns the tasks that waited in it. */
  close(queue: QueueName): Task[] {
    const found = this.queues.get(keyOf(queue));
    this.queues.delete(keyOf(queue));
    return found?.close() ?? [];
  }

  /** The worker shuts down: its open polls end at once, later ones too. */
  depart(workerInstanceKey: string): void {
    if (workerInstanceKey === '') return;
    const now = this.clock.now();
    for (const [key, at] of this.departed) if (now - at > DEPARTED_MEMORY_MS) this.departed.delete(key);
    this.departed.set(workerInstanceKey, now);
    for (const queue of this.queues.values()) queue.release(workerInstanceKey);
  }

  /** The namespace goes: all its polls end. */
  releaseNamespace(namespaceId: NamespaceId): void {
    for (const [key, queue] of this.queues) if (key.startsWith(`${namespaceId}/`)) queue.release();
  }

  /** The engine shuts down: all polls end. */
  releaseAll(): void {
    for (const queue of this.queues.values()) queue.release();
  }

  /** Of the whole queue, unless one part of it is named. */
  pollers(queue: QueueName): readonly PollerRecord[] {
    return this.wholeOf(queue).flatMap((part) => part.pollers());
  }

  /** Names of the queues of a namespace that somebody polls, or did in the last minutes. */
  polledQueues(namespaceId: NamespaceId): readonly string[] {
    const names = new Set<string>();
    for (const [key, queue] of this.queues) {
      const [namespace, , , ...name] = key.split('/');
      if (namespace === namespaceId && queue.pollers().length > 0) names.add(name.join('/'));
    }
    return [...names];
  }

  /** Of the whole queue, unless one part of it is named. */
  stats(queue: QueueName): QueueStats {
    return this.wholeOf(queue)
      .map((part) => part.stats())
      .reduce(sumOf, { backlogCount: 0, backlogAgeMs: 0, addedPerSecond: 0, dispatchedPerSecond: 0 });
  }

  /** Tasks that wait in the queue, or in the part of it that is named. */
  waiting(queue: QueueName): number {
    return this.queues.get(keyOf(queue))?.waiting ?? 0;
  }

  /** How many polls the worker of one that waited so long should hold more, or fewer; undefined for as many as it has. */
  pollsWanted(queue: QueueName, waitedMs: number): number | undefined {
    return this.queues.get(keyOf(queue))?.pollsWanted(waitedMs);
  }

  limitInForce(queue: QueueName): QueueLimit | undefined {
    return this.queues.get(keyOf(queue))?.limitInForce();
  }

  private queue(name: QueueName): TaskQueue<Task> {
    const key = keyOf(name);
    const known = this.queues.get(key);
    if (known !== undefined) return known;
    if (this.queues.size > QUEUES_SWEPT_ABOVE) this.sweep();
    const queue = new TaskQueue<Task>(() => this.clock.now());
    this.queues.set(key, queue);
    if (name.version !== undefined) this.addPart(name, queue);
    return queue;
  }

  private sweep(): void {
    for (const [idle, queue] of this.queues) if (queue.isIdle()) this.queues.delete(idle);
    for (const [whole, parts] of this.parts) {
      for (const part of parts) if (!this.queues.has(part)) parts.delete(part);
      if (parts.size === 0) this.parts.delete(whole);
    }
  }

  private addPart(name: QueueName, queue: TaskQueue<Task>): void {
    const whole = { ...name, version: undefined };
    this.queues.get(keyOf(whole))?.lendSettings(queue);
    const parts = this.parts.get(keyOf(whole)) ?? new Set();
    this.parts.set(keyOf(whole), parts.add(keyOf(name)));
  }

  /** The one part that is named; otherwise all there are. */
  private wholeOf(name: QueueName): readonly TaskQueue<Task>[] {
    const keys = name.version === undefined ? [keyOf(name), ...(this.parts.get(keyOf(name)) ?? [])] : [keyOf(name)];
    return keys.flatMap((key) => this.queues.get(key) ?? []);
  }
}

const sumOf = (one: QueueStats, other: QueueStats): QueueStats => ({
  backlogCount: one.backlogCount + other.backlogCount,
  backlogAgeMs: Math.max(one.backlogAgeMs, other.backlogAgeMs),
  addedPerSecond: one.addedPerSecond + other.addedPerSecond,
  dispatchedPerSecond: one.dispatchedPerSecond + other.dispatchedPerSecond,
});

const DEPARTED_MEMORY_MS = 10 * 60_000;
const QUEUES_SWEPT_ABOVE = 1000;

const keyOf = ({ namespaceId, kind, name, version }: QueueName): string =>
  `${namespaceId}/${kind}/${version === undefined ? '' : nameOfVersion(version).replaceAll('%', '%25').replaceAll('/', '%2F')}/${name}`;
