import { StatusCode } from '@tidemark/protocol/errors';
import { toNumber } from '@tidemark/protocol/time';
import { PROBLEMS_QUERY } from '../error/survey.ts';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';
import type { StatusCounts } from '../workflow/count-by-status.ts';
import { closedOf, countByStatus } from '../workflow/count-by-status.ts';
import { quote } from '../workflow/list-filter.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const COUNT_MS = 4_000;

export interface NamespaceOverview {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of all runs that are kept. */
  readonly total: number;
  readonly byStatus: StatusCounts;
  /** What ended in the last hour, and in the one before. Null when the server could not count it in time. */
  readonly lastHour: StatusCounts | null;
  readonly hourBefore: StatusCounts | null;
  /** The span of the last hour, on whole minutes, so that a list asked for it finds the same. */
  readonly hourFrom: number;
  /** Open runs whose workflow task fails, and the list filter that finds them. Null where the server does not mark them. */
  readonly failingTasks: { readonly count: number; readonly query: string } | null;
}

/** The counts of a namespace's front page: four, however many runs there are. */
export const overview = procedure.input(namespaceInput).query(async ({ ctx, input, signal }): Promise<NamespaceOverview> => {
  const { namespace } = input;
  const at = Date.now();
  const hourFrom = Math.floor((at - HOUR) / MINUTE) * MINUTE;
  const options = { ...deadline(COUNT_MS), ...(signal ? { signal } : {}) };
  const closedSince = (from: number, to?: number) => {
    const since = `CloseTime >= ${quote(new Date(from).toISOString())}`;
    const filter = to === undefined ? since : `${since} AND CloseTime < ${quote(new Date(to).toISOString())}`;
    return countByStatus(ctx, { namespace, filter }, options)
      .then(({ byStatus }) => closedOf(byStatus))
      .catch(nullIfUncounted);
  };
  const [all, lastHour, hourBefore, failingTasks] = await Promise.all([
    countByStatus(ctx, { namespace, filter: '' }, options),
    closedSince(hourFrom),
    closedSince(hourFrom - HOUR, hourFrom),
    ctx.workflow
      .countWorkflowExecutions({ namespace, query: `${PROBLEMS_QUERY} AND ExecutionStatus = 'Running'` }, options)
      .then(({ count }) => ({ count: toNumber(count), query: PROBLEMS_QUERY }))
      .catch(nullIfUncounted),
  ]);
  return { at, ...all, lastHour, hourBefore, hourFrom, failingTasks };
});

function nullIfUncounted(error: unknown): null {
  if (hasCode(error, StatusCode.INVALID_ARGUMENT, StatusCode.DEADLINE_EXCEEDED, StatusCode.UNIMPLEMENTED)) return null;
  throw error;
}
