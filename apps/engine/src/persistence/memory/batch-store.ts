import type { BatchKey, BatchPosition, BatchRecord, BatchStore, BatchTarget } from '../ports/batch-store.ts';
import { BatchState } from '../ports/batch-store.ts';

export function memoryBatchStore(): BatchStore {
  const jobs = new Map<string, BatchRecord>();
  const targets = new Map<string, Map<number, readonly BatchTarget[]>>();
  const of = (namespaceId: string): BatchRecord[] => [...jobs.values()].filter(({ key }) => key.namespaceId === namespaceId);
  return {
    create: (record) => {
      if (of(record.key.namespaceId).some(({ state }) => state === BatchState.Running)) return Promise.resolve('busy');
      if (jobs.has(nameOf(record.key))) return Promise.resolve('exists');
      jobs.set(nameOf(record.key), record);
      return Promise.resolve('created');
    },
    replace: (record) => {
      const before = jobs.get(nameOf(record.key));
      if (before?.version !== record.version - 1) return Promise.resolve('conflict');
      jobs.set(nameOf(record.key), { ...record, request: before.request });
      if (record.state !== BatchState.Running) targets.delete(nameOf(record.key));
      return Promise.resolve('replaced');
    },
    find: (key) => Promise.resolve(jobs.get(nameOf(key))),
    list: (namespaceId, { after, sizeMax }) => {
      const sorted = of(namespaceId).sort((a, b) => compare(positionOf(a), positionOf(b)));
      return Promise.resolve(sorted.filter((one) => after === undefined || compare(after, positionOf(one)) < 0).slice(0, sizeMax));
    },
    listRunning: () => Promise.resolve([...jobs.values()].filter(({ state }) => state === BatchState.Running).map(({ key }) => key)),
    writeTargets: (key, page, all) => {
      const pages = targets.get(nameOf(key)) ?? new Map<number, readonly BatchTarget[]>();
      targets.set(nameOf(key), pages.set(page, all));
      return Promise.resolve();
    },
    readTargets: (key, page) => Promise.resolve(targets.get(nameOf(key))?.get(page) ?? []),
    deleteClosedBefore: (namespaceId, closedBefore) => {
      for (const { key, closedAt } of of(namespaceId)) if (closedAt !== undefined && closedAt < closedBefore) jobs.delete(nameOf(key));
      return Promise.resolve();
    },
  };
}

const nameOf = ({ namespaceId, jobId }: BatchKey): string => `${namespaceId}/${jobId}`;

const positionOf = ({ startedAt, key }: BatchRecord): BatchPosition => ({ startedAt, jobId: key.jobId });

const compare = (a: BatchPosition, b: BatchPosition): number =>
  b.startedAt - a.startedAt || (a.jobId < b.jobId ? 1 : a.jobId > b.jobId ? -1 : 0);
