import type { AuditEntry } from '../../api/model/audit-trail.ts';
import type { AuditStore } from '../ports/audit-store.ts';

export function memoryAuditStore(): AuditStore {
  const entries = new Map<string, AuditEntry>();
  return {
    append: (record) => {
      entries.set(record.id, record);
      return Promise.resolve();
    },
    settle: (id, outcome, problem) => {
      const entry = entries.get(id);
      if (entry !== undefined) entries.set(id, { ...entry, outcome, problem });
      return Promise.resolve();
    },
    list: ({ namespace, workflowId, who, before, sizeMax }) =>
      Promise.resolve(
        [...entries.values()]
          .filter(
            (entry) =>
              (namespace === undefined || entry.namespace === namespace) &&
              (workflowId === undefined || entry.workflowId === workflowId) &&
              (who === undefined || entry.who === who) &&
              (before === undefined || compare(entry, before) > 0),
          )
          .sort(compare)
          .slice(0, sizeMax),
      ),
    deleteBefore: (at) => {
      for (const entry of entries.values()) if (entry.at < at) entries.delete(entry.id);
      return Promise.resolve();
    },
  };
}

type Position = Pick<AuditEntry, 'at' | 'id'>;

/** The latest first. */
const compare = (a: Position, b: Position): number => b.at - a.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
