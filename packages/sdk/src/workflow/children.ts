import type { Duration } from '../common/duration.ts';
import { toMilliseconds } from '../common/duration.ts';
import type { CancelledFailure } from '../common/failures.ts';
import { ChildWorkflowFailure } from '../common/failures.ts';
import { workflowDefinition } from '../common/metadata.ts';
import type { RetryPolicy } from '../common/retry-policy.ts';
import { toWireRetryPolicy } from '../common/retry-policy.ts';
import type { AnyFunction, ArgumentsOf, Constructor, MethodArguments, MethodsOf, ResultOf, RunOf } from '../common/types.ts';
import { toPayload, toPayloads } from '../converter/payload.ts';
import { given, settle } from './activities.ts';
import { onCancelled } from './cancellation-scope.ts';
import type { ChildCancellationType, ExternalTarget } from './commands.ts';
import { uuid4 } from './info.ts';
import type { WorkflowRun } from './run.ts';
import { requireRun, traceHere } from './run.ts';

export interface ChildOptions {
  /** A random one by default, the same on every replay. */
  readonly id?: string;
  /** The parent's own by default. */
  readonly taskQueue?: string;
  readonly executionTimeout?: Duration;
  readonly runTimeout?: Duration;
  readonly taskTimeout?: Duration;
  readonly retry?: RetryPolicy;
  /** What becomes of the child when the parent ends; `TERMINATE` by default. */
  readonly parentClosePolicy?: 'TERMINATE' | 'ABANDON' | 'REQUEST_CANCEL';
  /** `WAIT_CANCELLATION_COMPLETED` by default. */
  readonly cancellationType?: ChildCancellationType;
  readonly cronSchedule?: string;
  readonly memo?: Readonly<Record<string, unknown>>;
  readonly staticSummary?: string;
  readonly signal?: AbortSignal;
}

export interface ChildHandle<Workflow> {
  readonly workflowId: string;
  readonly firstExecutionRunId: string;
  /** Throws `ChildWorkflowFailure`, whose cause says why. */
  result(): Promise<ResultOf<RunOf<Workflow>>>;
  signal<Name extends MethodsOf<Workflow>>(name: Name, ...args: MethodArguments<Workflow, Name>): Promise<void>;
}

type WithArguments<Args> = ChildOptions & { readonly args: Args };
type RunMethod<Fn extends AnyFunction> = { run: Fn };

/** Starts a child workflow; resolves once it has begun. */
export function startChild<Instance extends RunMethod<AnyFunction>>(
  workflow: Constructor<Instance>,
  options: WithArguments<ArgumentsOf<Instance['run']>>,
): Promise<ChildHandle<Instance>>;
export function startChild<Instance = unknown>(
  type: string,
  options: ChildOptions & { readonly args?: readonly unknown[] },
): Promise<ChildHandle<Instance>>;
export function startChild(
  workflow: Constructor | string,
  options: ChildOptions & { readonly args?: readonly unknown[] },
): Promise<ChildHandle<unknown>> {
  return start(workflow, options);
}

/** Starts a child workflow and waits for its result. */
export function executeChild<Instance extends RunMethod<() => unknown>>(
  workflow: Constructor<Instance>,
  options?: ChildOptions,
): Promise<ResultOf<Instance['run']>>;
export function executeChild<Instance extends RunMethod<(argument: never) => unknown>>(
  workflow: Constructor<Instance>,
  argument: Parameters<Instance['run']>[0],
  options?: ChildOptions,
): Promise<ResultOf<Instance['run']>>;
export function executeChild<Instance extends RunMethod<AnyFunction>>(
  workflow: Constructor<Instance>,
  options: WithArguments<ArgumentsOf<Instance['run']>>,
): Promise<ResultOf<Instance['run']>>;
export function executeChild<Result = unknown>(
  type: string,
  options?: ChildOptions & { readonly args?: readonly unknown[] },
): Promise<Result>;
export async function executeChild(workflow: Constructor | string, ...rest: readonly unknown[]): Promise<unknown> {
  const child = await start(workflow, shapeOf(workflow, rest));
  return child.result();
}

