'use client';
import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { ColumnId } from '../domain/list-columns.ts';
import { fitWidth, isDefault, readColumns } from '../domain/list-columns.ts';
import type { RowSort } from '../domain/row-sort.ts';
import { readSort, sortText } from '../domain/row-sort.ts';
import { filterOf, floorOf, listParsers } from './list-address.ts';
import { setPreferences, usePreference } from './preferences.ts';

const parsers = listParsers({ parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral });

/** The columns of the list, in the address and, for the next visit, in this browser. */
export function useListColumns() {
  const usual = usePreference('columns');
  const widths = usePreference('widths');
  const [words, setWords] = useQueryState('cols', parseAsArrayOf(parseAsString));
  const columns = useMemo(() => readColumns(words ?? usual), [words, usual]);
  const setColumns = (next: readonly ColumnId[]) => {
    setPreferences({ columns: [...next] });
    void setWords(isDefault(next) ? null : [...next]);
  };
  const setWidth = (id: ColumnId, width: number | undefined) => {
    const { [id]: _old, ...rest } = widths;
    setPreferences({ widths: width === undefined ? rest : { ...rest, [id]: fitWidth(width) } });
  };
  return { columns, widths, setColumns, setWidth };
}

/** How the loaded rows are sorted, in the address: by one of the columns that are shown. */
export function useListSort(columns: readonly ColumnId[]) {
  const [text, setText] = useQueryState('sort', parseAsString.withDefault(''));
  const sort = useMemo(() => readSort(text, columns), [text, columns]);
  return { sort, setSort: (next: RowSort | undefined) => void setText(next === undefined ? null : sortText(next)) };
}

/** The list's filters, kept in the address. */
export function useListFilter() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace', throttleMs: 150 });
  const { status, type, id, queue, q, last, from, to } = state;
  const floor = floorOf(state);
  const filter = useMemo(
    () => filterOf({ status, type, id, queue, q, last: null, from: floor, to }),
    [status, type, id, queue, q, floor, to],
  );
  const isEmpty = status.length === 0 && !type && !id && !queue && !q && last === null && from === null && to === null;
  return { state, setState, filter, isEmpty };
}
