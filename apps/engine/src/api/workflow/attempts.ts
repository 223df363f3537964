import type { FailureRow } from '../model/event-row.ts';
import type { AttemptsOf, RunAttempts } from '../model/run-attempts.ts';
import { executionInput, procedure } from '../procedure.ts';
import { toFailureRow } from '../run/event-row.ts';

/** Every attempt that history does not write. Null where the server keeps none of it. */
export const attempts = procedure.input(executionInput).query(async ({ ctx, input }): Promise<RunAttempts<FailureRow> | null> => {
  const found = await ctx.tidemark?.attempts(input);
  if (found === undefined) return null;
  const { activities, tasks, ...rest } = found;
  return { ...rest, activities: activities.map(toRow), tasks: tasks.map(toRow) };
});

const NO_FAILURE: FailureRow = { message: '', type: 'Failure' };

const toRow = ({ failures, ...row }: AttemptsOf): AttemptsOf<FailureRow> => ({
  ...row,
  failures: failures.map((failure) => toFailureRow(failure) ?? NO_FAILURE),
});