type Shape = ChildOptions & { readonly args?: readonly unknown[] };

/** `(class, argument, options)` and `(class, options)` differ in length, save that one argument may come without options. */
function shapeOf(workflow: Constructor | string, rest: readonly unknown[]): Shape {
  const [first, second] = rest as readonly [unknown, ChildOptions?];
  if (rest.length > 1) return { ...second, args: [first] };
  const definition = typeof workflow === 'string' ? undefined : workflowDefinition(workflow);
  const run: unknown = definition && (workflow as Constructor & { prototype: Record<string, unknown> }).prototype[definition.runMethod];
  const takesOne = typeof run === 'function' && run.length === 1;
  const isOptions = typeof first === 'object' && first !== null && 'args' in first;
  return takesOne && rest.length === 1 && !isOptions ? { args: [first] } : (first ?? {});
}

const closePolicies = { TERMINATE: 1, ABANDON: 2, REQUEST_CANCEL: 3 } as const;
const ALLOW_DUPLICATE = 1;

function start(workflow: Constructor | string, options: Shape): Promise<ChildHandle<unknown>> {
  const run = requireRun();
  run.requireWritable('a child workflow');
  const definition = typeof workflow === 'string' ? undefined : workflowDefinition(workflow);
  const workflowType = definition?.name ?? (typeof workflow === 'string' ? workflow : workflow.name);
  const workflowId = options.id ?? uuid4();
  const seq = run.nextSequence('child');
  const trace = traceHere(start);
  const millis = (duration: Duration | undefined) => (duration === undefined ? undefined : toMilliseconds(duration));
  const memo =
    options.memo && Object.fromEntries(Object.entries(options.memo).map(([key, value]) => [key, toPayload(run.converter, value)]));
  const child = new PendingChild(run, {
    seq,
    workflowId,
    workflowType,
    cancellationType: options.cancellationType ?? 'WAIT_CANCELLATION_COMPLETED',
  });
  if (!child.listen(options.signal)) return child.started(definition?.signals);
  run.childStarts.set(seq, { trace, resolve: child.resolveStart, reject: child.rejectStart });
  run.children.set(seq, {
    trace,
    askedIn: run.activations,
    settle: (outcome) => settle(run, outcome, { resolve: child.resolveResult, reject: child.rejectResult }),
  });
  run.emit({
    kind: 'startChild',
    seq,
    workflowId,
    workflowType,
    taskQueue: options.taskQueue ?? run.facts.taskQueue,
    parentClosePolicy: closePolicies[options.parentClosePolicy ?? 'TERMINATE'],
    idReusePolicy: ALLOW_DUPLICATE,
    cancellationType: child.fields.cancellationType,
    trace,
    ...given('input', toPayloads(run.converter, options.args ?? [])),
    ...given('retry', toWireRetryPolicy(options.retry)),
    ...given('executionTimeoutMs', millis(options.executionTimeout)),
    ...given('runTimeoutMs', millis(options.runTimeout)),
    ...given('taskTimeoutMs', millis(options.taskTimeout)),
    ...given('cronSchedule', options.cronSchedule),
    ...given('memo', memo),
    ...given('summary', options.staticSummary),
  });
  return child.started(definition?.signals);
}

interface ChildFields {
  readonly seq: number;
  readonly workflowId: string;
  readonly workflowType: string;
  readonly cancellationType: ChildCancellationType;
}

type SignalTable = ReadonlyMap<string, { readonly name: string; readonly method: string }> | undefined;

/** A child has two promises: that it began, and how it ended. */
class PendingChild {
  resolveStart: (runId: string) => void = () => undefined;
  rejectStart: (error: unknown) => void = () => undefined;
  resolveResult: (value: unknown) => void = () => undefined;
  rejectResult: (error: unknown) => void = () => undefined;
  readonly #start: Promise<string>;
  readonly #result: Promise<unknown>;
  readonly #run: WorkflowRun;

