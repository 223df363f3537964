/** Who did what through the console, and what became of it. Written before it is done, so that no deed is without its entry. */

export interface AuditEntry {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly who: string;
  /** The procedure's name: `workflow.terminate`. */
  readonly action: string;
  /** Empty for what belongs to none. */
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
  /** What it was done to, when that is not a run. */
  readonly target: string;
  readonly why: string;
  readonly outcome: 'asked' | 'done' | 'failed';
  readonly problem: string;
}

export interface AuditPage {
  readonly namespace?: string;
  readonly workflowId?: string;
  readonly who?: string;
  readonly before?: { readonly at: number; readonly id: string };
  readonly sizeMax: number;
}

export interface AuditTrail {
  append(entry: AuditEntry): Promise<void>;
  settle(id: string, outcome: AuditEntry['outcome'], problem: string): Promise<void>;
  /** The latest first. */
  list(page: AuditPage): Promise<readonly AuditEntry[]>;
}
