/** Applies what happened to a run and collects what its code asks for. Every function here runs inside the sandbox. */
import { ApplicationFailure, isCancellation, isTemporalFailure } from '../common/failures.ts';
import type { HandlerDefinition } from '../common/metadata.ts';
import { fromFailure, toFailure } from '../converter/failure-converter.ts';
import type { Payloads } from '../converter/payload.ts';
import { fromPayloads, toPayload } from '../converter/payload.ts';
import type { Activation, ActivationResult, Job, QueryOutcome, UpdateOutcome } from './commands.ts';
import { ContinueAsNewRequest } from './continue-as-new.ts';
import type { WorkflowRun } from './run.ts';
import { writeLog } from './run.ts';

/** The instance's methods by name; handlers were checked to be functions when the class was defined. */
type Methods = Record<string, (...args: unknown[]) => unknown>;

/** The order in which jobs of one activation are applied: what decides branches first, then messages, then results. */
const ranks: Readonly<Record<Job['kind'], number>> = {
  patchPresent: 0,
  sideEffectValue: 0,
  newSeed: 1,
  start: 2,
  signal: 3,
  update: 3,
  cancelWorkflow: 4,
  resolveActivity: 4,
  fireTimer: 4,
  resolveChildStart: 4,
  resolveChild: 4,
  resolveExternal: 4,
};

export function activate(run: WorkflowRun, activation: Activation): void {
  run.activation = activation;
  run.activations += 1;
  const jobs = activation.jobs
    .map((job, index) => ({ job, index }))
    .sort((a, b) => ranks[a.job.kind] - ranks[b.job.kind] || a.index - b.index);
  let start: (() => void) | undefined;
  for (const { job } of jobs) {
    if (run.ended) return;
    try {
      if (job.kind === 'start') start = construct(run, job.args);
      else apply(run, job);
    } catch (error) {
      run.fail(error);
    }
  }
  if (run.problem === undefined) start?.();
}

function construct(run: WorkflowRun, payloads: Payloads | undefined): () => void {
  const args = fromPayloads(run.converter, payloads);
  const { definition } = run;
  // The realm's registry holds classes only, and `init` promises that the constructor takes run's arguments.
  const Class = run.workflowClass as new (...args: unknown[]) => object;
  const instance = definition.init ? new Class(...args) : new Class();
  run.instance = instance;
  return () => {
    settleExecution(run, () => (instance as Methods)[definition.runMethod]?.(...args));
  };
}

/** `run` may throw before its first await only if it is not async; both ends are treated alike. */
function settleExecution(run: WorkflowRun, call: () => unknown): void {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    endWithError(run, error);
    return;
  }
  Promise.resolve(result).then(
    (value) => {
      try {
        end(run, { kind: 'complete', result: toPayload(run.converter, value), trace: {} });
      } catch (error) {
        run.fail(error);
      }
    },
    (error: unknown) => endWithError(run, error),
  );
}

function end(run: WorkflowRun, command: Parameters<WorkflowRun['emit']>[0]): void {
  if (run.ended) return;
  run.emit(command);
  run.ended = true;
  const unfinished = [...run.handling].filter(({ warn }) => warn).map(({ name }) => name);
  if (unfinished.length > 0)
    writeLog(run, { level: 'warn', message: 'the workflow ended while handlers were still running', attributes: { handlers: unfinished } });
}

function endWithError(run: WorkflowRun, error: unknown): void {
  const trace = typeof error === 'object' && error !== null ? (error as { stack?: string }) : {};
  if (error instanceof ContinueAsNewRequest) return end(run, error.command);
  if (run.cancelReason !== undefined && isCancellation(error)) return end(run, { kind: 'cancel', trace });
  if (!failsExecution(run, error)) return run.fail(error);
  end(run, { kind: 'fail', failure: toFailure(run.converter, error), trace });
}

