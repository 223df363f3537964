import type { Finding } from '../model/finding.ts';
import { executionInput, procedure } from '../procedure.ts';
import { whyRun } from '../why/gather-facts.ts';
import { Survey } from '../why/survey.ts';

export interface Why {
  /** The most important reason first; empty when the run is closed. */
  readonly findings: readonly Finding[];
}

export const why = procedure.input(executionInput).query(async ({ ctx, input, signal }): Promise<Why> => {
  const survey = new Survey({ ctx, namespace: input.namespace, now: Date.now, signal });
  return { findings: await whyRun(survey, input) };
});
