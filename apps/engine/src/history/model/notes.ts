/**
 * What a transition changes that history does not say. Notes are stored beside the events of their transition and applied in order with them;
 * the fleeting ones are never stored: what they say may be lost with the process.
 */
import type { Instant } from '../../kernel/ports.ts';
import type { Draft } from './events.ts';
import type { RunState } from './state.ts';
import type { ActivityProgress, AdmittedUpdate, AfterClose, RunPause, Sticky, UpdateRefusal, WorkflowTask } from './volatile.ts';

export type FleetingNote =
  | { readonly type: 'speculativeTask'; readonly task: WorkflowTask | undefined }
  | { readonly type: 'updateAdmitted'; readonly updateId: string; readonly update: AdmittedUpdate }
  | { readonly type: 'updateGone'; readonly updateId: string; readonly refusal: UpdateRefusal | undefined };

export interface FailedTask {
  readonly at: Instant;
  /** As the protocol names it: `WorkflowWorkerUnhandledFailure`; of a task that ran out of time, which time. */
  readonly cause: string;
  readonly build?: string;
  /** Encoded Failure. */
  readonly failure?: Uint8Array;
}

export type StoredNote =
  | {
      readonly type: 'workflowTaskSet';
      readonly task: WorkflowTask | undefined;
      readonly nextAttempt: number;
      /** How a later attempt failed, which no event says. For those who read the past of a run: the state does not keep it. */
      readonly failed?: FailedTask;
    }
  | { readonly type: 'stickySet'; readonly sticky: Sticky | undefined }
  | { readonly type: 'firstTaskAt'; readonly at: Instant | undefined }
  | { readonly type: 'runExpiresAt'; readonly at: Instant | undefined }
  | { readonly type: 'eventBuffered'; readonly draft: Draft }
  | { readonly type: 'bufferSet'; readonly drafts: readonly Draft[] }
  | { readonly type: 'activityProgress'; readonly scheduledEventId: number; readonly progress: ActivityProgress | undefined }
  | { readonly type: 'startRequestId'; readonly requestId: string }
  | { readonly type: 'requestSeen'; readonly requestId: string }
  | { readonly type: 'cancelRequestId'; readonly requestId: string }
  | { readonly type: 'closeAttempted'; readonly attempted: boolean }
  /** The run that a reset of this one began. */
  | { readonly type: 'resetTo'; readonly runId: string }
  | { readonly type: 'resetAt'; readonly at: Instant }
  | { readonly type: 'taskFailures'; readonly count: number }
  | { readonly type: 'reportedProblems'; readonly problems: readonly string[] }
  | { readonly type: 'retryingTold'; readonly isRetrying: boolean }
  | { readonly type: 'heldForTask'; readonly held: readonly number[] }
  | { readonly type: 'runPaused'; readonly pause: RunPause | undefined }
  | { readonly type: 'afterClose'; readonly left: readonly AfterClose[] };

export type Note = StoredNote | FleetingNote;

const fleeting: ReadonlySet<Note['type']> = new Set<FleetingNote['type']>(['speculativeTask', 'updateAdmitted', 'updateGone']);
export const isStored = (note: Note): note is StoredNote => !fleeting.has(note.type);

const bytesOfProgress = (progress: ActivityProgress | undefined): number =>
  (progress?.heartbeatDetails?.byteLength ?? 0) + (progress?.lastFailure?.byteLength ?? 0);

/** An attempt failed, and another one follows or runs. */
const isRetrying = (progress: ActivityProgress | undefined): boolean =>
  progress !== undefined && (progress.attempt > 1 || progress.lastFailure !== undefined);

export const countRetrying = (all: Iterable<ActivityProgress>): number => [...all].filter(isRetrying).length;

/** The sums over all activities move along with each of them. */
function setProgress(volatile: RunState['volatile'], scheduledEventId: number, progress: ActivityProgress | undefined): void {
  const before = volatile.progress.get(scheduledEventId);
  volatile.retrying += Number(isRetrying(progress)) - Number(isRetrying(before));
  volatile.progressBytes += bytesOfProgress(progress) - bytesOfProgress(before);
  if (progress === undefined) volatile.progress.delete(scheduledEventId);
  else volatile.progress.set(scheduledEventId, progress);
}

export function applyNote({ derived, volatile }: RunState, note: Note): void {
  switch (note.type) {
    case 'workflowTaskSet':
      volatile.workflowTask = note.task;
      volatile.workflowTaskAttempt = note.nextAttempt;
      return;
    case 'stickySet':
      volatile.sticky = note.sticky;
      return;
    case 'firstTaskAt':
      volatile.firstTaskAt = note.at;
      return;
    case 'runExpiresAt':
      volatile.runExpiresAt = note.at;
      return;
    case 'eventBuffered':
      volatile.buffered = [...volatile.buffered, note.draft];
      return;
    case 'bufferSet':
      volatile.buffered = note.drafts;
      return;
    case 'activityProgress':
      setProgress(volatile, note.scheduledEventId, note.progress);
      return;
    case 'startRequestId':
      volatile.startRequestId = note.requestId;
      return;
    case 'requestSeen':
      volatile.requestIds.set(note.requestId, derived.nextEventId);
      return;
    case 'cancelRequestId':
      volatile.cancelRequestId = note.requestId;
      return;
    case 'closeAttempted':
      volatile.closeAttempted = note.attempted;
      return;
    case 'resetTo':
      volatile.resetTo = note.runId;
      return;
    case 'resetAt':
      volatile.resetAt = note.at;
      return;
    case 'taskFailures':
      volatile.taskFailures = note.count;
      return;
    case 'reportedProblems':
      volatile.reportedProblems = note.problems;
      return;
    case 'retryingTold':
      volatile.tellsRetrying = note.isRetrying;
      return;
    case 'heldForTask':
      volatile.heldForTask = note.held;
      return;
    case 'runPaused':
      volatile.pause = note.pause;
      return;
    case 'afterClose':
      volatile.afterClose = note.left;
      return;
    default:
      applyFleeting(volatile, note);
  }
}

function applyFleeting(volatile: RunState['volatile'], note: FleetingNote): void {
  switch (note.type) {
    case 'speculativeTask':
      volatile.workflowTask = note.task;
      return;
    case 'updateAdmitted':
      volatile.refused.delete(note.updateId);
      volatile.admitted.set(note.updateId, note.update);
      return;
    case 'updateGone':
      volatile.admitted.delete(note.updateId);
      if (note.refusal !== undefined) volatile.refused.set(note.updateId, note.refusal);
      return;
  }
}