const failsExecution = (run: WorkflowRun, error: unknown): boolean =>
  isTemporalFailure(error) || run.definition.failureErrorTypes.some((type) => error instanceof type);

function apply(run: WorkflowRun, job: Exclude<Job, { kind: 'start' }>): void {
  switch (job.kind) {
    case 'patchPresent':
      run.presentPatches.add(job.id);
      return;
    case 'sideEffectValue':
      run.sideEffects.set(`${job.name}/${job.ordinal}`, job.value);
      return;
    case 'newSeed':
      return run.reseed(job.seed);
    case 'signal':
      return deliverSignal(run, job.name, job.input);
    case 'update':
      return deliverUpdate(run, job);
    case 'cancelWorkflow':
      run.cancelReason = job.reason;
      return run.scope.cancel(job.reason === '' ? 'Workflow cancelled' : job.reason);
    case 'resolveActivity':
      return settlePending(run.activities, job.seq, (pending) => pending.settle(job.outcome));
    case 'fireTimer':
      return settlePending(run.timers, job.seq, (pending) => pending.settle({ kind: 'completed', result: undefined }));
    case 'resolveChildStart':
      return settlePending(run.childStarts, job.seq, (pending) =>
        'runId' in job.outcome ? pending.resolve(job.outcome.runId) : pending.reject(fromFailure(run.converter, job.outcome.failure)),
      );
    case 'resolveChild':
      return settlePending(run.children, job.seq, (pending) => pending.settle(job.outcome));
    case 'resolveExternal':
      return settlePending(run.externals, job.seq, (pending) =>
        pending.settle(job.failure === undefined ? { kind: 'completed', result: undefined } : { kind: 'failed', failure: job.failure }),
      );
  }
}

/** What was cancelled at the call is gone already; its late result is of no interest. */
function settlePending<Value>(pending: Map<number, Value>, seq: number, use: (value: Value) => void): void {
  const found = pending.get(seq);
  if (found === undefined) return;
  pending.delete(seq);
  use(found);
}

function deliverSignal(run: WorkflowRun, name: string, input: Payloads | undefined): void {
  const handler = run.definition.signals.get(name);
  const fallback = run.definition.dynamicSignal;
  if (handler === undefined && fallback === undefined) {
    const known = [...run.definition.signals.keys()];
    writeLog(run, { level: 'warn', message: `no handler for the signal ${name}; it was dropped`, attributes: { known } });
    return;
  }
  let args: unknown[];
  try {
    args = fromPayloads(run.converter, input);
  } catch (error) {
    // A sender's bad payload must not stop the workflow for ever.
    run.host.log({ level: 'error', message: `the signal ${name} could not be read and was dropped`, attributes: { error: String(error) } });
    return;
  }
  const result = handler === undefined ? call(run, fallback as HandlerDefinition, [name, args]) : call(run, handler, args);
  if (result.kind === 'threw') return endWithError(run, result.error);
  track(run, { handler: handler ?? (fallback as HandlerDefinition), value: result.value, onError: (error) => endWithError(run, error) });
}

type Called = { readonly kind: 'returned'; readonly value: unknown } | { readonly kind: 'threw'; readonly error: unknown };

