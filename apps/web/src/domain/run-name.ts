/** A run as addresses and people write it: `workflowId/runId`, or the id alone for its newest run. */
export interface RunName {
  readonly workflowId: string;
  /** Empty for the newest run. */
  readonly runId: string;
}

const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Workflow ids may hold slashes themselves; a run id is known by its shape. Undefined for an empty text. */
export function parseRunName(text: string): RunName | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const slash = trimmed.lastIndexOf('/');
  const runId = trimmed.slice(slash + 1);
  if (slash <= 0 || !RUN_ID.test(runId)) return { workflowId: trimmed, runId: '' };
  return { workflowId: trimmed.slice(0, slash), runId };
}
