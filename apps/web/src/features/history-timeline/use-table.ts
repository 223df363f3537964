'use client';
import { useMemo, useState } from 'react';
import type { StepColumn, StepSort } from '../../domain/step-cells.ts';
import { nextStepSort, sortSteps } from '../../domain/step-cells.ts';
import type { Timeline } from './use-timeline.ts';

export interface TableView {
  /** What is drawn, and what keys go over. */
  readonly timeline: Timeline;
  readonly sort: StepSort | undefined;
  readonly onSort: ((column: StepColumn) => void) | undefined;
}

/** The rows as a table has them. Bars are never sorted: their order is their axis. */
export function useTable(timeline: Timeline, isTable: boolean): TableView {
  const [chosen, setSort] = useState<StepSort>();
  const canSort = isTable && timeline.gapAt === undefined;
  const sort = canSort ? chosen : undefined;
  const rows = useMemo(() => sortSteps(timeline.rows, sort), [timeline.rows, sort]);
  return {
    timeline: rows === timeline.rows ? timeline : { ...timeline, rows },
    sort,
    onSort: canSort ? (column) => setSort(nextStepSort(sort, column)) : undefined,
  };
}
