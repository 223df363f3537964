/** Rows of the list as a file: comma-separated values, or one JSON object a line. */
import type { ExecutionRow } from '@tidemark/engine/api/model/execution-row';

export type ExportFormat = 'csv' | 'jsonl';

const COLUMNS = ['workflowId', 'runId', 'type', 'status', 'taskQueue', 'startedAt', 'closedAt', 'events', 'bytes', 'parentId'] as const;

const iso = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());

const flat = (row: ExecutionRow) => ({
  workflowId: row.workflowId,
  runId: row.runId,
  type: row.type,
  status: row.status,
  taskQueue: row.queue,
  startedAt: iso(row.startedAt),
  closedAt: iso(row.closedAt),
  events: row.events,
  bytes: row.bytes,
  parentId: row.parentId ?? '',
});

/** What stands before the first row: the names of the columns, or nothing. */
export const exportHead = (format: ExportFormat, fields: readonly string[]): string =>
  format === 'csv' ? csvLine([...COLUMNS, ...fields]) : '';

/** `fields` of attributes, memo, input and result are looked for among the row’s own. */
export function exportLine(format: ExportFormat, row: ExecutionRow, fields: readonly string[]): string {
  const plain = flat(row);
  if (format === 'jsonl')
    return `${JSON.stringify({ ...plain, closedAt: plain.closedAt || null, parentId: row.parentId, fields: row.fields })}\n`;
  return csvLine([...COLUMNS.map((name) => plain[name]), ...fields.map((field) => textOf(row.fields[field]))]);
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** A spreadsheet takes a cell that begins like a formula for one, whoever wrote it; an apostrophe makes it text. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
