import type { AuditEntry, AuditTrail } from '../model/audit-trail.ts';

const ENTRIES_MAX = 1000;

/** Where nobody keeps an audit for us: the last thousand entries, as long as this process lives. */
export function memoryTrail(): AuditTrail {
  const entries = new Map<string, AuditEntry>();
  return {
    append: (entry) => {
      entries.set(entry.id, entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= ENTRIES_MAX) break;
        entries.delete(oldest);
      }
      return Promise.resolve();
    },
    settle: (id, outcome, problem) => {
      const entry = entries.get(id);
      if (entry !== undefined) entries.set(id, { ...entry, outcome, problem });
      return Promise.resolve();
    },
    list: ({ namespace, workflowId, who, before, sizeMax }) => {
      const latest = [...entries.values()].reverse();
      const from = before === undefined ? 0 : latest.findIndex(({ id }) => id === before.id) + 1;
      return Promise.resolve(
        latest
          .slice(from)
          .filter(
            (entry) =>
              (namespace === undefined || entry.namespace === namespace) &&
              (workflowId === undefined || entry.workflowId === workflowId) &&
              (who === undefined || entry.who === who),
          )
          .slice(0, sizeMax),
      );
    },
  };
}
