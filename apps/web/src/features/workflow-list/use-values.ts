'use client';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { runValues, valuesKey } from '../../data/queries.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { isValue } from '../../domain/list-columns.ts';

export type ValuesFound = ApiOutput['workflow']['values'][number]['values'];

interface ShownRuns {
  readonly namespace: string;
  readonly shown: readonly { readonly workflowId: string; readonly runId: string; readonly status: string }[];
  readonly columns: readonly ColumnId[];
  /** Rows that rush by are not asked about. */
  readonly isAsked: boolean;
}

const ASKED_MAX = 60;
/** As many as the list keeps rows. */
const KNOWN_MAX = 2_000;
export interface ValuesKnown {
  readonly of: (row: ShownRuns['shown'][number]) => ValuesFound | undefined;
  /** Of how many of those that are shown. */
  readonly known: number;
}

const none: ReadonlyMap<string, ValuesFound> = new Map();

/** What the runs on the screen were given and have answered, where a column shows it; what was learned of others stays while the page does. */
export function useValues({ namespace, shown, columns, isAsked }: ShownRuns): ValuesKnown {
  const under = columns.filter(isValue).toSorted().join('\n');
  const fields = useMemo(() => (under === '' ? [] : under.split('\n')), [under]);
  const [known, setKnown] = useState<{ readonly under: string; readonly runs: ReadonlyMap<string, ValuesFound> }>({
    under,
    runs: new Map(),
  });
  const runs = known.under === under ? known.runs : none;
  const unknown = fields.length === 0 ? [] : shown.filter((row) => !runs.has(valuesKey(row)));
  const wanted = isAsked ? unknown.slice(0, ASKED_MAX) : [];
  const { data } = useQuery(runValues(namespace, wanted, fields));
  useEffect(() => {
    if (data !== undefined)
      setKnown((before) => ({ under, runs: new Map([...(before.under === under ? before.runs : []), ...data].slice(-KNOWN_MAX)) }));
  }, [data, under]);
  return { of: useCallback((row) => runs.get(valuesKey(row)), [runs]), known: shown.length - unknown.length };
}
