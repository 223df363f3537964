import { toNumber } from '@tidemark/protocol/time';
import { decodePayload } from '../json/payload.ts';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import { filterInput, toListFilter } from './list-filter.ts';

const COUNT_MS = 4_000;

export interface ExecutionCounts {
  readonly total: number;
  readonly byStatus: Readonly<Record<string, number>>;
}

/** Counts per status of everything the other filters let through; a chosen status does not empty the other chips. */
export const count = procedure
  .input(namespaceInput.extend({ filter: filterInput.prefault({}) }))
  .query(async ({ ctx, input, signal }): Promise<ExecutionCounts> => {
    const filter = toListFilter(input.filter, ['status']);
    const response = await ctx.workflow.countWorkflowExecutions(
      { namespace: input.namespace, query: `${filter} GROUP BY ExecutionStatus`.trim() },
      { ...deadline(COUNT_MS), ...(signal ? { signal } : {}) },
    );
    const byStatus: Record<string, number> = {};
    for (const group of response.groups) {
      const value = group.groupValues?.[0];
      const status = value ? decodePayload(value) : undefined;
      if (typeof status === 'string') byStatus[status] = toNumber(group.count);
    }
    const summed = Object.values(byStatus).reduce((sum, one) => sum + one, 0);
    return { total: Math.max(toNumber(response.count), summed), byStatus };
  });
