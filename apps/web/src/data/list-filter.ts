'use client';
import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { ColumnId } from '../domain/list-columns.ts';
import { fitWidth, isDefault, readColumns } from '../domain/list-columns.ts';
import type { RowSort } from '../domain/row-sort.ts';
import { readSort, sortText } from '../domain/row-sort.ts';
import type { RunStatus } from '../domain/status.ts';
import { RUN_STATUSES } from '../domain/status.ts';
import { keysOf } from '../lib/keys-of.ts';
import { setPreferences, usePreferences } from './preferences.ts';

export interface ListFilterState {
  readonly status: readonly RunStatus[];
  readonly type: string;
  readonly id: string;
  readonly queue: string;
  readonly query: string;
  readonly startedFrom?: number;
  readonly startedTo?: number;
}

/** Spans that people ask for; the list keeps the span in its address and works out the moment. */
export const SPANS = { '15m': 900_000, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const;
export type Span = keyof typeof SPANS;

const parsers = {
  status: parseAsArrayOf(parseAsStringLiteral(RUN_STATUSES)).withDefault([]),
  type: parseAsString.withDefault(''),
  id: parseAsString.withDefault(''),
  queue: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  last: parseAsStringLiteral([...keysOf(SPANS)]),
  from: parseAsInteger,
  to: parseAsInteger,
};

/** The columns of the list, in the address and, for the next visit, in this browser. */
export function useListColumns() {
  const preferences = usePreferences();
  const [words, setWords] = useQueryState('cols', parseAsArrayOf(parseAsString));
  const columns = useMemo(() => readColumns(words ?? preferences.columns), [words, preferences.columns]);
  const setColumns = (next: readonly ColumnId[]) => {
    setPreferences({ columns: [...next] });
    void setWords(isDefault(next) ? null : [...next]);
  };
  const setWidth = (id: ColumnId, width: number | undefined) => {
    const { [id]: _old, ...rest } = preferences.widths;
    setPreferences({ widths: width === undefined ? rest : { ...rest, [id]: fitWidth(width) } });
  };
  return { columns, widths: preferences.widths, setColumns, setWidth };
}

/** How the loaded rows are sorted, in the address. */
export function useListSort() {
  const [text, setText] = useQueryState('sort', parseAsString.withDefault(''));
  const { columns } = useListColumns();
  const sort = useMemo(() => readSort(text, columns), [text, columns]);
  return { sort, setSort: (next: RowSort | undefined) => void setText(next === undefined ? null : sortText(next)) };
}

/** Rounded, so that a span asked again within the minute is the same question. */
const MINUTE = 60_000;

const floorOf = (span: Span): number => Math.floor(Date.now() / MINUTE) * MINUTE - SPANS[span];

/** The list's filters, kept in the address. */
export function useListFilter() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace', throttleMs: 150 });
  const { status, type, id, queue, q, last, from, to } = state;
  const floor = last === null ? from : floorOf(last);
  const filter = useMemo<ListFilterState>(
    () => ({
      status,
      type,
      id,
      queue,
      query: q,
      ...(floor === null ? {} : { startedFrom: floor }),
      ...(to === null ? {} : { startedTo: to }),
    }),
    [status, type, id, queue, q, floor, to],
  );
  const isEmpty = status.length === 0 && !type && !id && !queue && !q && last === null && from === null && to === null;
  return { state, setState, filter, isEmpty };
}
