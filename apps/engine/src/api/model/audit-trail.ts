/** Who did what through the console, and what became of it. Written before it is done, so that no deed is without its entry. */

export interface AuditEntry {
  /** Unique; of two of the same moment the greater one came later. */
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
  /** What it was done to, when that is not a run: a schedule's id, a batch job's. */
  readonly target: string;
  /** The reason that was given; empty when none was asked for. */
  readonly why: string;
  /** `asked` until it is known what became of it. */
  readonly outcome: AuditOutcome;
  /** Of a refusal or a failure, in the server's words. */
  readonly problem: string;
}

export const auditOutcomes = ['asked', 'done', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

export interface AuditPage {
  /** All of them without one. */
  readonly namespace?: string;
  readonly workflowId?: string;
  readonly who?: string;
  /** The last entry of the page before. */
  readonly before?: { readonly at: number; readonly id: string };
  readonly sizeMax: number;
}

export interface AuditTrail {
  append(entry: AuditEntry): Promise<void>;
  /** Does nothing when there is no such entry any more. */
  settle(id: string, outcome: AuditOutcome, problem: string): Promise<void>;
  /** The latest first. */
  list(page: AuditPage): Promise<readonly AuditEntry[]>;
}
