import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Occurrence } from '../model/error-groups.ts';
import type { FailureRow } from '../model/event-row.ts';
import { namespaceInput, procedure } from '../procedure.ts';
import type { ErrorRow, LookedAt } from './list.ts';
import { grouped } from './list.ts';
import { surveyErrors } from './survey.ts';

const RUNS_MAX = 300;

export interface ErrorDescription {
  readonly row: ErrorRow;
  /** The newest first; a run may stand here more than once. */
  readonly runs: readonly Omit<Occurrence, 'failure'>[];
  /** Of the newest. */
  readonly sample: FailureRow;
  readonly looked: LookedAt;
  readonly from: number;
  readonly to: number;
}

/** One error with the runs it concerns. An error that is not among what fails now is not found. */
export const describe = procedure
  .input(namespaceInput.extend({ id: z.string().regex(/^[0-9a-f]{16}$/, 'An error is named by 16 hexadecimal digits.') }))
  .query(async ({ ctx, input }): Promise<ErrorDescription> => {
    const { groups, looked, from, to } = grouped(await surveyErrors(ctx, input.namespace, Date.now));
    const group = groups.find(({ id }) => id === input.id);
    const newest = group?.occurrences[0];
    if (group === undefined || newest === undefined)
      throw new TRPCError({ code: 'NOT_FOUND', message: 'This error is not among the newest failures any more.' });
    const { occurrences, ...row } = group;
    return {
      row,
      runs: occurrences.slice(0, RUNS_MAX).map(({ failure: _failure, ...one }) => one),
      sample: newest.failure,
      looked,
      from,
      to,
    };
  });
