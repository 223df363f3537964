/** What only our engine knows. The api has it in the engine's own process; everywhere else it is absent, and so are the parts of pages that need it. */
export interface TidemarkService {
  /** The caller has been let in to the job. Undefined when there is no such job. */
  batchNotes(job: { readonly namespace: string; readonly jobId: string }): Promise<BatchNotes | undefined>;
}

export interface BatchNotes {
  /** The last ones, oldest first. */
  readonly failures: readonly { readonly workflowId: string; readonly runId: string; readonly message: string }[];
  /** Why the job as a whole ended early; empty when it did not. */
  readonly ended: string;
}
