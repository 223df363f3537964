/** From a decorated class, or a plain list of method names, to a workflow definition. */
import { DefinitionError } from '../common/errors.ts';
import type { HandlerDefinition, HandlerKind, HandlerMetadata, WorkflowDefinition } from '../common/metadata.ts';
import { handlerMetadata, setHandlerMetadata, setWorkflowDefinition } from '../common/metadata.ts';
import type { Constructor, VersioningBehavior } from '../common/types.ts';

export interface DefnOptions {
  /** The workflow type; the class's name by default. */
  readonly name?: string;
  /** Takes every type that has no class of its own. */
  readonly dynamic?: boolean;
  /** Error classes that fail the execution when thrown, as failures do. */
  readonly failureErrorTypes?: readonly Constructor<Error>[];
  readonly versioningBehavior?: VersioningBehavior;
  /** The constructor receives the arguments of `run`. */
  readonly init?: boolean;
}

const RESERVED = '__temporal_';

/** Throws `DefinitionError` for a class that cannot be a workflow. */
export function defineClass(target: Constructor, options: DefnOptions, definedAt: string | undefined): void {
  const name = options.name ?? target.name;
  if (name === '') throw new DefinitionError('a workflow class without a name needs defn({ name })');
  if (name.startsWith(RESERVED)) throw new DefinitionError(`${name}: workflow types may not begin with ${RESERVED}`);
  const methods = handlersOf(target);
  const runMethod = runMethodOf(target, methods);
  const validators = new Map([...methods].filter(([, meta]) => meta.kind === 'validator').map(([method, meta]) => [meta.name, method]));
  const updates = tableOf(methods, 'update', target);
  for (const [update, definition] of updates) {
    const validator = validators.get(definition.method);
    if (validator !== undefined) updates.set(update, { ...definition, validator });
  }
  const dynamicSignal = dynamicOf(methods, 'signal');
  const dynamicQuery = dynamicOf(methods, 'query');
  const definition: WorkflowDefinition = {
    name,
    runMethod,
    dynamic: options.dynamic ?? false,
    init: options.init ?? false,
    failureErrorTypes: options.failureErrorTypes ?? [],
    ...(options.versioningBehavior === undefined ? {} : { versioningBehavior: options.versioningBehavior }),
    signals: tableOf(methods, 'signal', target),
    queries: tableOf(methods, 'query', target),
    updates,
    ...(dynamicSignal === undefined ? {} : { dynamicSignal }),
    ...(dynamicQuery === undefined ? {} : { dynamicQuery }),
    ...(definedAt === undefined ? {} : { definedAt }),
  };
  setWorkflowDefinition(target, definition);
}

/** Walks from the base class down, so that an override replaces what it overrides. */
function handlersOf(target: Constructor): Map<string, HandlerMetadata> {
  const chain: object[] = [];
  for (let proto: unknown = target.prototype; typeof proto === 'object' && proto !== null && proto !== Object.prototype; ) {
    chain.unshift(proto);
    proto = Object.getPrototypeOf(proto);
  }
  const found = new Map<string, HandlerMetadata>();
  for (const proto of chain) {
    for (const [method, { value }] of Object.entries<PropertyDescriptor>(Object.getOwnPropertyDescriptors(proto))) {
      const metadata = typeof value === 'function' ? handlerMetadata(value) : undefined;
      if (metadata !== undefined) found.set(method, metadata);
    }
  }
  return found;
}

function runMethodOf(target: Constructor, methods: ReadonlyMap<string, HandlerMetadata>): string {
  const own = [...methods].filter(([method, meta]) => meta.kind === 'run' && Object.hasOwn(target.prototype as object, method));
  const [first, second] = own;
  if (first === undefined) throw new DefinitionError(`${target.name} has no method marked with @workflow.run`);
  if (second !== undefined) throw new DefinitionError(`${target.name} marks both ${first[0]} and ${second[0]} with @workflow.run`);
  return first[0];
}

function tableOf(methods: ReadonlyMap<string, HandlerMetadata>, kind: HandlerKind, target: Constructor): Map<string, HandlerDefinition> {
  const table = new Map<string, HandlerDefinition>();
  for (const [method, metadata] of methods) {
    if (metadata.kind !== kind || metadata.dynamic) continue;
    const name = metadata.name ?? method;
    const other = table.get(name);
    if (other !== undefined)
      throw new DefinitionError(`${target.name} has two ${kind} handlers named ${name}: ${other.method} and ${method}`);
    if (name.startsWith(RESERVED)) throw new DefinitionError(`${target.name}.${method}: names may not begin with ${RESERVED}`);
    table.set(name, toDefinition(name, method, metadata));
  }
  return table;
}

function dynamicOf(methods: ReadonlyMap<string, HandlerMetadata>, kind: HandlerKind): HandlerDefinition | undefined {
  const found = [...methods].find(([, metadata]) => metadata.kind === kind && metadata.dynamic);
  return found === undefined ? undefined : toDefinition(found[0], found[0], found[1]);
}

function toDefinition(name: string, method: string, metadata: HandlerMetadata): HandlerDefinition {
  return {
    name,
    method,
    ...(metadata.description === undefined ? {} : { description: metadata.description }),
    ...(metadata.unfinishedPolicy === undefined ? {} : { unfinishedPolicy: metadata.unfinishedPolicy }),
  };
}

export interface DefineSpec<Instance> extends DefnOptions {
  /** The method that is the workflow; `run` by default. */
  readonly run?: keyof Instance & string;
  readonly signals?: readonly (keyof Instance & string)[];
  readonly queries?: readonly (keyof Instance & string)[];
  /** Each update's method, with the method that validates it where there is one. */
  readonly updates?: {
    readonly [Method in keyof Instance & string]?: { readonly name?: string; readonly validator?: keyof Instance & string };
  };
}

/** What the decorators do, without their syntax: for plain JavaScript and for Node's own type stripping. */
export function define<Instance>(target: Constructor<Instance>, spec: DefineSpec<Instance> = {}): Constructor<Instance> {
  const mark = (method: string, metadata: HandlerMetadata) => {
    const found: unknown = (target.prototype as Record<string, unknown>)[method];
    if (typeof found !== 'function') throw new DefinitionError(`${target.name} has no method ${method}`);
    setHandlerMetadata(found, metadata);
  };
  mark(spec.run ?? 'run', { kind: 'run' });
  for (const method of spec.signals ?? []) mark(method, { kind: 'signal' });
  for (const method of spec.queries ?? []) mark(method, { kind: 'query' });
  const updates: Readonly<Record<string, { readonly name?: string; readonly validator?: string } | undefined>> = spec.updates ?? {};
  for (const [method, update] of Object.entries(updates)) {
    mark(method, { kind: 'update', ...(update?.name === undefined ? {} : { name: update.name }) });
    if (update?.validator !== undefined) mark(update.validator, { kind: 'validator', name: method });
  }
  defineClass(target, spec, callSite(define));
  return target;
}

/** The stack above `below`, from which a worker reads the file that defines the class. */
export function callSite(below: (...args: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, below);
  return holder.stack;
}