function call(run: WorkflowRun, handler: HandlerDefinition, args: readonly unknown[]): Called {
  try {
    return { kind: 'returned', value: (run.instance as Methods)[handler.method]?.(...args) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

interface Tracked {
  readonly handler: HandlerDefinition;
  readonly value: unknown;
  readonly onError: (error: unknown) => void;
}

function track(run: WorkflowRun, { handler, value, onError }: Tracked): void {
  if (typeof (value as PromiseLike<unknown> | undefined)?.then !== 'function') return;
  const handling = { name: handler.name, warn: handler.unfinishedPolicy !== 'ABANDON' };
  run.handling.add(handling);
  Promise.resolve(value).then(
    () => run.handling.delete(handling),
    (error: unknown) => {
      run.handling.delete(handling);
      onError(error);
    },
  );
}

type UpdateJob = Extract<Job, { kind: 'update' }>;

function deliverUpdate(run: WorkflowRun, job: UpdateJob): void {
  const { protocolInstanceId } = job;
  const reject = (error: unknown) => run.rejections.push({ protocolInstanceId, failure: toFailure(run.converter, error) });
  const handler = run.definition.updates.get(job.name);
  if (handler === undefined) {
    const known = [...run.definition.updates.keys()].join(', ');
    return void reject(
      new ApplicationFailure(`no handler for the update ${job.name}; known: ${known === '' ? 'none' : known}`, { type: 'UnknownUpdate' }),
    );
  }
  let args: unknown[];
  try {
    args = fromPayloads(run.converter, job.input);
    const validator = handler.validator;
    if (job.validate && validator !== undefined) readOnly(run, () => (run.instance as Methods)[validator]?.(...args));
  } catch (error) {
    return void reject(error);
  }
  run.emit({ kind: 'updateAccepted', protocolInstanceId, trace: {} });
  const finish = (outcome: UpdateOutcome) => run.emit({ kind: 'updateCompleted', protocolInstanceId, outcome, trace: {} });
  const failed = (error: unknown) => (failsExecution(run, error) ? finish({ failure: toFailure(run.converter, error) }) : run.fail(error));
  const succeeded = (value: unknown) => {
    try {
      finish({ success: toPayload(run.converter, value) });
    } catch (error) {
      run.fail(error);
    }
  };
  run.currentUpdate = { id: job.id, name: job.name };
  const result = call(run, handler, args);
  run.currentUpdate = undefined;
  if (result.kind === 'threw') return failed(result.error);
  if (typeof (result.value as PromiseLike<unknown> | undefined)?.then !== 'function') return succeeded(result.value);
  const settled = Promise.resolve(result.value).then(succeeded);
  track(run, { handler, value: settled, onError: failed });
}

/** Asks every waiting condition once, in the order they were made. True when one held, so that its code must run before the next round. */
export function checkConditions(run: WorkflowRun): boolean {
  let held = false;
  for (const condition of run.conditions) {
    if (run.ended || run.problem !== undefined) return false;
    try {
      if (!readOnly(run, condition.test)) continue;
    } catch (error) {
      run.fail(error, condition.trace);
      return false;
    }
    run.conditions.delete(condition);
    condition.resolve();
    held = true;
  }
  return held;
}

export function conclude(run: WorkflowRun): ActivationResult {
  const { commands, rejections, problem } = run;
  run.commands = [];
  run.rejections = [];
  return { commands, rejections, ...(problem === undefined ? {} : { problem }) };
}

function readOnly<Result>(run: WorkflowRun, work: () => Result): Result {
  run.readOnly = true;
  try {
    return work();
  } finally {
    run.readOnly = false;
  }
}

export function answerQuery(run: WorkflowRun, name: string, input: Payloads | undefined): QueryOutcome {
  try {
    const handler = run.definition.queries.get(name);
    const fallback = run.definition.dynamicQuery;
    if (handler === undefined && fallback === undefined) {
      const known = ['__stack_trace', '__temporal_workflow_metadata', ...run.definition.queries.keys()];
      throw new ReferenceError(`Workflow did not register a handler for ${name}. Registered queries: [${known.join(' ')}]`);
    }
    const args = fromPayloads(run.converter, input);
    const result = readOnly(run, () =>
      handler === undefined ? call(run, fallback as HandlerDefinition, [name, args]) : call(run, handler, args),
    );
    if (result.kind === 'threw') throw result.error;
    if (typeof (result.value as PromiseLike<unknown> | undefined)?.then === 'function')
      throw new TypeError(`the query ${name} must not be async`);
    return { result: toPayload(run.converter, result.value) };
  } catch (error) {
    return { failure: toFailure(run.converter, error) };
  }
}
