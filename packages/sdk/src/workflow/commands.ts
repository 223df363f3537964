/** What one activation tells the workflow, and what the workflow asks for in return. Plain data: it crosses the sandbox's border. */
import type { temporal } from '@tidemark/protocol/types';
import type { WireFailure } from '../common/failures.ts';
import type { Payload, Payloads } from '../converter/payload.ts';

export type WireRetryPolicy = temporal.api.common.v1.IRetryPolicy;
export type PayloadMap = Readonly<Record<string, Payload>>;

/** Where in the code something was asked for. `stack` is formatted by V8 only when it is read. */
export interface Trace {
  readonly stack?: string;
}

interface Traced {
  readonly trace: Trace;
  readonly summary?: string;
}

export interface ScheduleActivity extends Traced {
  readonly kind: 'scheduleActivity';
  readonly seq: number;
  readonly activityId: string;
  readonly activityType: string;
  readonly taskQueue: string;
  readonly input?: Payloads;
  readonly scheduleToCloseMs?: number;
  readonly scheduleToStartMs?: number;
  readonly startToCloseMs?: number;
  readonly heartbeatMs?: number;
  readonly retry?: WireRetryPolicy;
  readonly eager: boolean;
  readonly cancellationType: ActivityCancellationType;
}
export type ActivityCancellationType = 'TRY_CANCEL' | 'WAIT_CANCELLATION_COMPLETED' | 'ABANDON';
export type ChildCancellationType = ActivityCancellationType | 'WAIT_CANCELLATION_REQUESTED';

export interface StartTimer extends Traced {
  readonly kind: 'startTimer';
  readonly seq: number;
  readonly ms: number;
}

export interface StartChild extends Traced {
  readonly kind: 'startChild';
  readonly seq: number;
  readonly workflowId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly input?: Payloads;
  readonly executionTimeoutMs?: number;
  readonly runTimeoutMs?: number;
  readonly taskTimeoutMs?: number;
  readonly retry?: WireRetryPolicy;
  readonly parentClosePolicy: number;
  readonly idReusePolicy: number;
  readonly cronSchedule?: string;
  readonly memo?: PayloadMap;
  readonly cancellationType: ChildCancellationType;
}

export interface ExternalTarget {
  readonly workflowId: string;
  readonly runId: string;
  readonly childOnly: boolean;
}

export type Command =
  | ScheduleActivity
  | (Traced & { readonly kind: 'cancelActivity'; readonly seq: number })
  | StartTimer
  | (Traced & { readonly kind: 'cancelTimer'; readonly seq: number })
  | (Traced & { readonly kind: 'patch'; readonly id: string; readonly deprecated: boolean; readonly known: readonly string[] })
  | (Traced & { readonly kind: 'sideEffect'; readonly name: string; readonly ordinal: number; readonly value: Payload })
  | StartChild
  | (Traced & {
      readonly kind: 'signalExternal';
      readonly seq: number;
      readonly target: ExternalTarget;
      readonly name: string;
      readonly input?: Payloads;
    })
  | (Traced & { readonly kind: 'cancelExternal'; readonly seq: number; readonly target: ExternalTarget; readonly reason: string })
  | (Traced & { readonly kind: 'upsertMemo'; readonly memo: PayloadMap })
  | (Traced & { readonly kind: 'updateAccepted'; readonly protocolInstanceId: string })
  | (Traced & { readonly kind: 'updateCompleted'; readonly protocolInstanceId: string; readonly outcome: UpdateOutcome })
  | (Traced & { readonly kind: 'complete'; readonly result?: Payload })
  | (Traced & { readonly kind: 'fail'; readonly failure: WireFailure })
  | (Traced & { readonly kind: 'cancel' })
  | ContinueAsNew;

export interface ContinueAsNew extends Traced {
  readonly kind: 'continueAsNew';
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly input?: Payloads;
  readonly runTimeoutMs?: number;
  readonly taskTimeoutMs?: number;
  readonly retry?: WireRetryPolicy;
  readonly memo?: PayloadMap;
}
export type CommandKind = Command['kind'];

export type UpdateOutcome = { readonly success: Payload } | { readonly failure: WireFailure };
/** How an update that was turned away is answered; it leaves no event behind. */
export interface UpdateRejection {
  readonly protocolInstanceId: string;
  readonly failure: WireFailure;
}

export type Outcome =
  | { readonly kind: 'completed'; readonly result: Payload | undefined }
  | { readonly kind: 'failed'; readonly failure: WireFailure };

export type Job =
  | { readonly kind: 'start'; readonly args: Payloads | undefined }
  | { readonly kind: 'patchPresent'; readonly id: string }
  | { readonly kind: 'sideEffectValue'; readonly name: string; readonly ordinal: number; readonly value: Payload }
  | { readonly kind: 'newSeed'; readonly seed: string }
  | { readonly kind: 'signal'; readonly name: string; readonly input: Payloads | undefined }
  | {
      readonly kind: 'update';
      readonly id: string;
      readonly protocolInstanceId: string;
      readonly name: string;
      readonly input: Payloads | undefined;
      readonly validate: boolean;
    }
  | { readonly kind: 'cancelWorkflow'; readonly reason: string }
  | { readonly kind: 'resolveActivity'; readonly seq: number; readonly outcome: Outcome }
  | { readonly kind: 'fireTimer'; readonly seq: number }
  | {
      readonly kind: 'resolveChildStart';
      readonly seq: number;
      readonly outcome: { readonly runId: string } | { readonly failure: WireFailure };
    }
  | { readonly kind: 'resolveChild'; readonly seq: number; readonly outcome: Outcome }
  | { readonly kind: 'resolveExternal'; readonly seq: number; readonly failure: WireFailure | undefined };
export type JobKind = Job['kind'];

export interface Activation {
  readonly jobs: readonly Job[];
  /** Workflow time, milliseconds since the epoch. */
  readonly time: number;
  readonly replaying: boolean;
  readonly historyLength: number;
  readonly historyBytes: number;
  readonly continueAsNewSuggested: boolean;
}

/** What an activation left behind. `problem` fails the workflow task; the commands are then worth nothing. */
export interface ActivationResult {
  readonly commands: readonly Command[];
  readonly rejections: readonly UpdateRejection[];
  readonly problem?: TaskProblem;
}

export interface TaskProblem {
  readonly failure: WireFailure;
  readonly type: string;
  readonly message: string;
  readonly trace: Trace;
}

/** The facts of a run, taken from its first event. */
export interface RunFacts {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly attempt: number;
  readonly startTime: number;
  readonly runStartTime: number;
  readonly firstExecutionRunId: string;
  /** Of the first run this one was reset from; the randomness of a run comes from it. */
  readonly originalRunId: string;
  readonly continuedFromRunId?: string;
  readonly cronSchedule?: string;
  readonly parent?: { readonly workflowId: string; readonly runId: string; readonly namespace: string };
  readonly root?: { readonly workflowId: string; readonly runId: string };
  readonly memo: PayloadMap;
  readonly searchAttributes: PayloadMap;
  readonly lastResult?: Payload;
  readonly lastFailure?: WireFailure;
}

export type QueryOutcome = { readonly result: Payload } | { readonly failure: WireFailure };
