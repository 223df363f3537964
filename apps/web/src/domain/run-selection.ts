/** Which runs of the list are chosen: some by hand, or all that the filters let through. */
export interface ChosenRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: string;
}

export interface RunSelection {
  /** By run id, in the order in which they were chosen. Empty when everything is chosen. */
  readonly runs: ReadonlyMap<string, ChosenRun>;
  readonly isEverything: boolean;
  /** Where a range begins: the run that was chosen or left last. */
  readonly anchor: string | undefined;
}

export const noSelection: RunSelection = { runs: new Map(), isEverything: false, anchor: undefined };
export const everything: RunSelection = { ...noSelection, isEverything: true };

export const isChosen = (selection: RunSelection, runId: string): boolean => selection.isEverything || selection.runs.has(runId);
export const isNothing = (selection: RunSelection): boolean => !selection.isEverything && selection.runs.size === 0;

const only = ({ workflowId, runId, status }: ChosenRun): ChosenRun => ({ workflowId, runId, status });

/** Leaving one run of everything leaves the others that are on the page. */
export function toggleRun(selection: RunSelection, rows: readonly ChosenRun[], run: ChosenRun): RunSelection {
  const runs = selection.isEverything ? new Map(rows.map((row) => [row.runId, only(row)])) : new Map(selection.runs);
  if (!runs.delete(run.runId)) runs.set(run.runId, only(run));
  return { runs, isEverything: false, anchor: run.runId };
}

/** From the anchor to this run, both included; the anchor's own state is given to all of them. */
export function chooseRange(selection: RunSelection, rows: readonly ChosenRun[], run: ChosenRun): RunSelection {
  const to = rows.findIndex((row) => row.runId === run.runId);
  const from = rows.findIndex((row) => row.runId === selection.anchor);
  if (selection.isEverything || from < 0 || to < 0) return toggleRun(selection, rows, run);
  const isAdding = selection.runs.has(rows[from]?.runId ?? '');
  const runs = new Map(selection.runs);
  for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1))
    if (isAdding) runs.set(row.runId, only(row));
    else runs.delete(row.runId);
  return { runs, isEverything: false, anchor: run.runId };
}

/** All that is loaded; nothing, when all of it is chosen already. */
export function togglePage(selection: RunSelection, rows: readonly ChosenRun[]): RunSelection {
  const isWhole = rows.every((row) => isChosen(selection, row.runId));
  return isWhole ? noSelection : { runs: new Map(rows.map((row) => [row.runId, only(row)])), isEverything: false, anchor: undefined };
}

export const isWholePage = (selection: RunSelection, rows: readonly ChosenRun[]): boolean =>
  rows.length > 0 && rows.every((row) => isChosen(selection, row.runId));
