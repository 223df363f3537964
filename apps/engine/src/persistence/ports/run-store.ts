/**
 * Where runs live. A run is a version, a list of transitions and, now and then, a snapshot that makes the older transitions
 * unnecessary for loading. History is the `events` of its transitions, in order.
 */
import type { NamespaceId, RunId, RunKey, WorkflowKey } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';
import type { VisibilityRecord } from './visibility-store.ts';

/** One committed step of a run: a batch of history and the notes that history does not hold. Written once, never changed. */
export interface TransitionRecord {
  /** The run's version after this step; the first is 1. */
  readonly version: number;
  /** 0 when the step wrote no history. */
  readonly firstEventId: number;
  readonly eventCount: number;
  /** Concatenated entries of `History.events`: tag, length, HistoryEvent; so that batches can be joined and spliced into responses. */
  readonly events: Uint8Array;
  /** Opaque to the store. */
  readonly notes: Uint8Array;
}

/** What must be true of a run for its step to be committed, and what to write. */
export interface RunWrite {
  readonly key: RunKey;
  /** 0 for a new run. Any other version in the store refuses the whole commit. */
  readonly expectedVersion: number;
  readonly transition: TransitionRecord;
  /** Steps before that one which are written with it, for a run that begins with the past of another. */
  readonly past?: readonly TransitionRecord[];
  readonly isOpen: boolean;
  /** The earliest moment at which the run may have something to do; undefined when only a message can wake it. May be too early, never too late. */
  readonly dueAt: Instant | undefined;
  /** True while other parts still have to act on this state (tasks to hand out, children to start, a parent to tell). Found again at start-up. */
  readonly hasDuties: boolean;
  /** Replaces the snapshot; the transitions up to `transition.version` need not be loaded any more (they stay, as history). */
  readonly snapshot?: Uint8Array;
  /** Makes this run the current one of its workflow id. */
  readonly becomesCurrent: boolean;
  /** Replaces the run's row in the visibility index. */
  readonly visibility?: VisibilityRecord;
}

/** Writes that stand or fall together. */
export interface Commit {
  readonly writes: readonly RunWrite[];
}

export type CommitOutcome = 'committed' | 'conflict';

export interface StoredRun {
  readonly key: RunKey;
  readonly version: number;
  readonly isOpen: boolean;
  readonly snapshot?: { readonly version: number; readonly state: Uint8Array };
  /** The transitions after the snapshot, oldest first. */
  readonly transitions: readonly TransitionRecord[];
}

export interface OpenRun {
  readonly key: RunKey;
  readonly dueAt: Instant | undefined;
  readonly hasDuties: boolean;
}

/** One transition's events, as they are in `TransitionRecord`. */
export interface HistoryBatch {
  readonly firstEventId: number;
  readonly eventCount: number;
  readonly events: Uint8Array;
}

export interface HistoryRange {
  /** Inclusive. A batch that only overlaps the range is returned whole. */
  readonly fromEventId: number;
  /** Exclusive. */
  readonly toEventId: number;
  readonly batchesMax: number;
  readonly newestFirst?: boolean;
}

export interface RunStore {
  /**
   * Commits a group in one durable transaction; when this resolves, every 'committed' entry survives a power cut. Outcomes are in the order
   * of the commits. A conflict leaves nothing of that commit and does not harm the others of the group. Throws when the store fails as a whole; then
   * nothing of the group was committed, or it cannot be known: the caller must not acknowledge, and must reload.
   */
  commit(group: readonly Commit[]): Promise<readonly CommitOutcome[]>;
  load(key: RunKey): Promise<StoredRun | undefined>;
  findCurrentRun(key: WorkflowKey): Promise<RunId | undefined>;
  /** Batches in the order of their ids, or reversed. */
  readHistory(key: RunKey, range: HistoryRange): Promise<readonly HistoryBatch[]>;
  /** Steps of a run whole, in the order in which they were made; those after a version. Empty when there are none, or no such run. */
  readTransitions(key: RunKey, page: { readonly after: number; readonly sizeMax: number }): Promise<readonly TransitionRecord[]>;
  /** Runs that are open or have duties, in a stable order; `after` is the last key of the page before. */
  scanActive(page: { readonly after?: RunKey; readonly sizeMax: number }): Promise<readonly OpenRun[]>;
  /** Removes a run with its history, snapshot and index row; the current pointer too if it points here. Does nothing when it is gone already. */
  delete(key: RunKey): Promise<void>;
  /** Closed runs whose retention is over: closed before the instant, of this namespace. */
  findClosedBefore(namespaceId: NamespaceId, closedBefore: Instant, sizeMax: number): Promise<readonly RunKey[]>;
}
