/** Everything in memory: for tests, and for engines that need not remember. */
import type { RunId } from '../../kernel/ids.ts';
import { matches } from '../../visibility/model/match.ts';
import type { Filter } from '../../visibility/model/filter.ts';
import type { NamespaceRecord, NamespaceStore } from '../ports/namespace-store.ts';
import { memoryAuditStore } from './audit-store.ts';
import { memoryBatchStore } from './batch-store.ts';
import { memoryDeploymentStore } from './deployment-store.ts';
import { memoryViewStore } from './view-store.ts';
import type { CommitOutcome, RunStore, RunWrite, StoredRun, TransitionRecord } from '../ports/run-store.ts';
import type { ScheduleRecord, ScheduleStore } from '../ports/schedule-store.ts';
import type { TaskQueueConfig, TaskQueueStore } from '../ports/task-queue-store.ts';
import type { Store } from '../ports/store.ts';
import type { VisibilityCursor, VisibilityRecord, VisibilityStore } from '../ports/visibility-store.ts';

interface MemoryRun {
  readonly key: RunWrite['key'];
  version: number;
  isOpen: boolean;
  dueAt: number | undefined;
  hasDuties: boolean;
  snapshot: StoredRun['snapshot'];
  readonly transitions: TransitionRecord[];
  visibility: VisibilityRecord | undefined;
}

export function openMemoryStore(): Store {
  const runs = new Map<RunId, MemoryRun>();
  const current = new Map<string, RunId>();
  return {
    runs: runStore(runs, current),
    visibility: visibilityStore(runs),
    namespaces: namespaceStore(),
    schedules: scheduleStore(),
    taskQueues: taskQueueStore(),
    deployments: memoryDeploymentStore(),
    batches: memoryBatchStore(),
    audit: memoryAuditStore(),
    views: memoryViewStore(),
    durability: { description: 'memory: nothing survives the process', survivesPowerLoss: false },
    close: () => Promise.resolve(),
  };
}

const workflowOf = ({ namespaceId, workflowId }: { readonly namespaceId: string; readonly workflowId: string }): string =>
  `${namespaceId}/${workflowId}`;

function runStore(runs: Map<RunId, MemoryRun>, current: Map<string, RunId>): RunStore {
  const versionOf = ({ key }: RunWrite): number => runs.get(key.runId)?.version ?? 0;
  const write = (one: RunWrite): void => {
    const run = runs.get(one.key.runId) ?? emptyRun(one.key);
    runs.set(one.key.runId, run);
    run.version = one.transition.version;
    run.isOpen = one.isOpen;
    run.dueAt = one.dueAt;
    run.hasDuties = one.hasDuties;
    run.transitions.push(...(one.past ?? []), one.transition);
    if (one.snapshot !== undefined) run.snapshot = { version: one.transition.version, state: one.snapshot };
    if (one.visibility !== undefined) run.visibility = one.visibility;
    if (one.becomesCurrent) current.set(workflowOf(one.key), one.key.runId);
  };
  return {
    commit: (group) =>
      Promise.resolve(
        group.map(({ writes }): CommitOutcome => {
          if (writes.some((one) => versionOf(one) !== one.expectedVersion)) return 'conflict';
          writes.forEach(write);
          return 'committed';
        }),
      ),
    load: ({ runId }) => {
      const run = runs.get(runId);
      if (run === undefined) return Promise.resolve(undefined);
      const { key, version, isOpen, snapshot } = run;
      const transitions = run.transitions.filter((one) => one.version > (snapshot?.version ?? 0));
      return Promise.resolve({ key, version, isOpen, transitions, ...(snapshot === undefined ? {} : { snapshot }) });
    },
    findCurrentRun: (key) => Promise.resolve(current.get(workflowOf(key))),
    readHistory: ({ runId }, { fromEventId, toEventId, batchesMax, newestFirst }) => {
      const all = (runs.get(runId)?.transitions ?? []).filter(
        ({ firstEventId, eventCount }) => eventCount > 0 && firstEventId + eventCount > fromEventId && firstEventId < toEventId,
      );
      return Promise.resolve((newestFirst === true ? all.reverse() : all).slice(0, batchesMax));
    },
    readTransitions: ({ runId }, { after, sizeMax }) =>
      Promise.resolve((runs.get(runId)?.transitions ?? []).filter(({ version }) => version > after).slice(0, sizeMax)),
    scanActive: ({ after, sizeMax }) => {
      const ids = [...runs.keys()].sort().filter((id) => after === undefined || id > after.runId);
      const active = ids.flatMap((id) => runs.get(id) ?? []).filter((run) => run.isOpen || run.hasDuties);
      return Promise.resolve(active.slice(0, sizeMax).map(({ key, dueAt, hasDuties }) => ({ key, dueAt, hasDuties })));
    },
    delete: (key) => {
      runs.delete(key.runId);
      if (current.get(workflowOf(key)) === key.runId) current.delete(workflowOf(key));
      return Promise.resolve();
    },
    findClosedBefore: (namespaceId, closedBefore, sizeMax) => {
      const expired = [...runs.values()].filter(
        ({ key, visibility }) =>
          key.namespaceId === namespaceId && visibility?.closeTime !== undefined && visibility.closeTime < closedBefore,
      );
      return Promise.resolve(expired.slice(0, sizeMax).map(({ key }) => key));
    },
  };
}

