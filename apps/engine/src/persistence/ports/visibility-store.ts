/** The index by which runs are found. It is written in the commit that changes it, so it is never behind. */
import type { NamespaceId, RunKey } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';
import type { Filter } from '../../visibility/model/filter.ts';

/** A value of a search attribute, in the type it is compared in. Instants are milliseconds since the epoch. */
export type AttributeValue = string | number | boolean | readonly string[];

/** One run as lists show it. */
export interface VisibilityRecord {
  readonly key: RunKey;
  readonly workflowType: string;
  readonly taskQueue: string;
  /** The number of the protocol's WorkflowExecutionStatus. */
  readonly status: number;
  readonly startTime: Instant;
  readonly executionTime: Instant;
  /** Only for closed runs, like the four below. */
  readonly closeTime?: Instant;
  readonly historyLength?: number;
  readonly historySizeBytes?: number;
  readonly stateTransitionCount?: number;
  readonly parent?: { readonly workflowId: string; readonly runId: string };
  readonly root?: { readonly workflowId: string; readonly runId: string };
  /** An encoded `temporal.api.common.v1.Memo`. */
  readonly memo?: Uint8Array;
  /** An encoded `temporal.api.common.v1.SearchAttributes`, returned as it was written. */
  readonly searchAttributes?: Uint8Array;
  /** The same attributes, decoded for comparison. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** The place of a row in the default order: open runs first, then by close time, start time and run id, all descending. */
export interface VisibilityCursor {
  readonly closeTime: Instant | undefined;
  readonly startTime: Instant;
  readonly runId: string;
}

export interface VisibilityPage {
  readonly records: readonly VisibilityRecord[];
  /** Set when the page is full; the next page may still be empty. */
  readonly next?: VisibilityCursor;
}

export interface VisibilityStore {
  list(query: {
    readonly namespaceId: NamespaceId;
    readonly filter?: Filter;
    readonly sizeMax: number;
    readonly after?: VisibilityCursor;
  }): Promise<VisibilityPage>;
  count(query: { readonly namespaceId: NamespaceId; readonly filter?: Filter }): Promise<number>;
  /** Highest count first, then by status number; statuses without runs are absent. */
  countByStatus(query: {
    readonly namespaceId: NamespaceId;
    readonly filter?: Filter;
  }): Promise<readonly { readonly status: number; readonly count: number }[]>;
}
