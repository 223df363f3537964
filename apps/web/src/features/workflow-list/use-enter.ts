'use client';
import { useEffect, useState } from 'react';
import type { ExecutionRow } from '../../data/queries.ts';
import { useOpenRow } from './use-open-row.ts';

interface Found {
  readonly namespace: string;
  readonly rows: readonly ExecutionRow[];
  /** The piece of an id that the list asks for. */
  readonly id: string;
  readonly list: { readonly isSuccess: boolean; readonly isPlaceholderData: boolean; readonly hasNextPage: boolean };
}

/** Enter after a piece of an id opens the run when it is the only one, and goes to the first of several. It waits for the answer. */
export function useEnter({ namespace, rows, id, list }: Found): (id: string) => void {
  const { open } = useOpenRow(namespace, rows);
  const [asked, setAsked] = useState<string>();
  const isAnswered = list.isSuccess && !list.isPlaceholderData;
  useEffect(() => {
    if (asked === undefined || asked !== id || !isAnswered) return;
    setAsked(undefined);
    const only = rows.length === 1 && !list.hasNextPage && id !== '' ? rows[0] : undefined;
    if (only === undefined) document.querySelector<HTMLElement>('tr[data-row]')?.focus();
    else open(only);
  }, [asked, id, isAnswered, rows, list.hasNextPage, open]);
  return setAsked;
}
