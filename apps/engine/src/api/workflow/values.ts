import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import { decodePayload } from '../json/payload.ts';
import type { Json } from '../model/json.ts';
import { argumentAt } from '../model/json-path.ts';
import { maskAt } from '../model/secrets.ts';
import type { ApiContext } from '../procedure.ts';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';
import { shortValue } from './short-value.ts';

/** What a screen shows at once. */
const RUNS_MAX = 60;
/** So many runs are read at the same time. */
const WIDTH = 6;

export interface RunValues {
  readonly runId: string;
  /** By the field that was asked for; what the run has not is left out. */
  readonly values: Readonly<Record<string, Json>>;
}

const runInput = z.object({ workflowId: z.string().min(1).max(1000), runId: z.string().min(1).max(255) });
type RunInput = z.infer<typeof runInput>;

/** What stands at some paths in the inputs and results of some runs: one event of a run for each. Runs that are gone are left out. */
export const values = procedure
  .input(
    namespaceInput.extend({
      runs: z.array(runInput).max(RUNS_MAX),
      /** `input:PATH` or `result:PATH`. */
      fields: z
        .array(
          z
            .string()
            .max(255)
            .regex(/^(input|result):./, 'A field is input:PATH or result:PATH.'),
        )
        .min(1)
        .max(24),
    }),
  )
  .query(async ({ ctx, input, signal }): Promise<readonly RunValues[]> => {
    const rest = [...input.runs];
    const found: RunValues[] = [];
    const work = async () => {
      for (let run = rest.shift(); run !== undefined; run = rest.shift()) {
        const read = await readRun({ ctx, namespace: input.namespace, fields: input.fields, signal }, run).catch((error: unknown) => {
          if (hasCode(error, StatusCode.NOT_FOUND)) return undefined;
          throw error;
        });
        if (read !== undefined) found.push({ runId: run.runId, values: read });
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, work));
    return found;
  });

interface Reading {
  readonly ctx: ApiContext;
  readonly namespace: string;
  readonly fields: readonly string[];
  readonly signal: AbortSignal | undefined;
}

async function readRun(reading: Reading, run: RunInput): Promise<Record<string, Json>> {
  const of = (part: string) => reading.fields.filter((field) => field.startsWith(`${part}:`));
  const [inputs, results] = [of('input'), of('result')];
  const [first, last] = await Promise.all([
    inputs.length === 0 ? undefined : eventOf(reading, run, false),
    results.length === 0 ? undefined : eventOf(reading, run, true),
  ]);
  const started = decoded(first?.workflowExecutionStartedEventAttributes?.input);
  const completed = decoded(last?.workflowExecutionCompletedEventAttributes?.result);
  const entries = [
    ...inputs.map((field) => [field, argumentAt(started, pathOf(field))] as const),
    ...results.map((field) => [field, argumentAt(completed, pathOf(field))] as const),
  ];
  return Object.fromEntries(
    entries.flatMap(([field, value]) => (value === undefined ? [] : [[field, shortValue(maskedAt(pathOf(field), value))] as const])),
  );
}

/** Nothing in a list says who reads it, so what a key on the way there calls a secret is not in it. */
const maskedAt = (path: string, value: Json): Json => maskAt(path, value) as Json;

const pathOf = (field: string): string => field.slice(field.indexOf(':') + 1);
const decoded = (payloads: temporal.api.common.v1.IPayloads | null | undefined): readonly Json[] =>
  (payloads?.payloads ?? []).map((payload) => decodePayload(payload));

const { HISTORY_EVENT_FILTER_TYPE_ALL_EVENT, HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT } = api.enums.v1.HistoryEventFilterType;

/** The first event of a run, or the one that closed it. */
async function eventOf({ ctx, namespace, signal }: Reading, execution: RunInput, isLast: boolean) {
  const { history } = await ctx.workflow.getWorkflowExecutionHistory(
    {
      namespace,
      execution,
      maximumPageSize: 1,
      historyEventFilterType: isLast ? HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT : HISTORY_EVENT_FILTER_TYPE_ALL_EVENT,
    },
    { ...deadline(), ...(signal ? { signal } : {}) },
  );
  return isLast ? history?.events?.at(-1) : history?.events?.[0];
}
