/** What a cell of the list can be filtered by. */
import type { ColumnId } from './list-columns.ts';

export interface CellValue {
  /** The attribute as queries name it. */
  readonly field: string;
  readonly value: string | number | boolean;
  /** In words: `Type OrderFlow`. */
  readonly words: string;
}

/** As the api hides a value; its code is not loaded with the list for this. */
const HIDDEN = /^•+$/;

interface Row {
  readonly status: string;
  readonly type: string;
  readonly queue: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Undefined where a filter could not say it: an empty cell, a list of values, what is hidden, what servers keep no index of. */
export function cellValue(id: ColumnId, row: Row): CellValue | undefined {
  if (id === 'type') return found('WorkflowType', row.type, 'Type');
  if (id === 'queue') return found('TaskQueue', row.queue, 'Queue');
  if (id === 'status') return found('ExecutionStatus', row.status, 'Status');
  if (!id.startsWith('attr:')) return undefined;
  const name = id.slice('attr:'.length);
  return found(/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``, row.fields[id], name);
}

function found(field: string, value: unknown, label: string): CellValue | undefined {
  const isPlain =
    (typeof value === 'string' && value !== '' && !HIDDEN.test(value)) || typeof value === 'number' || typeof value === 'boolean';
  return isPlain ? { field, value, words: `${label} ${String(value)}` } : undefined;
}
