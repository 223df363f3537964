import { fromFailure } from '../converter/failure-converter.ts';
import type { Payload } from '../converter/payload.ts';
import { toPayload } from '../converter/payload.ts';
import type { WorkflowRun } from './run.ts';
import { activeRun, requireRun, traceHere } from './run.ts';
import type { RandomStream } from './random.ts';
import { uuid4From, uuid7From } from './random.ts';

export interface WorkflowInfo {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly attempt: number;
  readonly startTime: Date;
  readonly runStartTime: Date;
  readonly firstExecutionRunId: string;
  readonly continuedFromRunId?: string;
  readonly cronSchedule?: string;
  readonly parent?: { readonly workflowId: string; readonly runId: string; readonly namespace: string };
  readonly root?: { readonly workflowId: string; readonly runId: string };
  readonly memo: Readonly<Record<string, unknown>>;
  readonly searchAttributes: Readonly<Record<string, unknown>>;
  /** The result of the run before this one, for cron and schedules. */
  readonly lastResult?: unknown;
  readonly lastFailure?: Error;
  readonly historyLength: number;
  readonly historySize: number;
  readonly continueAsNewSuggested: boolean;
  readonly unsafe: { readonly isReplaying: boolean };
}

const decoded = (run: WorkflowRun, map: Readonly<Record<string, Payload>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(map).map(([key, payload]) => [key, run.converter.fromPayload(payload)]));

export function info(): WorkflowInfo {
  const run = requireRun();
  const { facts, activation } = run;
  const { originalRunId: _originalRunId, memo: _memo, searchAttributes, lastResult, lastFailure, ...rest } = facts;
  return {
    ...rest,
    startTime: new Date(facts.startTime),
    runStartTime: new Date(facts.runStartTime),
    memo: decoded(run, run.memo),
    searchAttributes: decoded(run, searchAttributes),
    ...(lastResult === undefined ? {} : { lastResult: run.converter.fromPayload(lastResult) }),
    ...(lastFailure === undefined ? {} : { lastFailure: fromFailure(run.converter, lastFailure) }),
    historyLength: activation.historyLength,
    historySize: activation.historyBytes,
    continueAsNewSuggested: activation.continueAsNewSuggested,
    unsafe: { isReplaying: activation.replaying },
  };
}

export const inWorkflow = (): boolean => activeRun() !== undefined;

/** Workflow time: that of the task being worked on. */
export const now = (): Date => new Date(requireRun().activation.time);
export const uuid4 = (): string => uuid4From(requireRun().random('sdk'));
export const uuid7 = (): string => uuid7From(requireRun().random('sdk'), requireRun().activation.time);
/** A stream of its own by name, undisturbed by what others draw. */
export const random = (stream = 'user'): RandomStream => requireRun().random(stream);

/** Cancelled when the execution is. */
export const cancellationSignal = (): AbortSignal => requireRun().scope.signal;
export const cancellationReason = (): string | undefined => requireRun().cancelReason;
export const currentUpdate = (): { readonly id: string; readonly name: string } | undefined => requireRun().currentUpdate;
export const allHandlersFinished = (): boolean => requireRun().handling.size === 0;

/** Markdown that consoles show as what the workflow is doing. */
export function setCurrentDetails(markdown: string): void {
  requireRun().currentDetails = markdown;
}

/** Adds to the memo, or replaces what it holds; `null` removes a key. */
export function upsertMemo(memo: Readonly<Record<string, unknown>>): void {
  const run = requireRun();
  const payloads = Object.fromEntries(Object.entries(memo).map(([key, value]) => [key, toPayload(run.converter, value)]));
  run.emit({ kind: 'upsertMemo', memo: payloads, trace: traceHere(upsertMemo) });
  const merged = { ...run.memo, ...payloads };
  for (const [key, value] of Object.entries(memo)) if (value === null) delete merged[key];
  run.memo = merged;
}
