/** A child workflow, seen from both sides: the parent hears how it goes, the child is started at most once. */
import { api } from '@tidemark/protocol/api';
import { toLong, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { RunKey } from '../../../kernel/ids.ts';
import { runId, workflowId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/ports.ts';
import type { WorkerVersion } from '../../../kernel/worker-version.ts';
import { cronBackoff } from '../cron.ts';
import type { Decision, Env } from '../decision.ts';
import { unchanged } from '../decision.ts';
import type { PendingChild } from '../derived.ts';
import type { Draft, EventAttributes, EventName, HistoryEvent } from '../events.ts';
import { mergePriority } from '../priority.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';
import { inheritedPin } from '../versioning.ts';
import type { AfterClose } from '../volatile.ts';
import type { StartReply, StartRequest } from './start.ts';
import { decideStart, replyOf } from './start.ts';

const { ContinueAsNewInitiator, WorkflowIdConflictPolicy } = api.enums.v1;

interface ChildIds {
  readonly runId: string;
  readonly now: Instant;
  /** Whether workers of a version poll for the child's workflow tasks. */
  readonly isServedBy: (taskQueue: string, version: WorkerVersion) => boolean;
}

/** The child as its parent wants it started. */
export function childStart(parent: RunState, child: PendingChild, { runId: newRunId, now, isServedBy }: ChildIds): StartRequest {
  const { key, start } = parent.derived;
  const { attributes } = child;
  const priority = mergePriority(parent.derived.priority, attributes.priority);
  const self = { workflowId: key.workflowId, runId: key.runId };
  return {
    reusePolicy: attributes.workflowIdReusePolicy ?? 0,
    conflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
    run: {
      key: { namespaceId: key.namespaceId, workflowId: workflowId(attributes.workflowId ?? ''), runId: runId(newRunId) },
      requestId: requestIdOf(key, child.initiatedEventId),
      firstTaskDelay: attributes.cronSchedule ? (cronBackoff(attributes.cronSchedule, { from: now, now }) ?? 0) : 0,
      ...(child.userMetadata ? { userMetadata: child.userMetadata } : {}),
      attributes: {
        workflowType: attributes.workflowType ?? null,
        taskQueue: attributes.taskQueue ?? null,
        workflowExecutionTimeout: attributes.workflowExecutionTimeout ?? null,
        workflowRunTimeout: attributes.workflowRunTimeout ?? null,
        workflowTaskTimeout: attributes.workflowTaskTimeout ?? null,
        parentWorkflowNamespace: attributes.namespace ?? '',
        parentWorkflowNamespaceId: key.namespaceId,
        parentWorkflowExecution: self,
        parentInitiatedEventId: toLong(child.initiatedEventId),
        rootWorkflowExecution: start.rootWorkflowExecution ?? self,
        ...(attributes.cronSchedule
          ? { cronSchedule: attributes.cronSchedule, initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE }
          : {}),
        ...(attributes.input ? { input: attributes.input } : {}),
        ...(attributes.retryPolicy ? { retryPolicy: attributes.retryPolicy } : {}),
        ...(attributes.memo ? { memo: attributes.memo } : {}),
        ...(attributes.searchAttributes ? { searchAttributes: attributes.searchAttributes } : {}),
        ...(attributes.header ? { header: attributes.header } : {}),
        ...(priority ? { priority } : {}),
        ...inheritedPin(parent.derived.versioning, (version) => isServedBy(attributes.taskQueue?.name ?? '', version)),
      },
    },
  };
}

const requestIdOf = ({ runId: id }: RunKey, initiatedEventId: number): string => `${id}/${initiatedEventId}`;

export interface ChildOf {
  readonly parent: RunKey;
  readonly initiatedEventId: number;
}

/** Whether a run belongs to the chain that this parent started with this event. */
export function isChildOf({ derived: { start } }: RunState, { parent, initiatedEventId }: ChildOf): boolean {
  return start.parentWorkflowExecution?.runId === parent.runId && toNumber(start.parentInitiatedEventId) === initiatedEventId;
}

/** Starts the child, or finds the one that an earlier try started, also when it has gone on in another run since. */
export function decideStartChild(
  current: RunState | undefined,
  { of, request }: { readonly of: ChildOf; readonly request: StartRequest },
  env: Env,
): Decision<StartReply> {
  if (current !== undefined && isChildOf(current, of)) return unchanged(replyOf(current, true));
  return decideStart(current, request, env);
}

/** The child wanted by this event, unless its end is known already. */
function awaited(state: RunState, initiatedEventId: number): PendingChild | undefined {
  const child = state.derived.children.get(initiatedEventId);
  if (!isOpen(state) || child === undefined || hasBuffered(state, initiatedEventId, isEnd)) return undefined;
  return child;
}

const isEnd = (name: EventName): boolean => name.startsWith('childWorkflowExecution') && name !== 'childWorkflowExecutionStarted';
const isStart = (name: EventName): boolean => name === 'childWorkflowExecutionStarted' || name === 'startChildWorkflowExecutionFailed';

function hasBuffered({ volatile }: RunState, initiatedEventId: number, isWanted: (name: EventName) => boolean): boolean {
  return volatile.buffered.some(
    ({ name, attributes }) => isWanted(name) && toNumber((attributes as { initiatedEventId?: null }).initiatedEventId) === initiatedEventId,
  );
}

const isStarted = (state: RunState, child: PendingChild): boolean =>
  child.startedEventId !== 0 || hasBuffered(state, child.initiatedEventId, isStart);

interface Identified {
  readonly initiatedEventId: ReturnType<typeof toLong>;
  readonly namespace: string;
  readonly namespaceId: string;
  readonly workflowType: temporal.api.common.v1.IWorkflowType | null;
}

const identify = ({ initiatedEventId, attributes }: PendingChild): Identified => ({
  initiatedEventId: toLong(initiatedEventId),
  namespace: attributes.namespace ?? '',
  namespaceId: attributes.namespaceId ?? '',
  workflowType: attributes.workflowType ?? null,
});

export interface ChildStarted {
  readonly initiatedEventId: number;
  /** Of the first run of the child's chain. */
  readonly runId: string;
}

/** True when the parent goes on; false when it has closed meanwhile, and the child is under its close policy. */
export function decideChildStarted(state: RunState, started: ChildStarted, env: Env): Decision<boolean> {
  if (!isOpen(state)) return unchanged(false);
  const child = awaited(state, started.initiatedEventId);
  if (child === undefined || isStarted(state, child)) return unchanged(true);
  const step = Step.on(state, env);
  step.add(startedDraft(child, started.runId));
  return step.decide(true);
}

function startedDraft(child: PendingChild, startedRunId: string): Draft<'childWorkflowExecutionStarted'> {
  const { attributes } = child;
  return {
    name: 'childWorkflowExecutionStarted',
    attributes: {
      ...identify(child),
      workflowExecution: { workflowId: attributes.workflowId ?? '', runId: startedRunId },
      ...(attributes.header ? { header: attributes.header } : {}),
    },
  };
}

export interface ChildNotStarted {
  readonly initiatedEventId: number;
  readonly cause: temporal.api.enums.v1.StartChildWorkflowExecutionFailedCause;
}

export function decideChildNotStarted(state: RunState, { initiatedEventId, cause }: ChildNotStarted, env: Env): Decision<undefined> {
  const child = awaited(state, initiatedEventId);
  if (child === undefined || isStarted(state, child)) return unchanged(undefined);
  const step = Step.on(state, env);
  const { attributes } = child;
  step.add({
    name: 'startChildWorkflowExecutionFailed',
    attributes: { ...identify(child), workflowId: attributes.workflowId ?? '', control: attributes.control ?? '', cause },
  });
  return step.decide(undefined);
}

export interface ChildClosed {
  readonly initiatedEventId: number;
  readonly firstRunId: string;
  /** The run whose end this is: the last of the chain. */
  readonly key: RunKey;
  readonly closing: HistoryEvent;
}

/** Does nothing when nobody waits for it any more. */
export function decideChildClosed(
  state: RunState,
  { initiatedEventId, firstRunId, key, closing }: ChildClosed,
  env: Env,
): Decision<undefined> {
  const child = awaited(state, initiatedEventId);
  if (child === undefined || child.attributes.workflowId !== key.workflowId) return unchanged(undefined);
  if (child.runId !== '' && child.runId !== firstRunId) return unchanged(undefined);
  const step = Step.on(state, env);
  if (!isStarted(state, child)) step.add(startedDraft(child, firstRunId));
  const base = {
    ...identify(child),
    workflowExecution: { workflowId: key.workflowId, runId: key.runId },
    startedEventId: toLong(child.startedEventId),
  };
  step.add(endDraft(closing, base));
  return step.decide(undefined);
}

type EndBase = EventAttributes<'childWorkflowExecutionTerminated'>;

function endDraft(closing: HistoryEvent, base: EndBase): Draft {
  const completed = closing.workflowExecutionCompletedEventAttributes;
  if (completed) return { name: 'childWorkflowExecutionCompleted', attributes: { ...base, result: completed.result ?? null } };
  const failed = closing.workflowExecutionFailedEventAttributes;
  if (failed) {
    return {
      name: 'childWorkflowExecutionFailed',
      attributes: { ...base, failure: failed.failure ?? null, retryState: failed.retryState ?? 0 },
    };
  }
  const canceled = closing.workflowExecutionCanceledEventAttributes;
  if (canceled) return { name: 'childWorkflowExecutionCanceled', attributes: { ...base, details: canceled.details ?? null } };
  const timedOut = closing.workflowExecutionTimedOutEventAttributes;
  if (timedOut) return { name: 'childWorkflowExecutionTimedOut', attributes: { ...base, retryState: timedOut.retryState ?? 0 } };
  return { name: 'childWorkflowExecutionTerminated', attributes: base };
}

/** Notes who has been told of the end of this run. */
export function decideAfterClose(state: RunState, told: readonly AfterClose[], env: Env): Decision<undefined> {
  const left = state.volatile.afterClose.filter((one) => !told.includes(one));
  if (left.length === state.volatile.afterClose.length) return unchanged(undefined);
  const step = Step.on(state, env);
  step.note({ type: 'afterClose', left });
  return step.decide(undefined);
}
