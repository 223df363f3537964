/** What only our engine knows. The api has it in the engine's own process; elsewhere it is absent, and so are the parts of pages that need it. */
import type { RunAttempts } from './run-attempts.ts';
import type { RunAddress, RunInside } from './run-facts.ts';

/** For callers that have been let in to what they ask about. Its methods throw EngineError when there is no such run or namespace. */
export interface TidemarkService {
  /** Of an open run. */
  run(of: RunAddress): Promise<RunInside>;
  /** Of a run, open or closed: every attempt that is kept beside its history. */
  attempts(of: RunAddress): Promise<RunAttempts>;
  /** Names of the queues of a namespace that somebody polls. */
  polledQueues(of: { readonly namespace: string }): Promise<readonly string[]>;
  /** Undefined when there is no such job. */
  batchNotes(job: { readonly namespace: string; readonly jobId: string }): Promise<BatchNotes | undefined>;
  /** What the last heartbeats of a worker said, the oldest first; empty when it is not known. */
  workerTrail(of: { readonly namespace: string; readonly workerInstanceKey: string }): Promise<readonly WorkerMoment[]>;
  /** Lists under a name, by name. */
  views(of: ViewsOf): Promise<readonly SavedView[]>;
  saveView(view: ViewSaving): Promise<ViewOutcome>;
  removeView(view: ViewsOf & { readonly name: string }): Promise<void>;
}

export interface ViewsOf {
  readonly namespace: string;
  /** Whose they are; empty for those that everybody of the namespace has. */
  readonly owner: string;
}

export interface SavedView {
  readonly name: string;
  /** The address of the list after the question mark. */
  readonly search: string;
  /** The list opens with it; at most one of each owner. */
  readonly isDefault: boolean;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
  readonly changedBy: string;
}

/** `absent`: there is none of the name it had. `exists`: another one has the new name. */
export type ViewOutcome = 'saved' | 'absent' | 'exists' | 'full';

export interface ViewSaving extends ViewsOf, Omit<SavedView, 'changedAt'> {
  /** The name it had before; undefined for a new one. */
  readonly was: string | undefined;
  /** New ones beyond this many of one owner are refused as `full`. */
  readonly countMax: number;
}

/** One heartbeat in figures; what the worker did not say is absent. */
export interface WorkerMoment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly workflow?: SlotMoment;
  readonly activity?: SlotMoment;
  /** Fractions of one. */
  readonly cpu?: number;
  readonly memory?: number;
}

export interface SlotMoment {
  readonly used: number;
  readonly available: number;
}

export interface BatchNotes {
  /** The last ones, oldest first. */
  readonly failures: readonly { readonly workflowId: string; readonly runId: string; readonly message: string }[];
  /** Why the job as a whole ended early; empty when it did not. */
  readonly ended: string;
}
