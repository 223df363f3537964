import type { NamespaceId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';

export interface BatchKey {
  readonly namespaceId: NamespaceId;
  readonly jobId: string;
}

/** A run that a job is about; without a run id, the current one of its workflow id. */
export interface BatchTarget {
  readonly workflowId: string;
  readonly runId: string;
}

export interface BatchFailure extends BatchTarget {
  readonly message: string;
}

export const BatchState = { Running: 1, Completed: 2, Failed: 3 } as const;
/** The number of the protocol's BatchOperationState. */
export type BatchState = (typeof BatchState)[keyof typeof BatchState];

export interface BatchRecord {
  readonly key: BatchKey;
  /** The encoded StartBatchOperationRequest; never changes. */
  readonly request: Uint8Array;
  readonly state: BatchState;
  readonly startedAt: Instant;
  readonly closedAt?: Instant;
  /** How many targets are stored; nothing while they are still being gathered. */
  readonly total?: number;
  /** Of the first `complete + failed` targets, how many went well. */
  readonly complete: number;
  readonly failed: number;
  /** The last ones, oldest first. */
  readonly failures: readonly BatchFailure[];
  /** Why the job as a whole ended early. */
  readonly ended?: string;
  /** Raised by one with every change. */
  readonly version: number;
}

/** Jobs that do one thing to many runs. */
export interface BatchStore {
  /** 'busy' while another job of the namespace runs, otherwise 'exists' when the id is taken. */
  create(record: BatchRecord): Promise<'created' | 'busy' | 'exists'>;
  /** 'conflict' when the stored version is not `record.version - 1`. The targets of a job that has ended go with the same commit. */
  replace(record: BatchRecord): Promise<'replaced' | 'conflict'>;
  find(key: BatchKey): Promise<BatchRecord | undefined>;
  /** The latest first; `after` is the last job of the page before. */
  list(namespaceId: NamespaceId, page: BatchPage): Promise<readonly BatchRecord[]>;
  /** Of all namespaces. */
  listRunning(): Promise<readonly BatchKey[]>;
  /** Numbered from 0; a page that is there is replaced. */
  writeTargets(key: BatchKey, page: number, targets: readonly BatchTarget[]): Promise<void>;
  /** Empty beyond the last page. */
  readTargets(key: BatchKey, page: number): Promise<readonly BatchTarget[]>;
  deleteClosedBefore(namespaceId: NamespaceId, closedBefore: Instant): Promise<void>;
}

export interface BatchPosition {
  readonly startedAt: Instant;
  readonly jobId: string;
}

export interface BatchPage {
  readonly after?: BatchPosition;
  readonly sizeMax: number;
}
