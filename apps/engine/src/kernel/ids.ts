/** Ids are branded: a run id cannot be passed where a workflow id is meant. They are made at the edge, by these functions alone. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type NamespaceId = Branded<'NamespaceId'>;
export type WorkflowId = Branded<'WorkflowId'>;
export type RunId = Branded<'RunId'>;

export const namespaceId = (id: string): NamespaceId => id as NamespaceId;
export const workflowId = (id: string): WorkflowId => id as WorkflowId;
export const runId = (id: string): RunId => id as RunId;

/** Names one run of one workflow. */
export interface RunKey {
  readonly namespaceId: NamespaceId;
  readonly workflowId: WorkflowId;
  readonly runId: RunId;
}

/** Names all runs of one workflow id; one lock, one current run. */
export interface WorkflowKey {
  readonly namespaceId: NamespaceId;
  readonly workflowId: WorkflowId;
}
