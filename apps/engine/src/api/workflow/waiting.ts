import { StatusCode } from '@tidemark/protocol/errors';
import { z } from 'zod';
import type { Phrase, Severity, WhyCode } from '../model/finding.ts';
import { hasCode, namespaceInput, procedure } from '../procedure.ts';
import { whyRun } from '../why/gather-facts.ts';
import { Survey } from '../why/survey.ts';

/** What a screen shows at once. */
const RUNS_MAX = 60;
/** So many runs are looked into at the same time. */
const WIDTH = 6;

export interface Waiting {
  readonly runId: string;
  readonly code: WhyCode;
  readonly severity: Severity;
  readonly short: readonly Phrase[];
}

const runInput = z.object({ workflowId: z.string().min(1).max(1000), runId: z.string().min(1).max(255) });

/** What each of some open runs waits for. Runs that are closed or gone are left out; queues and workers are asked about once for all. */
export const waiting = procedure
  .input(namespaceInput.extend({ runs: z.array(runInput).max(RUNS_MAX) }))
  .query(async ({ ctx, input, signal }): Promise<readonly Waiting[]> => {
    const survey = new Survey({ ctx, namespace: input.namespace, now: Date.now, signal, isBrief: true });
    const rest = [...input.runs];
    const found: Waiting[] = [];
    const work = async () => {
      for (let run = rest.shift(); run !== undefined; run = rest.shift()) {
        const [first] = await whyRun(survey, run).catch((error: unknown) => {
          if (hasCode(error, StatusCode.NOT_FOUND)) return [];
          throw error;
        });
        if (first !== undefined) found.push({ runId: run.runId, code: first.code, severity: first.severity, short: first.short });
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, work));
    return found;
  });
