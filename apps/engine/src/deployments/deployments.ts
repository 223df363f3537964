/** The only writer of worker deployments: lock the deployment, decide, write, then tell. All of them are kept in memory, for every task asks them its way. */
import type { NamespaceId } from '../kernel/ids.ts';
import { KeyedLock } from '../kernel/keyed-lock.ts';
import type { Limits } from '../kernel/limits.ts';
import type { Clock } from '../kernel/ports.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import type { DeploymentStore } from '../persistence/ports/deployment-store.ts';
import type { Outcome } from './model/decide.ts';
import { decideRegister, exhausted } from './model/decide.ts';
import type { Deployment, DeploymentChange, VersionQueue, VersionRecord } from './model/deployment.ts';
import { afterChange, hasQueue, newDeployment } from './model/deployment.ts';
import type { QueueRouting } from './model/routes.ts';
import { chooseVersion, routingOf } from './model/routes.ts';

export interface DeploymentPorts {
  readonly store: DeploymentStore;
  readonly clock: Clock;
  readonly limits: Limits;
}

export interface DeploymentKey {
  readonly namespaceId: NamespaceId;
  readonly name: string;
}

/** A queue of a namespace. */
export interface RoutedQueue extends VersionQueue {
  readonly namespaceId: NamespaceId;
}

/** A task that asks its way. */
export interface Bound extends RoutedQueue {
  readonly workflowId: string;
  readonly pinnedTo: WorkerVersion | undefined;
}

export class Deployments {
  private readonly known = new Map<string, Deployment>();
  /** Names of the deployments that a queue belongs to. */
  private readonly ofQueue = new Map<string, Set<string>>();
  private readonly lock = new KeyedLock();
  private readonly listeners: ((queue: RoutedQueue) => void)[] = [];

  constructor(private readonly ports: DeploymentPorts) {}

  /** Reads what is stored; asked once, before anything else. */
  async begin(): Promise<void> {
    for (const deployment of await this.ports.store.all()) this.remember(deployment);
  }

  /** Hears of every queue whose tasks may have to go another way. */
  subscribe(listener: (queue: RoutedQueue) => void): void {
    this.listeners.push(listener);
  }

  find(key: DeploymentKey): Deployment | undefined {
    return this.known.get(keyOf(key));
  }

  findVersion(namespaceId: NamespaceId, { deploymentName, buildId }: WorkerVersion): VersionRecord | undefined {
    return this.find({ namespaceId, name: deploymentName })?.versions.get(buildId);
  }

  /** In the order of their names. */
  list(namespaceId: NamespaceId): readonly Deployment[] {
    const own = [...this.known.values()].filter(({ record }) => record.namespaceId === namespaceId);
    return own.sort((a, b) => (a.record.name < b.record.name ? -1 : 1));
  }

  /** Decides on a deployment and writes. Throws the refusal of a decision. Returns what there is afterwards. */
  async transact(key: DeploymentKey, decide: (found: Deployment | undefined) => DeploymentChange | 'unchanged'): Promise<void> {
    await this.lock.run(keyOf(key), async () => {
      const before = this.find(key);
      const change = decide(before);
      if (change === 'unchanged') return;
      if (before === undefined) this.requireRoom(key);
      await this.ports.store.write(change);
      const after = afterChange(before ?? newDeployment(key, change.record.createdAt), change);
      this.remember(after);
      this.tell(before, after);
    });
  }

  /** Takes away a deployment that `check` does not object to. */
  async delete(key: DeploymentKey, check: (found: Deployment) => void): Promise<void> {
    await this.lock.run(keyOf(key), async () => {
      const found = this.find(key);
      if (found === undefined) return;
      check(found);
      await this.ports.store.delete(key);
      this.known.delete(keyOf(key));
    });
  }

  /** With its namespace. */
  async deleteNamespace(namespaceId: NamespaceId): Promise<void> {
    for (const { record } of this.list(namespaceId)) await this.delete(record, () => undefined);
  }

  /** Durable when it returns; costs nothing where the queue is known already. */
  async register(queue: RoutedQueue, version: WorkerVersion, isPolled: (buildId: string) => boolean): Promise<void> {
    const { namespaceId } = queue;
    if (this.serves(queue, version)) return;
    const { clock, limits } = this.ports;
    await this.transact({ namespaceId, name: version.deploymentName }, (found): Outcome => {
      const now = clock.now();
      const deployment = found ?? newDeployment({ namespaceId, name: version.deploymentName }, now);
      const { kind, name } = queue;
      return decideRegister(deployment, { buildId: version.buildId, queue: { kind, name }, now, limits, isPolled });
    });
  }

  /** Whether workers of the version ever polled the queue. */
  serves({ namespaceId, kind, name }: RoutedQueue, version: WorkerVersion): boolean {
    const found = this.findVersion(namespaceId, version);
    return found !== undefined && hasQueue(found, { kind, name });
  }

  /** The version whose workers get a task; nothing for workers without one. */
  versionFor({ pinnedTo, workflowId, ...queue }: Bound): WorkerVersion | undefined {
    if (pinnedTo !== undefined && (queue.kind === 'workflow' || this.serves(queue, pinnedTo))) return pinnedTo;
    if (this.ofQueue.size === 0 || !this.ofQueue.has(queueKeyOf(queue))) return undefined;
    return chooseVersion(this.routingOf(queue), workflowId);
  }

  routingOf(queue: RoutedQueue): QueueRouting {
    const names = [...(this.ofQueue.get(queueKeyOf(queue)) ?? [])];
    const deployments = names.flatMap((name) => this.find({ namespaceId: queue.namespaceId, name }) ?? []);
    return routingOf(deployments, queue);
  }

  private requireRoom({ namespaceId, name }: DeploymentKey): void {
    const { deploymentsMax } = this.ports.limits;
    if (this.list(namespaceId).length >= deploymentsMax)
      throw exhausted(`cannot add deployment ${name}: the namespace has ${deploymentsMax} already`);
  }

  private remember(deployment: Deployment): void {
    const { namespaceId, name } = deployment.record;
    this.known.set(keyOf({ namespaceId, name }), deployment);
    for (const { taskQueues } of deployment.versions.values()) {
      for (const queue of taskQueues) {
        const key = queueKeyOf({ namespaceId, ...queue });
        this.ofQueue.set(key, (this.ofQueue.get(key) ?? new Set()).add(name));
      }
    }
  }

  /** Where the routing stays, only a queue that is new to a version can matter. */
  private tell(before: Deployment | undefined, after: Deployment): void {
    const isRerouted = before?.record.routing !== after.record.routing;
    const queues = new Map<string, RoutedQueue>();
    for (const version of after.versions.values()) {
      const known = isRerouted ? undefined : before?.versions.get(version.buildId);
      for (const queue of version.taskQueues) {
        if (known !== undefined && hasQueue(known, queue)) continue;
        const routed = { namespaceId: after.record.namespaceId, ...queue };
        queues.set(queueKeyOf(routed), routed);
      }
    }
    for (const queue of queues.values()) for (const listener of this.listeners) listener(queue);
  }
}

const keyOf = ({ namespaceId, name }: DeploymentKey): string => `${namespaceId}/${name}`;
const queueKeyOf = ({ namespaceId, kind, name }: RoutedQueue): string => `${namespaceId}/${kind}/${name}`;
