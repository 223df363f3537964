import { StatusCode } from '@tidemark/protocol/errors';
import { decodePayload } from '../json/payload.ts';
import type { Json } from '../model/json.ts';
import { deadline, executionInput, hasCode, procedure } from '../procedure.ts';

/** Answered by our SDK's workers from the full history they are handed; other SDKs do not know the name. */
const REPLAY_QUERY = '__tidemark_replay';
const REPLAY_MS = 30_000;
const REPORT_BYTES_MAX = 16 * 1024 * 1024;

/** `no-worker`: nobody polls. `other-sdk`: a worker answered that it does not know the question. `refused`: the server lets no query through now. */
export type ReplayMiss = 'no-worker' | 'other-sdk' | 'refused';
export type ReplayOutcome =
  | { readonly kind: 'report'; readonly report: Json; readonly tookMs: number }
  | { readonly kind: 'missing'; readonly why: ReplayMiss; readonly message: string };

export const replay = procedure.input(executionInput).mutation(async ({ ctx, input }): Promise<ReplayOutcome> => {
  const began = performance.now();
  try {
    const response = await ctx.workflow.queryWorkflow(
      { namespace: input.namespace, execution: { workflowId: input.workflowId, runId: input.runId }, query: { queryType: REPLAY_QUERY } },
      deadline(REPLAY_MS),
    );
    const payload = response.queryResult?.payloads?.[0];
    if (!payload) return { kind: 'missing', why: 'refused', message: 'The answer was empty.' };
    return { kind: 'report', report: decodePayload(payload, REPORT_BYTES_MAX), tookMs: Math.round(performance.now() - began) };
  } catch (error) {
    if (hasCode(error, StatusCode.INVALID_ARGUMENT)) return { kind: 'missing', why: 'other-sdk', message: error.message };
    if (hasCode(error, StatusCode.DEADLINE_EXCEEDED)) return { kind: 'missing', why: 'no-worker', message: error.message };
    if (hasCode(error, StatusCode.FAILED_PRECONDITION, StatusCode.RESOURCE_EXHAUSTED)) {
      return { kind: 'missing', why: /poller/i.test(error.message) ? 'no-worker' : 'refused', message: error.message };
    }
    throw error;
  }
});
