'use client';
import { useQueryStates } from 'nuqs';
import { useDeferredValue } from 'react';
import { timelineParsers } from '../../data/run-tab-state.ts';
import type { TimelineOrder } from '../../domain/timeline-order.ts';

export interface Arrangement {
  /** What was asked for. */
  readonly asked: TimelineOrder;
  /** What the rows are in: they follow what was asked for, which takes its time where they are many. */
  readonly order: TimelineOrder;
  readonly onOrder: (order: TimelineOrder) => void;
  /** The same rows in words and numbers instead of bars. */
  readonly isTable: boolean;
  readonly onTable: () => void;
}

const { group, path, as } = timelineParsers;

/** How the address has the rows arranged. */
export function useArrangement(): Arrangement {
  const [state, setState] = useQueryStates({ group, path, as }, { history: 'replace', scroll: false });
  return {
    asked: state.group,
    order: useDeferredValue(state.group),
    // Rows along the critical path say nothing where it is not marked.
    onOrder: (next) => void setState(next === 'path' ? { group: next, path: true } : { group: next }),
    isTable: state.as === 'table',
    onTable: () => void setState((old) => ({ as: old.as === 'table' ? null : 'table' })),
  };
}
