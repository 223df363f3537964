import type { Json } from './json.ts';

/** One run, as lists show it. */
export interface ExecutionRow {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  /** A status name of the protocol without its prefix: `Running`, `TimedOut`. */
  readonly status: string;
  readonly queue: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly closedAt: number | null;
  readonly events: number;
  readonly bytes: number;
  readonly parentId: string | null;
  /** Only those that were asked for: `attr:Region` is a search attribute, `memo:note` a field of the memo. */
  readonly fields: Readonly<Record<string, Json>>;
}
