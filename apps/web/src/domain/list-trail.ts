/** The runs of a list that come before and after the one that was opened from it. */
export interface TrailRun {
  readonly workflowId: string;
  readonly runId: string;
}

/** On either side of the run: more than anybody walks, and little enough to be kept with a tab. */
const AROUND = 200;

export function runsAround(rows: readonly TrailRun[], opened: TrailRun): readonly TrailRun[] {
  const at = rows.findIndex(({ runId }) => runId === opened.runId);
  return rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).map(({ workflowId, runId }) => ({ workflowId, runId }));
}

/** Undefined for a run that is not among them. */
export function placeIn(runs: readonly TrailRun[], runId: string) {
  const at = runs.findIndex((one) => one.runId === runId);
  return at < 0 ? undefined : { previous: runs[at - 1], next: runs[at + 1] };
}
