/** The realm workflow code runs in: its own globals, its own microtask queue, and no way out but the ones given to it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import vm from 'node:vm';
import type { WorkflowDefinition } from '../common/metadata.ts';
import type { Activation, ActivationResult, QueryOutcome, RunFacts } from '../workflow/commands.ts';
import type { Payloads } from '../converter/payload.ts';
import type { OpenCondition, WorkflowCode } from '../replay/run-replay.ts';
import type { RunHost } from '../workflow/run.ts';
import type { Realm, RealmRun, UserBundle } from './realm-entry.ts';

export interface SandboxCode {
  /** The SDK's own modules, evaluated once. */
  readonly shared: string;
  /** The user's modules, as one script whose value is a function. */
  readonly user: string;
  readonly activityTypes: ReadonlyMap<string, string>;
}

/** The names under which V8 reports positions inside the two scripts. */
export const USER_SCRIPT = 'tidemark-workflows.js';
export const SHARED_SCRIPT = 'tidemark-sdk.js';

/** A program that changes its state in every round would otherwise never end. */
const CONDITION_ROUNDS_MAX = 10_000;
const STACK_FRAMES = 30;

export class UnknownWorkflowTypeError extends Error {
  override readonly name = 'UnknownWorkflowTypeError';
}

export class DeadlockError extends Error {
  override readonly name = 'DeadlockError';
}

export class Sandbox {
  readonly #context: vm.Context;
  readonly #realm: Realm;
  readonly #load: UserBundle;
  readonly #step = new vm.Script('__tidemarkStep()', { filename: SHARED_SCRIPT });
  readonly #deadlockTimeoutMs: number;
  readonly #activityTypes: ReadonlyMap<string, string>;
  #work: () => unknown = () => undefined;
  /** The run that executed last: a rejection nobody handled that shows up now is its own. */
  lastRun: SandboxedRun | undefined;
  readonly types: ReadonlyMap<string, WorkflowDefinition>;

  constructor(code: SandboxCode, deadlockTimeoutMs: number) {
    this.#deadlockTimeoutMs = deadlockTimeoutMs;
    this.#activityTypes = code.activityTypes;
    // The constant makes a context whose global is an ordinary object, which alone can be frozen.
    this.#context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
      microtaskMode: 'afterEvaluate',
      name: 'tidemark workflows',
    });
    const lend = (name: string | symbol, value: unknown) =>
      Object.defineProperty(this.#context, name, { value, writable: true, configurable: true, enumerable: false });
    for (const [name, value] of Object.entries({ TextEncoder, TextDecoder, URL, URLSearchParams, structuredClone, atob, btoa }))
      lend(name, value);
    lend(Symbol.for('@tidemark/sdk/async-local-storage'), AsyncLocalStorage);
    lend('__tidemarkStep', () => this.#work());
    vm.runInContext(`Error.stackTraceLimit = ${STACK_FRAMES};`, this.#context);
    vm.runInContext(code.shared, this.#context, { filename: SHARED_SCRIPT });
    this.#realm = vm.runInContext('__tidemark', this.#context) as Realm;
    // The script's value is the function the bundler wrapped the user's modules in.
    this.#load = vm.runInContext(code.user, this.#context, { filename: USER_SCRIPT }) as UserBundle;
    vm.runInContext('Object.freeze(globalThis)', this.#context);
    this.types = this.enter(() => this.#realm.types(this.#load));
  }

  /** Runs something inside the realm and drains its microtasks. Throws `DeadlockError` when that takes too long. */
  enter<Result>(work: () => Result): Result {
    let result: { readonly value: Result } | undefined;
    this.#work = () => {
      result = { value: work() };
    };
    try {
      this.#step.runInContext(this.#context, { timeout: this.#deadlockTimeoutMs });
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        forgetInterruptedCalls();
        throw new DeadlockError(`workflow code ran for more than ${this.#deadlockTimeoutMs} ms without waiting; is there an endless loop?`);
      }
      throw error;
    }
    if (result === undefined) throw new TypeError('the sandbox was left without a result');
    return result.value;
  }

  start(facts: RunFacts, host: Pick<RunHost, 'log' | 'isReporting'>): SandboxedRun {
    const run = this.enter(() => this.#realm.create(this.#load, facts, { ...host, activityTypes: this.#activityTypes }));
    if (run === undefined) {
      const known = [...this.types.keys()].join(', ');
      throw new UnknownWorkflowTypeError(`no workflow of the type ${facts.workflowType} is registered with this worker; known: ${known}`);
    }
    return new SandboxedRun(this, run);
  }

  /** True for promises made by workflow code: they belong to another realm. */
  owns(promise: unknown): boolean {
    return this.lastRun !== undefined && typeof promise === 'object' && promise !== null && !(promise instanceof Promise);
  }
}

/**
 * Stopping code inside a microtask leaves Node's stack of asynchronous calls unbalanced while async hooks are on, and Node then
 * aborts the whole process. Clearing that stack is what Node itself does after an exception nobody caught; there is no public door to it.
 */
function forgetInterruptedCalls(): void {
  const { binding } = process as { binding?: (name: string) => { clearAsyncIdStack?: () => void } };
  const { noDeprecation } = process as { noDeprecation?: boolean };
  try {
    Object.assign(process, { noDeprecation: true });
    binding?.call(process, 'async_wrap').clearAsyncIdStack?.();
  } catch {
    // A Node without this door follows asynchronous calls without hooks, and has nothing to clear.
  } finally {
    Object.assign(process, { noDeprecation });
  }
}

export class SandboxedRun implements WorkflowCode {
  readonly #sandbox: Sandbox;
  readonly #run: RealmRun;

  constructor(sandbox: Sandbox, run: RealmRun) {
    this.#sandbox = sandbox;
    this.#run = run;
  }

  get definition(): WorkflowDefinition {
    return this.#run.definition;
  }

  activate(activation: Activation): ActivationResult {
    return this.#inside(() => {
      this.#sandbox.enter(() => this.#run.activate(activation));
      for (let round = 0; this.#sandbox.enter(() => this.#run.checkConditions()); round += 1) {
        if (round === CONDITION_ROUNDS_MAX) throw new DeadlockError(`conditions were still changing after ${CONDITION_ROUNDS_MAX} rounds`);
      }
      return this.#sandbox.enter(() => this.#run.conclude());
    });
  }

  query(name: string, input: Payloads | undefined): QueryOutcome {
    return this.#inside(() => this.#sandbox.enter(() => this.#run.query(name, input)));
  }

  /** Raw stacks of what the run waits on, positions not yet mapped to the sources. */
  stacks(): readonly string[] {
    return this.#inside(() => [...this.#sandbox.enter(() => this.#run.stacks())]);
  }

  conditions(): readonly OpenCondition[] {
    return this.#inside(() => [...this.#sandbox.enter(() => this.#run.conditions())]);
  }

  currentDetails(): string {
    return this.#run.currentDetails();
  }

  #inside<Result>(work: () => Result): Result {
    this.#sandbox.lastRun = this;
    this.#run.enter();
    try {
      return work();
    } finally {
      this.#run.leave();
    }
  }

  /** A rejection nobody handled: fails the task it belongs to. */
  rejected: { readonly error: unknown } | undefined;
}
