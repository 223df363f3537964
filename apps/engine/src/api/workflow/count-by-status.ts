import { toNumber } from '@tidemark/protocol/time';
import { decodePayload } from '../json/payload.ts';
import type { ApiContext } from '../procedure.ts';

export type StatusCounts = Readonly<Record<string, number>>;

export interface CountQuestion {
  readonly namespace: string;
  /** A list filter; empty for every run. */
  readonly filter: string;
}

/** How many runs of each status a list filter finds, and of all together. */
export async function countByStatus(
  { workflow }: Pick<ApiContext, 'workflow'>,
  { namespace, filter }: CountQuestion,
  options: { readonly deadline: number; readonly signal?: AbortSignal },
): Promise<{ readonly total: number; readonly byStatus: StatusCounts }> {
  const response = await workflow.countWorkflowExecutions({ namespace, query: `${filter} GROUP BY ExecutionStatus`.trim() }, options);
  const byStatus: Record<string, number> = {};
  for (const group of response.groups) {
    const value = group.groupValues?.[0];
    const status = value ? decodePayload(value) : undefined;
    if (typeof status === 'string') byStatus[status] = toNumber(group.count);
  }
  const summed = Object.values(byStatus).reduce((sum, one) => sum + one, 0);
  return { total: Math.max(toNumber(response.count), summed), byStatus };
}

/** Some servers find open runs too when they are asked for a time of closing. */
export const closedOf = ({ Running: _running, Paused: _paused, ...closed }: StatusCounts): StatusCounts => closed;
