import { toDuration, toNumber } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { cancelWorkflow, complete, fail } from '../../../test/support/commands.ts';
import { ModelRun, startRequest } from '../../../test/support/model-run.ts';
import { decideDue } from './decide/due.ts';
import { decideTerminate } from './decide/terminate.ts';
import type { EventAttributes } from './events.ts';

const CRON = 3;
const RETRY = 2;

/** A run of a cron workflow with its first task in a worker's hands, three seconds after it began. */
function cronRun(attributes: EventAttributes<'workflowExecutionStarted'> = {}): ModelRun {
  const run = new ModelRun().start(startRequest({ attributes: { cronSchedule: '@every 10s', ...attributes } }));
  run.now += 3000;
  run.poll();
  return run;
}

const followed = (run: ModelRun) => run.others[0]?.state.derived.start;
const backoff = (run: ModelRun): number => toNumber(followed(run)?.firstWorkflowTaskBackoff?.seconds);

describe('a cron workflow', () => {
  it('that completes is followed in the next slot, with its result', () => {
    const run = cronRun({ continuedFailure: { message: 'before' } });
    run.complete([complete({ payloads: [{ data: new Uint8Array([7]) }] })]);
    expect(followed(run)).toMatchObject({
      initiator: CRON,
      attempt: 1,
      cronSchedule: '@every 10s',
      continuedExecutionRunId: 'run-1',
      lastCompletionResult: { payloads: [{ data: new Uint8Array([7]) }] },
    });
    expect([backoff(run), followed(run)?.continuedFailure]).toEqual([7, undefined]);
    expect(run.events.at(-1)?.workflowExecutionCompletedEventAttributes?.newExecutionRunId).toBe(run.others[0]?.key.runId);
  });

  it('that fails is followed with the failure, and keeps the last result', () => {
    const run = cronRun({ lastCompletionResult: { payloads: [{ data: new Uint8Array([1]) }] } });
    run.complete([fail('Broken')]);
    expect(followed(run)).toMatchObject({
      initiator: CRON,
      continuedFailure: { message: 'broken' },
      lastCompletionResult: { payloads: [{ data: new Uint8Array([1]) }] },
    });
  });

  it('is retried first where its policy says so', () => {
    const run = cronRun({ retryPolicy: { initialInterval: toDuration(1000), backoffCoefficient: 1, maximumAttempts: 2 } });
    run.complete([fail('Broken')]);
    expect(followed(run)).toMatchObject({ initiator: RETRY, attempt: 2, cronSchedule: '@every 10s' });
  });

  it('that times out is followed', () => {
    const run = cronRun({ workflowRunTimeout: toDuration(5000) });
    run.now += 5000;
    run.do((state, env) => decideDue(state, undefined, env));
    expect([run.names.at(-1), backoff(run)]).toEqual(['workflowExecutionTimedOut', 2]);
  });

  it('is over when it is cancelled or terminated', () => {
    const cancelled = cronRun();
    cancelled.complete([cancelWorkflow()]);
    const terminated = cronRun();
    terminated.do((state, env) => decideTerminate(state, { reason: '', identity: '', firstExecutionRunId: '' }, env));
    expect([cancelled.others, terminated.others]).toEqual([[], []]);
  });
});
