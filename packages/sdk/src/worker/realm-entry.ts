/** The script that is evaluated once per sandbox: the SDK's own modules, shared by every run, and the doors through which the worker enters. */
import * as common from '../common/index.ts';
import { SandboxViolationError } from '../common/errors.ts';
import { setActivityDefinition, workflowDefinition } from '../common/metadata.ts';
import type { WorkflowDefinition } from '../common/metadata.ts';
import * as converter from '../converter/index.ts';
import { CancellationScope } from '../workflow/cancellation-scope.ts';
import type { Activation, ActivationResult, QueryOutcome, RunFacts } from '../workflow/commands.ts';
import { installGlobals } from '../workflow/globals.ts';
import * as workflow from '../workflow/index.ts';
import { activate, answerQuery, checkConditions, conclude } from '../workflow/lifecycle.ts';
import type { OpenCondition } from '../replay/run-replay.ts';
import type { RunHost } from '../workflow/run.ts';
import { setActiveRun, WorkflowRun } from '../workflow/run.ts';
import * as activity from '../activity/definition.ts';

/** A run as the worker holds it. Each function must be called inside the realm, so that its microtasks drain there. */
export interface RealmRun {
  readonly definition: WorkflowDefinition;
  activate(activation: Activation): void;
  checkConditions(): boolean;
  conclude(): ActivationResult;
  query(name: string, input: converter.Payloads | undefined): QueryOutcome;
  fail(error: unknown): void;
  /** The stacks of everything the run waits on, one text each. */
  stacks(): readonly string[];
  /** The conditions that do not hold yet. */
  conditions(): readonly OpenCondition[];
  currentDetails(): string;
  enter(): void;
  leave(): void;
}

export interface Realm {
  /** The workflow classes the bundle exports or defines; it is evaluated anew. */
  types(load: UserBundle): ReadonlyMap<string, WorkflowDefinition>;
  create(load: UserBundle, facts: RunFacts, host: RunHost): RealmRun | undefined;
}

/** The user's bundle as a function: every call evaluates its modules anew. */
export type UserBundle = (require: (name: string) => unknown) => Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const shared: Readonly<Record<string, unknown>> = {
  '@tidemark/sdk/workflow': workflow,
  '@tidemark/sdk/common': common,
  '@tidemark/sdk/converter': converter,
  '@tidemark/sdk/activity': activity,
};

function evaluate(load: UserBundle, activityTypes: ReadonlyMap<string, string>): Map<string, object> {
  const modules = load((name) => {
    if (name === 'tidemark:activity-stub') return (key: string) => stub(key, activityTypes);
    const found = shared[name];
    if (found === undefined) throw new SandboxViolationError(`${name} is not available in workflow code`);
    return found;
  });
  const classes = new Map<string, object>();
  for (const module of Object.values(modules)) {
    for (const value of Object.values(module)) {
      const definition = typeof value === 'function' ? workflowDefinition(value) : undefined;
      if (definition !== undefined) classes.set(definition.dynamic ? '' : definition.name, value as object);
    }
  }
  return classes;
}

/** Stands in for an export of an activity module. Only its name may be used. */
function stub(key: string, activityTypes: ReadonlyMap<string, string>): unknown {
  const name = key.slice(key.lastIndexOf('#') + 1);
  const refuse = () => {
    throw new SandboxViolationError(
      `${key} is loaded in workflow code as an activity only; what is no activity must move to a module without activities`,
    );
  };
  const target = () => refuse();
  setActivityDefinition(target, { name: activityTypes.get(key) ?? name });
  const allowed = new Set<PropertyKey>(['name', 'length', 'activityType']);
  return new Proxy(target, {
    get: (from, property) =>
      (typeof property === 'symbol' && property !== Symbol.toPrimitive) || allowed.has(property)
        ? (Reflect.get(from, property) as unknown)
        : refuse(),
    construct: refuse,
  });
}

/** Of what a run waits for so many conditions are told. */
const CONDITIONS_MAX = 8;
const SOURCE_CHARS_MAX = 80;

/** A condition without a name is called by its text: `this.approved`. */
function sourceOf(test: () => boolean): string {
  const text = String(test)
    .replace(/\s+/g, ' ')
    .replace(/^\(\) => /, '');
  return text.length > SOURCE_CHARS_MAX ? `${text.slice(0, SOURCE_CHARS_MAX)}…` : text;
}

function hold(run: WorkflowRun): RealmRun {
  return {
    definition: run.definition,
    activate: (activation) => activate(run, activation),
    checkConditions: () => checkConditions(run),
    conclude: () => conclude(run),
    query: (name, input) => answerQuery(run, name, input),
    fail: (error) => run.fail(error),
    stacks: () =>
      [
        ...run.activities.values(),
        ...run.timers.values(),
        ...run.children.values(),
        ...run.childStarts.values(),
        ...run.externals.values(),
        ...run.conditions,
      ].map(({ trace }) => trace.stack ?? ''),
    conditions: () =>
      run.ended
        ? []
        : [...run.conditions]
            .slice(0, CONDITIONS_MAX)
            .map(({ summary, test, trace }) => ({ label: summary ?? sourceOf(test), stack: trace.stack })),
    currentDetails: () => run.currentDetails,
    enter: () => setActiveRun(run),
    leave: () => setActiveRun(undefined),
  };
}

const realm: Realm = {
  types: (load) => {
    const found = [...evaluate(load, new Map())];
    return new Map(found.map(([name, Class]) => [name, workflowDefinition(Class) as WorkflowDefinition]));
  },
  create: (load, facts, host) => {
    const classes = evaluate(load, host.activityTypes);
    const workflowClass = classes.get(facts.workflowType) ?? classes.get('');
    const definition = workflowClass && workflowDefinition(workflowClass);
    if (workflowClass === undefined || definition === undefined) return undefined;
    return hold(
      new WorkflowRun({
        facts,
        workflowClass,
        definition,
        converter: converter.defaultPayloadConverter,
        host,
        scope: CancellationScope.root(),
      }),
    );
  },
};

installGlobals(globalThis);
(globalThis as unknown as Record<string, unknown>)['__tidemark'] = realm;
