import { deadline, namespaceInput, procedure } from '../procedure.ts';
import type { StatusCounts } from './count-by-status.ts';
import { countByStatus } from './count-by-status.ts';
import { filterInput, toListFilter } from './list-filter.ts';

const COUNT_MS = 4_000;

export interface ExecutionCounts {
  readonly total: number;
  readonly byStatus: StatusCounts;
}

/** Counts per status of everything the other filters let through; a chosen status does not empty the other chips. */
export const count = procedure
  .input(namespaceInput.extend({ filter: filterInput.prefault({}) }))
  .query(async ({ ctx, input: { namespace, filter }, signal }): Promise<ExecutionCounts> => {
    const question = { namespace, filter: toListFilter(filter, ['status']) };
    return await countByStatus(ctx, question, { ...deadline(COUNT_MS), ...(signal ? { signal } : {}) });
  });
