import type { HistoryEvent } from '../replay/events.ts';
import type { Execution } from '../replay/jobs.ts';
import { InvalidHistoryError, NondeterminismError } from '../replay/nondeterminism.ts';
import { buildReport } from '../replay/report.ts';
import type { ReplayReport, SourceFrame } from '../replay/report-types.ts';
import type { TaskProblem } from '../workflow/commands.ts';
import { defaultPayloadConverter } from '../converter/payload.ts';
import { toFailure } from '../converter/failure-converter.ts';
import type { WorkflowCodeHost } from './code-host.ts';
import { SDK } from './task-failures.ts';

export interface ReplayRequest {
  readonly execution: Execution;
  /** From the first event on. */
  readonly events: readonly HistoryEvent[];
  readonly source: 'server' | 'file';
}

/** Replays a whole history from the start, beside whatever is cached. Never throws for what the history or the code does. */
export async function replayHistory(host: WorkflowCodeHost, request: ReplayRequest): Promise<ReplayReport> {
  const run = host.create(request.execution, { isReporting: true });
  const { replay } = run;
  let error: unknown;
  let problem: TaskProblem | undefined;
  let triesFailing = false;
  try {
    problem = replay.feed({ events: request.events, live: false }).problem;
    if (problem === undefined && !replay.closed) {
      const tried = replay.feedFailing();
      triesFailing = tried !== undefined;
      problem = tried?.problem;
      replay.finishPartial();
    }
  } catch (thrown) {
    error = thrown;
  }
  await host.settle();
  problem ??= host.rejectionOf(run);
  if (error !== undefined && !(error instanceof NondeterminismError) && !(error instanceof InvalidHistoryError)) {
    const failure = toFailure(defaultPayloadConverter, error);
    problem = { failure, type: (error as { name?: string }).name ?? 'Error', message: failure.message ?? '', trace: {} };
    error = undefined;
  }
  // Tasks wait at the same lines again and again.
  const known = new Map<string, readonly SourceFrame[]>();
  const frames = (stack: string | undefined): readonly SourceFrame[] => {
    const found = known.get(stack ?? '') ?? host.positions.frames(stack);
    known.set(stack ?? '', found);
    return found;
  };
  return buildReport({
    replay,
    bundleHash: host.bundle.hash,
    sdk: SDK,
    frames,
    source: request.source,
    events: request.events,
    triesFailing,
    ...(error === undefined ? {} : { error }),
    ...(problem === undefined ? {} : { problem }),
  });
}
