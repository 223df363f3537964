/** What is measured, and what is known of it. */
export interface Target {
  readonly consoleUrl: string;
  /** gRPC. */
  readonly address: string;
  /** Health and metrics of the engine. */
  readonly httpUrl: string;
  /** Runs in the namespace `bench`. */
  readonly count: number;
}

/** The address of a run of the namespace `bench`, by its workflow id. */
export async function pathOf({ consoleUrl }: Target, workflowId: string): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ namespace: 'bench', filter: { id: workflowId } }));
  const answer = (await (await fetch(`${consoleUrl}/api/trpc/workflow.list?input=${input}`)).json()) as {
    result?: { data: { rows: readonly { workflowId: string; runId: string }[] } };
  };
  const row = answer.result?.data.rows.find((one) => one.workflowId === workflowId);
  if (row === undefined) throw new Error(`the fixtures hold no run ${workflowId}`);
  return `/n/bench/w/${workflowId}/${row.runId}`;
}
