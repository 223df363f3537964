'use client';
import { useMemo } from 'react';
import type { ExecutionRow } from '../../data/queries.ts';
import { isValue } from '../../domain/list-columns.ts';
import type { RowSort } from '../../domain/row-sort.ts';
import { sortRows } from '../../domain/row-sort.ts';
import { useValues } from './use-values.ts';

export interface SortedRows {
  readonly rows: readonly ExecutionRow[];
  /** Of how many of them it is known what stands in the column; undefined where that comes with the row. */
  readonly known: number | undefined;
  /** What their order depends on, besides what is loaded anew; undefined while they are as the server lists them. */
  readonly question: readonly unknown[] | undefined;
}

interface Asked {
  readonly sort: RowSort | undefined;
  readonly pages: number;
  /** Milliseconds. */
  readonly at: number;
}

/**
 * The loaded rows in the order that was asked for. What stands in inputs and results is read for each of them, so many at a time; until all is
 * read they are as the server lists them, and move once.
 */
export function useSortedRows(namespace: string, loaded: readonly ExecutionRow[], { sort, pages, at }: Asked): SortedRows {
  const column = sort !== undefined && isValue(sort.column) ? sort.column : undefined;
  const columns = useMemo(() => (column === undefined ? [] : [column]), [column]);
  const { of, known } = useValues({ namespace, shown: loaded, columns, isAsked: true });
  const isRead = column === undefined || known === loaded.length;
  const rows = useMemo(() => {
    const withValues = column === undefined ? loaded : loaded.map((row) => ({ ...row, fields: { ...row.fields, ...of(row) } }));
    return isRead ? sortRows(withValues, sort, at) : loaded;
  }, [loaded, column, of, isRead, sort, at]);
  return { rows, known: column === undefined ? undefined : known, question: sort === undefined ? undefined : [sort, pages, isRead] };
}