const emptyRun = (key: RunWrite['key']): MemoryRun => ({
  key,
  version: 0,
  isOpen: true,
  dueAt: undefined,
  hasDuties: false,
  snapshot: undefined,
  transitions: [],
  visibility: undefined,
});

/** Open runs first, then by close time, start time and run id, all descending. */
function compare(a: VisibilityCursor, b: VisibilityCursor): number {
  return (
    (b.closeTime ?? Infinity) - (a.closeTime ?? Infinity) ||
    b.startTime - a.startTime ||
    (a.runId < b.runId ? 1 : a.runId > b.runId ? -1 : 0)
  );
}

const cursorOf = ({ closeTime, startTime, key }: VisibilityRecord): VisibilityCursor => ({ closeTime, startTime, runId: key.runId });

function visibilityStore(runs: ReadonlyMap<RunId, MemoryRun>): VisibilityStore {
  const find = (namespaceId: string, filter: Filter | undefined): VisibilityRecord[] =>
    [...runs.values()].flatMap(({ visibility }) =>
      visibility !== undefined && visibility.key.namespaceId === namespaceId && (filter === undefined || matches(filter, visibility))
        ? [visibility]
        : [],
    );
  return {
    list: ({ namespaceId, filter, sizeMax, after }) => {
      const sorted = find(namespaceId, filter).sort((a, b) => compare(cursorOf(a), cursorOf(b)));
      const rest = after === undefined ? sorted : sorted.filter((record) => compare(after, cursorOf(record)) < 0);
      const records = rest.slice(0, sizeMax);
      const last = records.length === sizeMax ? records.at(-1) : undefined;
      return Promise.resolve({ records, ...(last === undefined ? {} : { next: cursorOf(last) }) });
    },
    count: ({ namespaceId, filter }) => Promise.resolve(find(namespaceId, filter).length),
    countByStatus: ({ namespaceId, filter }) => {
      const counts = new Map<number, number>();
      for (const { status } of find(namespaceId, filter)) counts.set(status, (counts.get(status) ?? 0) + 1);
      return Promise.resolve(
        [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count || a.status - b.status),
      );
    },
  };
}

function namespaceStore(): NamespaceStore {
  const byId = new Map<string, NamespaceRecord>();
  const byName = (name: string): NamespaceRecord | undefined => [...byId.values()].find((record) => record.name === name);
  return {
    create: (record) => {
      if (byId.has(record.id) || byName(record.name) !== undefined) return Promise.resolve('exists');
      byId.set(record.id, record);
      return Promise.resolve('created');
    },
    replace: (record) => {
      if (byId.get(record.id)?.version !== record.version - 1) return Promise.resolve('conflict');
      byId.set(record.id, record);
      return Promise.resolve('replaced');
    },
    findByName: (name) => Promise.resolve(byName(name)),
    findById: (id) => Promise.resolve(byId.get(id)),
    list: ({ after, sizeMax }) => {
      const sorted = [...byId.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      return Promise.resolve(sorted.filter(({ name }) => after === undefined || name > after).slice(0, sizeMax));
    },
  };
}

function scheduleStore(): ScheduleStore {
  const records = new Map<string, ScheduleRecord>();
  const keyOf = ({ namespaceId, scheduleId }: Pick<ScheduleRecord, 'namespaceId' | 'scheduleId'>): string =>
    `${namespaceId}\0${scheduleId}`;
  const sorted = (): ScheduleRecord[] => [...records.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  return {
    write: (record) => {
      if ((records.get(keyOf(record))?.version ?? 0) !== record.version - 1) return Promise.resolve('conflict');
      records.set(keyOf(record), record);
      return Promise.resolve('written');
    },
    find: (namespaceId, scheduleId) => Promise.resolve(records.get(keyOf({ namespaceId, scheduleId }))),
    list: ({ namespaceId, after, sizeMax }) =>
      Promise.resolve(
        sorted()
          .filter((one) => one.namespaceId === namespaceId && (after === undefined || one.scheduleId > after))
          .slice(0, sizeMax),
      ),
    scan: ({ after, sizeMax }) =>
      Promise.resolve(
        sorted()
          .filter((one) => after === undefined || keyOf(one) > keyOf(after))
          .slice(0, sizeMax),
      ),
    delete: (namespaceId, scheduleId) => {
      records.delete(keyOf({ namespaceId, scheduleId }));
      return Promise.resolve();
    },
  };
}

function taskQueueStore(): TaskQueueStore {
  const configs = new Map<string, TaskQueueConfig>();
  const keyOf = ({ namespaceId, kind, name }: Pick<TaskQueueConfig, 'namespaceId' | 'kind' | 'name'>): string =>
    `${namespaceId}/${kind}/${name}`;
  return {
    put: (config) => {
      configs.set(keyOf(config), config);
      return Promise.resolve();
    },
    find: (queue) => Promise.resolve(configs.get(keyOf(queue))),
    all: () => Promise.resolve([...configs.values()]),
  };
}
