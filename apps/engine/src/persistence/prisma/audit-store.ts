import type { AuditEntry, AuditPage } from '../../api/model/audit-trail.ts';
import { auditOutcomes } from '../../api/model/audit-trail.ts';
import type { AuditStore } from '../ports/audit-store.ts';
import type { Database, Row } from './database.ts';
import { number, text } from './run-store.ts';

const COLUMNS = '"id", "at", "who", "action", "namespace", "workflow_id", "run_id", "target", "why", "outcome", "problem"';

export function prismaAuditStore(database: Database): AuditStore {
  const run = async (sql: string, values: readonly (string | number)[]): Promise<void> => {
    await database.transaction((statements) => statements.execute(sql, values));
  };
  return {
    append: (one) =>
      run(`INSERT INTO "audit" (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
        one.id,
        one.at,
        one.who,
        one.action,
        one.namespace,
        one.workflowId,
        one.runId,
        one.target,
        one.why,
        one.outcome,
        one.problem,
      ]),
    settle: (id, outcome, problem) => run('UPDATE "audit" SET "outcome" = ?, "problem" = ? WHERE "id" = ?', [outcome, problem, id]),
    list: async (query) => {
      const { text: where, values } = whereOf(query);
      const rows = await database.query(`SELECT ${COLUMNS} FROM "audit" ${where} ORDER BY "at" DESC, "id" DESC LIMIT ?`, [
        ...values,
        query.sizeMax,
      ]);
      return rows.map(toEntry);
    },
    deleteBefore: (at) => run('DELETE FROM "audit" WHERE "at" < ?', [at]),
  };
}

function whereOf({ namespace, workflowId, who, before }: AuditPage): { text: string; values: readonly (string | number)[] } {
  const equal = Object.entries({ namespace, workflow_id: workflowId, who }).flatMap(([column, value]) =>
    value === undefined ? [] : [{ text: `"${column}" = ?`, values: [value] }],
  );
  const parts = [...equal, ...(before === undefined ? [] : [{ text: '("at", "id") < (?, ?)', values: [before.at, before.id] }])];
  return {
    text: parts.length === 0 ? '' : `WHERE ${parts.map((part) => part.text).join(' AND ')}`,
    values: parts.flatMap((part): (string | number)[] => part.values),
  };
}

const toEntry = (row: Row): AuditEntry => ({
  id: text(row, 'id'),
  at: number(row, 'at'),
  who: text(row, 'who'),
  action: text(row, 'action'),
  namespace: text(row, 'namespace'),
  workflowId: text(row, 'workflow_id'),
  runId: text(row, 'run_id'),
  target: text(row, 'target'),
  why: text(row, 'why'),
  outcome: auditOutcomes.find((one) => one === row['outcome']) ?? 'asked',
  problem: text(row, 'problem'),
});
