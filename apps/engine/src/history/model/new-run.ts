/** The first events of a run, for every way a run comes into being. */
import { fromDuration, fromTimestamp, toDuration, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { RunKey } from '../../kernel/ids.ts';
import type { Duration } from '../../kernel/ports.ts';
import { isNothing } from './apply/workflow-events.ts';
import type { Env } from './decision.ts';
import type { EventAttributes } from './events.ts';
import { Step } from './step.ts';

type Payload = temporal.api.common.v1.IPayload;

export interface NewRun {
  readonly key: RunKey;
  /** Everything but the ids, the deadlines and the attempt, which are filled here where they are missing. */
  readonly attributes: EventAttributes<'workflowExecutionStarted'>;
  /** Milliseconds until the first workflow task; 0 for at once. */
  readonly firstTaskDelay: Duration;
  readonly userMetadata?: temporal.api.sdk.v1.IUserMetadata;
  readonly links?: readonly temporal.api.common.v1.ILink[];
  /** Identifies the request that made the run, so that its repetition is recognised; empty when no request did. */
  readonly requestId: string;
}

/** Writes the started event. The caller may add to the step before it finishes it. */
export function beginRun(run: NewRun, env: Env): Step {
  const step = Step.onNewRun(run.key, env);
  const { attributes } = run;
  const executionTimeout = fromDuration(attributes.workflowExecutionTimeout) ?? 0;
  const expiresAt =
    fromTimestamp(attributes.workflowExecutionExpirationTime) ??
    (executionTimeout > 0 ? env.now + run.firstTaskDelay + executionTimeout : undefined);
  step.write({
    name: 'workflowExecutionStarted',
    attributes: {
      ...attributes,
      workflowId: run.key.workflowId,
      originalExecutionRunId: run.key.runId,
      firstExecutionRunId: attributes.firstExecutionRunId || run.key.runId,
      attempt: attributes.attempt || 1,
      memo: attributes.memo ? { fields: withoutNothings(attributes.memo.fields ?? {}) } : null,
      searchAttributes: attributes.searchAttributes
        ? { indexedFields: withoutNothings(attributes.searchAttributes.indexedFields ?? {}) }
        : null,
      ...(expiresAt === undefined ? {} : { workflowExecutionExpirationTime: toTimestamp(expiresAt) }),
      // Set even when it is zero, as histories of this protocol have it.
      firstWorkflowTaskBackoff: toDuration(run.firstTaskDelay),
    },
    ...(run.userMetadata ? { userMetadata: run.userMetadata } : {}),
    ...(run.links ? { links: run.links } : {}),
  });
  if (run.requestId !== '') {
    step.note({ type: 'startRequestId', requestId: run.requestId });
    step.note({ type: 'requestSeen', requestId: run.requestId });
  }
  const runTimeout = fromDuration(attributes.workflowRunTimeout) ?? 0;
  const runExpiresAt = Math.min(runTimeout > 0 ? env.now + run.firstTaskDelay + runTimeout : Infinity, expiresAt ?? Infinity);
  if (runExpiresAt < Infinity) step.note({ type: 'runExpiresAt', at: runExpiresAt });
  if (run.firstTaskDelay > 0) step.note({ type: 'firstTaskAt', at: env.now + run.firstTaskDelay });
  else step.wakeUp();
  return step;
}

function withoutNothings(fields: Readonly<Record<string, Payload>>): Record<string, Payload> {
  return Object.fromEntries(Object.entries(fields).filter(([, payload]) => !isNothing(payload)));
}
