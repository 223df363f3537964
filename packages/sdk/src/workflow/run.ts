/** One workflow execution inside the sandbox: the instance, what it waits on, and the commands it asked for. */
import { NoContextError, ReadOnlyContextError } from '../common/errors.ts';
import type { WorkflowDefinition } from '../common/metadata.ts';
import type { Payload, PayloadConverter } from '../converter/payload.ts';
import { toFailure } from '../converter/failure-converter.ts';
import type { Activation, Command, Outcome, RunFacts, TaskProblem, Trace, UpdateRejection } from './commands.ts';
import type { RandomStream } from './random.ts';
import { randomStream } from './random.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of whoever wrote it; for reports alone. */
  readonly trace?: Trace;
}

/** What the sandbox's host lends: the only ways out of it. */
export interface RunHost {
  log(line: LogLine): void;
  /** The host reports on a replay: lines reach it although history is replayed, with the stack of whoever wrote them. */
  readonly isReporting: boolean;
  /** Activity stubs of the bundle, `file#export`, to activity types. */
  readonly activityTypes: ReadonlyMap<string, string>;
}

export interface Pending {
  readonly trace: Trace;
  readonly settle: (outcome: Outcome) => void;
  /** The activation that asked for it. Until that ends, taking it back leaves no trace in history. */
  readonly askedIn: number;
}

export interface Condition {
  readonly test: () => boolean;
  /** What its author called it. */
  readonly summary: string | undefined;
  readonly resolve: () => void;
  readonly trace: Trace;
}

interface Handling {
  readonly name: string;
  readonly warn: boolean;
}

/** The scope of the whole execution: what cancelling the execution cancels. */
export interface ExecutionScope {
  readonly signal: AbortSignal;
  cancel(reason?: string): void;
}

export interface RunOptions {
  readonly facts: RunFacts;
  readonly workflowClass: object;
  readonly definition: WorkflowDefinition;
  readonly converter: PayloadConverter;
  readonly host: RunHost;
  readonly scope: ExecutionScope;
}

export class WorkflowRun {
  readonly scope: ExecutionScope;
  readonly facts: RunFacts;
  readonly workflowClass: object;
  readonly definition: WorkflowDefinition;
  readonly converter: PayloadConverter;
  readonly host: RunHost;
  readonly activities = new Map<number, Pending>();
  readonly timers = new Map<number, Pending>();
  readonly childStarts = new Map<
    number,
    { readonly trace: Trace; readonly resolve: (runId: string) => void; readonly reject: (error: unknown) => void }
  >();
  readonly children = new Map<number, Pending>();
  readonly externals = new Map<number, Pending>();
  readonly conditions = new Set<Condition>();
  readonly handling = new Set<Handling>();
  readonly presentPatches = new Set<string>();
  readonly knownPatches = new Map<string, boolean>();
  readonly askedPatches = new Set<string>();
  readonly sideEffects = new Map<string, Payload>();
  readonly sideEffectOrdinals = new Map<string, number>();
  commands: Command[] = [];
  rejections: UpdateRejection[] = [];
  problem: TaskProblem | undefined;
  instance: object | undefined;
  ended = false;
  readOnly = false;
  activation: Omit<Activation, 'jobs'>;
  activations = 0;
  currentDetails = '';
  cancelReason: string | undefined;
  currentUpdate: { readonly id: string; readonly name: string } | undefined;
  memo: Readonly<Record<string, Payload>>;
  private readonly sequences = new Map<string, number>();
  private streams = new Map<string, RandomStream>();
  private seed: string;

  constructor(options: RunOptions) {
    const { facts } = options;
    this.seed = facts.originalRunId;
    this.memo = facts.memo;
    this.scope = options.scope;
    this.facts = options.facts;
    this.workflowClass = options.workflowClass;
    this.definition = options.definition;
    this.converter = options.converter;
    this.host = options.host;
    this.activation = { time: facts.startTime, replaying: false, historyLength: 0, historyBytes: 0, continueAsNewSuggested: false };
  }

  nextSequence(name: string): number {
    const next = (this.sequences.get(name) ?? 0) + 1;
    this.sequences.set(name, next);
    return next;
  }

  random(name: string): RandomStream {
    let stream = this.streams.get(name);
    if (stream === undefined) this.streams.set(name, (stream = randomStream(this.seed, name)));
    return stream;
  }

  /** A run that was reset must not repeat the ids of what it already started. */
  reseed(seed: string): void {
    this.seed = seed;
    this.streams = new Map();
  }

  /** Throws `ReadOnlyContextError` in a query, a validator or a condition. */
  requireWritable(what: string): void {
    if (this.readOnly)
      throw new ReadOnlyContextError(`${what} would change the workflow, which a query, a validator or a condition may not do`);
  }

  emit(command: Command): void {
    this.requireWritable(command.kind);
    this.commands.push(command);
  }

  /** Takes a command back that was not sent yet. False when it is too late. */
  retract(kind: Command['kind'], seq: number): boolean {
    const at = this.commands.findIndex((command) => command.kind === kind && 'seq' in command && command.seq === seq);
    if (at === -1) return false;
    this.commands.splice(at, 1);
    return true;
  }

  fail(error: unknown, trace: Trace = {}): void {
    if (this.problem !== undefined) return;
    const { name, message } = typeof error === 'object' && error !== null ? (error as { name?: string; message?: string }) : {};
    this.problem = {
      failure: toFailure(this.converter, error),
      type: name ?? 'Error',
      message: message ?? String(error),
      trace: traceOf(error) ?? trace,
    };
  }
}

function traceOf(error: unknown): Trace | undefined {
  const stack = typeof error === 'object' && error !== null ? (error as { stack?: unknown }).stack : undefined;
  return typeof stack === 'string' ? { stack } : undefined;
}

let active: WorkflowRun | undefined;

/** Called by the sandbox around every entry; only one run executes at a time. */
export function setActiveRun(run: WorkflowRun | undefined): void {
  active = run;
}

export const activeRun = (): WorkflowRun | undefined => active;

/** Throws `NoContextError` outside of workflow code. */
export function requireRun(): WorkflowRun {
  if (active === undefined) throw new NoContextError('this can only be called from workflow code');
  return active;
}

/** A line of the workflow's log. Silent while history is replayed, so that a line appears once. */
export function writeLog(run: WorkflowRun, line: LogLine): void {
  if (run.host.isReporting) run.host.log({ ...line, trace: traceHere(writeLog) });
  else if (!run.activation.replaying) run.host.log(line);
}

/** Remembers where the code is. The text of the stack is made only if somebody reads it. */
export function traceHere(below: (...args: never[]) => unknown): Trace {
  const trace: Trace = {};
  Error.captureStackTrace(trace, below);
  return trace;
}
