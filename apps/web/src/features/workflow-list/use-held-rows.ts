'use client';
import { useState } from 'react';
import type { HeldRows } from '../../domain/held-rows.ts';
import { holdRows } from '../../domain/held-rows.ts';

interface Held<Row> extends HeldRows<Row> {
  readonly question: string;
  readonly fresh: readonly Row[];
  readonly isHeld: boolean;
}

/** The rows to show: fresh ones as they come, unless they are held under the same question. */
export function useHeldRows<Row extends { readonly runId: string }>(
  question: string,
  fresh: readonly Row[],
  isHeld: boolean,
): HeldRows<Row> & { readonly release: () => void } {
  const [held, setHeld] = useState<Held<Row>>({ question, fresh, isHeld, rows: fresh, waiting: 0 });
  let next = held;
  if (held.question !== question || held.fresh !== fresh || held.isHeld !== isHeld) {
    const keeps = isHeld && held.question === question;
    next = { question, fresh, isHeld, ...(keeps ? holdRows(held.rows, fresh) : { rows: fresh, waiting: 0 }) };
    setHeld(next);
  }
  return { rows: next.rows, waiting: next.waiting, release: () => setHeld({ ...next, rows: fresh, waiting: 0 }) };
}
