/** The start of a workflow as the console's form says it, and as the protocol does. Times are milliseconds; 0 is none. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import { encodePayload, encodePayloads } from '../json/payload.ts';
import type { Json } from '../model/json.ts';
import { argumentsInput, namespaceInput } from '../procedure.ts';

type Request = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
type Payload = temporal.api.common.v1.IPayload;

const reuse = api.enums.v1.WorkflowIdReusePolicy;
const conflict = api.enums.v1.WorkflowIdConflictPolicy;
const whenOpen = {
  refuse: conflict.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
  use: conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
  terminate: conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
} as const;
const whenClosed = {
  allow: reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
  failed: reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
  refuse: reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
} as const;

const span = z.number().min(0).max(3.2e12).default(0);
const named = z.record(z.string().min(1).max(1000), z.json()).default({});

const retryInput = z.object({
  initialIntervalMs: span,
  maximumIntervalMs: span,
  backoffCoefficient: z.number().min(0).max(1000).default(0),
  maximumAttempts: z.number().int().min(0).max(1e9).default(0),
  nonRetryable: z.array(z.string().min(1).max(1000)).max(100).default([]),
});
const priorityInput = z.object({
  key: z.number().int().min(0).max(100).default(0),
  fairnessKey: z.string().max(64).default(''),
  fairnessWeight: z.number().min(0).max(1000).default(0),
});
const firstInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signal'), name: z.string().trim().min(1).max(1000), input: argumentsInput }),
  z.object({
    kind: z.literal('update'),
    name: z.string().trim().min(1).max(1000),
    input: argumentsInput,
    updateId: z.string().max(1000).default(''),
    waitFor: z.enum(['accepted', 'completed']).default('completed'),
  }),
]);

export const startInput = namespaceInput.extend({
  workflowId: z.string().trim().min(1, 'A run needs a workflow id.').max(1000),
  type: z.string().trim().min(1, 'Which workflow?').max(1000),
  queue: z.string().trim().min(1, 'On which task queue do its workers poll?').max(1000),
  input: argumentsInput,
  whenOpen: z.enum(['refuse', 'use', 'terminate']).default('refuse'),
  whenClosed: z.enum(['allow', 'failed', 'refuse']).default('allow'),
  /** A second start with the same one is the same start. */
  requestId: z.string().max(1000).default(''),
  executionTimeoutMs: span,
  runTimeoutMs: span,
  taskTimeoutMs: span,
  startDelayMs: span,
  cron: z.string().max(1000).default(''),
  retry: retryInput.optional(),
  priority: priorityInput.optional(),
  memo: named,
  searchAttributes: named,
  headers: named,
  summary: z.string().max(400).default(''),
  details: z.string().max(20_000).default(''),
  /** What reaches the run together with its start. */
  first: firstInput.optional(),
  identity: z.string().max(255).default('console'),
});
export type StartInput = z.infer<typeof startInput>;

const fieldsOf = (values: Readonly<Record<string, Json>>): Record<string, Payload> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encodePayload(value)]));
const isEmpty = (values: object): boolean => Object.keys(values).length === 0;

/** What a start has in common, whether or not a message goes with it. Options that are not set are left out. */
export function toStartRequest(input: StartInput): Request {
  const encoded = encodePayloads(input.input);
  return {
    namespace: input.namespace,
    workflowId: input.workflowId,
    workflowType: { name: input.type },
    taskQueue: { name: input.queue },
    requestId: input.requestId || randomUUID(),
    identity: input.identity,
    workflowIdConflictPolicy: whenOpen[input.whenOpen],
    workflowIdReusePolicy: whenClosed[input.whenClosed],
    ...(encoded ? { input: encoded } : {}),
    ...timesOf(input),
    ...(input.cron ? { cronSchedule: input.cron } : {}),
    ...(input.retry ? { retryPolicy: toRetryPolicy(input.retry) } : {}),
    ...(input.priority
      ? {
          priority: {
            priorityKey: input.priority.key,
            fairnessKey: input.priority.fairnessKey,
            fairnessWeight: input.priority.fairnessWeight,
          },
        }
      : {}),
    ...(isEmpty(input.memo) ? {} : { memo: { fields: fieldsOf(input.memo) } }),
    ...(isEmpty(input.searchAttributes) ? {} : { searchAttributes: { indexedFields: fieldsOf(input.searchAttributes) } }),
    ...(isEmpty(input.headers) ? {} : { header: { fields: fieldsOf(input.headers) } }),
    ...wordsOf(input),
  };
}

function timesOf(input: StartInput): Request {
  return {
    ...(input.executionTimeoutMs ? { workflowExecutionTimeout: toDuration(input.executionTimeoutMs) } : {}),
    ...(input.runTimeoutMs ? { workflowRunTimeout: toDuration(input.runTimeoutMs) } : {}),
    ...(input.taskTimeoutMs ? { workflowTaskTimeout: toDuration(input.taskTimeoutMs) } : {}),
    ...(input.startDelayMs ? { workflowStartDelay: toDuration(input.startDelayMs) } : {}),
  };
}

function toRetryPolicy(retry: z.infer<typeof retryInput>): temporal.api.common.v1.IRetryPolicy {
  return {
    ...(retry.initialIntervalMs ? { initialInterval: toDuration(retry.initialIntervalMs) } : {}),
    ...(retry.maximumIntervalMs ? { maximumInterval: toDuration(retry.maximumIntervalMs) } : {}),
    ...(retry.backoffCoefficient ? { backoffCoefficient: retry.backoffCoefficient } : {}),
    maximumAttempts: retry.maximumAttempts,
    nonRetryableErrorTypes: retry.nonRetryable,
  };
}

function wordsOf({ summary, details }: StartInput): Request {
  if (summary === '' && details === '') return {};
  return {
    userMetadata: { ...(summary ? { summary: encodePayload(summary) } : {}), ...(details ? { details: encodePayload(details) } : {}) },
  };
}