  constructor(
    run: WorkflowRun,
    readonly fields: ChildFields,
  ) {
    this.#run = run;
    this.#start = new Promise((resolve, reject) => Object.assign(this, { resolveStart: resolve, rejectStart: reject }));
    this.#result = new Promise((resolve, reject) => Object.assign(this, { resolveResult: resolve, rejectResult: reject }));
    // Only whoever asks for the result should hear of its failure.
    this.#result.catch(() => undefined);
  }

  /** False when the scope is cancelled already. */
  listen(signal: AbortSignal | undefined): boolean {
    let alreadyCancelled = true;
    let done = false;
    const stop = onCancelled(signal, (reason) => {
      if (done) return;
      done = true;
      this.#cancel(reason);
    });
    alreadyCancelled = done;
    this.#result.then(stop, stop);
    return !alreadyCancelled;
  }

  #cancel(reason: CancelledFailure): void {
    const run = this.#run;
    const { seq, workflowId, workflowType, cancellationType } = this.fields;
    const reject = () => {
      run.childStarts.delete(seq);
      run.children.delete(seq);
      const failure = new ChildWorkflowFailure('Child Workflow execution cancelled', {
        namespace: run.facts.namespace,
        workflowType,
        workflowId,
        runId: '',
        retryState: 'CANCEL_REQUESTED',
        cause: reason,
      });
      this.rejectStart(failure);
      this.rejectResult(failure);
    };
    if (!run.children.has(seq) || run.retract('startChild', seq) || cancellationType === 'ABANDON') return reject();
    // A child that ended meanwhile cannot be cancelled any more, which is as good.
    requestCancel(run, { workflowId, runId: '', childOnly: true }, reason.message).catch(() => undefined);
    if (cancellationType === 'TRY_CANCEL') reject();
  }

  async started(signals: SignalTable): Promise<ChildHandle<unknown>> {
    const firstExecutionRunId = await this.#start;
    const { workflowId } = this.fields;
    const handle: ChildHandle<unknown> = {
      workflowId,
      firstExecutionRunId,
      result: () => this.#result,
      signal: (name: string, ...args: readonly unknown[]) => {
        const wire = [...(signals?.values() ?? [])].find(({ method }) => method === name)?.name ?? name;
        return sendSignal(this.#run, { workflowId, runId: '', childOnly: true }, { name: wire, args });
      },
    };
    return handle;
  }
}

function settled(run: WorkflowRun, seq: number, below: (...args: never[]) => unknown): Promise<void> {
  const trace = traceHere(below);
  return new Promise((resolve, reject) => {
    run.externals.set(seq, {
      trace,
      askedIn: run.activations,
      settle: (outcome) => settle(run, outcome, { resolve: () => resolve(), reject }),
    });
  });
}

function sendSignal(
  run: WorkflowRun,
  target: ExternalTarget,
  { name, args }: { readonly name: string; readonly args: readonly unknown[] },
): Promise<void> {
  const seq = run.nextSequence('external');
  run.emit({ kind: 'signalExternal', seq, target, name, trace: traceHere(sendSignal), ...given('input', toPayloads(run.converter, args)) });
  return settled(run, seq, sendSignal);
}

function requestCancel(run: WorkflowRun, target: ExternalTarget, reason: string): Promise<void> {
  const seq = run.nextSequence('external');
  run.emit({ kind: 'cancelExternal', seq, target, reason, trace: traceHere(requestCancel) });
  return settled(run, seq, requestCancel);
}

export interface ExternalHandle<Workflow> {
  readonly workflowId: string;
  /** Takes the signal's name on the wire. Throws when there is no such workflow. */
  signal<Name extends MethodsOf<Workflow>>(name: Name, ...args: MethodArguments<Workflow, Name>): Promise<void>;
  cancel(reason?: string): Promise<void>;
}

/** Another workflow execution of the namespace, to signal or to cancel. */
export function external<Workflow>(workflowId: string, runId = ''): ExternalHandle<Workflow> {
  const target = { workflowId, runId, childOnly: false };
  return {
    workflowId,
    signal: (name, ...args) => sendSignal(requireRun(), target, { name, args }),
    cancel: (reason = '') => requestCancel(requireRun(), target, reason),
  };
}
