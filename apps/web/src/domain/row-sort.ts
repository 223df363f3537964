/** Sorting of what is loaded. No server of the protocol lists runs in an order of one's own, so the page says how far this goes. */
import type { ExecutionRow } from '@tidemark/engine/api/model/execution-row';
import type { ColumnId } from './list-columns.ts';
import { fieldText, isField, isValue } from './list-columns.ts';

export interface RowSort {
  readonly column: ColumnId;
  readonly isDescending: boolean;
}

/** What a run waits for is known of the rows on the screen alone, and is another thing a moment later. */
export const isSortable = (id: ColumnId): boolean => id !== 'waiting';

/** `started.desc`, as the address keeps it. */
export const sortText = ({ column, isDescending }: RowSort): string => `${column}.${isDescending ? 'desc' : 'asc'}`;

export function readSort(text: string, columns: readonly ColumnId[]): RowSort | undefined {
  const at = text.lastIndexOf('.');
  const column = columns.find((one) => one === text.slice(0, at));
  const direction = text.slice(at + 1);
  if (column === undefined || !isSortable(column) || (direction !== 'asc' && direction !== 'desc')) return undefined;
  return { column, isDescending: direction === 'desc' };
}

/** By that column; again the other way; then as the server lists them. Moments and numbers begin with the greatest. */
export function nextSort<Column extends string>(
  sort: { readonly column: Column; readonly isDescending: boolean } | undefined,
  column: Column,
  isNumber: boolean,
): { readonly column: Column; readonly isDescending: boolean } | undefined {
  if (sort?.column !== column) return { column, isDescending: isNumber };
  return sort.isDescending === isNumber ? { column, isDescending: !isNumber } : undefined;
}

type Key = string | number | null;

function keyOf(row: ExecutionRow, column: ColumnId, now: number): Key {
  if (isField(column) || isValue(column)) {
    const value = row.fields[column];
    return typeof value === 'number' ? value : fieldText(value) || null;
  }
  if (column === 'waiting') return null;
  switch (column) {
    case 'status':
      return row.status;
    case 'id':
      return row.workflowId;
    case 'type':
      return row.type;
    case 'started':
      return row.startedAt;
    case 'closed':
      return row.closedAt;
    case 'duration':
      return (row.closedAt ?? now) - row.startedAt;
    case 'queue':
      return row.queue;
    case 'events':
      return row.events > 0 ? row.events : null;
    case 'bytes':
      return row.bytes > 0 ? row.bytes : null;
    case 'run':
      return row.runId;
    case 'parent':
      return row.parentId;
  }
}

/** Values of inputs and results are looked for among the row’s fields. What a row does not have stands last, whichever way; of equals the server's order is kept. */
export function sortRows<Row extends ExecutionRow>(rows: readonly Row[], sort: RowSort | undefined, now: number): readonly Row[] {
  if (sort === undefined) return rows;
  const sign = sort.isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keyOf(row, sort.column, now) }))
    .sort((a, b) => (a.key === null || b.key === null ? Number(a.key === null) - Number(b.key === null) : sign * compare(a.key, b.key)))
    .map(({ row }) => row);
}

/** Made for the first list that is sorted by a text: most never are, and it takes its time. */
let byText: Intl.Collator | undefined;

/** Numbers before texts; texts with numbers in them as people count. */
function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  byText ??= new Intl.Collator('en', { numeric: true });
  return byText.compare(String(a), String(b));
}
