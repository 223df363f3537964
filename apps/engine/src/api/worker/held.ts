import { z } from 'zod';
import type { HeldActivity } from '../error/survey.ts';
import { surveyErrors } from '../error/survey.ts';
import { namespaceInput, procedure } from '../procedure.ts';

export interface HeldActivities {
  readonly activities: readonly Omit<HeldActivity, 'worker'>[];
  /** Open runs that were looked into; there may be more. */
  readonly openLookedAt: number;
  readonly hasMoreOpen: boolean;
}

/** The activities that a worker works on, among the open runs that the look at errors reads anyway. */
export const held = procedure
  .input(namespaceInput.extend({ identity: z.string().min(1).max(1000) }))
  .query(async ({ ctx, input }): Promise<HeldActivities> => {
    const { held: all, openLookedAt, hasMoreOpen } = await surveyErrors(ctx, input.namespace, Date.now);
    const own = all.filter(({ worker }) => worker === input.identity);
    return { activities: own.map(({ worker: _worker, ...one }) => one), openLookedAt, hasMoreOpen };
  });
