/** The sandbox of a worker with what belongs to it: the bundle, the positions in the sources, and rejections nobody handled. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '../common/logger.ts';
import { toFailure } from '../converter/failure-converter.ts';
import { defaultPayloadConverter } from '../converter/payload.ts';
import { isCancellation } from '../common/failures.ts';
import { RunReplay } from '../replay/run-replay.ts';
import type { Execution } from '../replay/jobs.ts';
import type { TaskProblem } from '../workflow/commands.ts';
import type { RunHost } from '../workflow/run.ts';
import type { WorkflowBundle } from './bundler.ts';
import { ReportedLines } from './reported-lines.ts';
import type { CachedRun } from './run-cache.ts';
import type { SandboxedRun } from './sandbox.ts';
import { Sandbox } from './sandbox.ts';
import { SourcePositions } from './source-positions.ts';

export interface CodeHostOptions {
  readonly bundle: WorkflowBundle;
  readonly activityTypes: ReadonlyMap<string, string>;
  readonly deadlockTimeoutMs: number;
  readonly logger: Logger;
}

const levels: ReadonlySet<string> = new Set(['trace', 'debug', 'info', 'warn', 'error']);

export class WorkflowCodeHost {
  readonly bundle: WorkflowBundle;
  readonly positions: SourcePositions;
  readonly sandbox: Sandbox;
  readonly #logger: Logger;
  readonly #onRejection = (reason: unknown, promise: Promise<unknown>) => this.#rejected(reason, promise);

  constructor(options: CodeHostOptions) {
    this.bundle = options.bundle;
    this.positions = new SourcePositions(options.bundle);
    this.sandbox = new Sandbox(
      { shared: options.bundle.shared, user: options.bundle.code, activityTypes: options.activityTypes },
      options.deadlockTimeoutMs,
    );
    this.#logger = options.logger;
    process.on('unhandledRejection', this.#onRejection);
  }

  close(): void {
    process.off('unhandledRejection', this.#onRejection);
  }

  /** A run that has seen nothing yet. Its code exists from its first event on. One for a report keeps all its tasks and what they wrote. */
  create(execution: Execution, { isReporting = false }: { readonly isReporting?: boolean } = {}): CachedRun {
    const lines = new ReportedLines();
    const log: RunHost['log'] = (line) => {
      if (isReporting) return lines.add(line);
      const { level, message, attributes } = line;
      const at = (levels.has(level) ? level : 'info') as keyof Logger;
      // Attributes come from another realm; only their values cross.
      this.#logger[at](message, { ...attributes, workflowId: execution.workflowId, runId: execution.runId });
    };
    const run: CachedRun = {
      replay: new RunReplay({
        execution,
        keepAll: isReporting,
        takeLogs: () => lines.take(),
        start: (facts) => {
          run.code = this.sandbox.start(facts, { log, isReporting });
          return run.code;
        },
      }),
      code: undefined,
      updates: new Map(),
      backlog: undefined,
    };
    return run;
  }

  /** Node reports a rejection nobody handled only after the turn in which it happened. */
  async settle(): Promise<void> {
    await nextTurn();
  }

  /** The rejection nobody handled that showed up since the run last executed. */
  rejectionOf(run: CachedRun): TaskProblem | undefined {
    const rejected = run.code?.rejected;
    if (rejected === undefined) return undefined;
    const failure = toFailure(defaultPayloadConverter, rejected.error);
    return { failure, type: 'UnhandledRejection', message: `a rejected promise was not handled: ${failure.message ?? ''}`, trace: {} };
  }

  #rejected(reason: unknown, promise: Promise<unknown>): void {
    if (!this.sandbox.owns(promise)) {
      // Not workflow code's: what Node does without a listener.
      if (process.listenerCount('unhandledRejection') === 1) throw reason;
      return;
    }
    const run: SandboxedRun | undefined = this.sandbox.lastRun;
    if (run !== undefined && !isCancellation(reason)) run.rejected ??= { error: reason };
  }
}
