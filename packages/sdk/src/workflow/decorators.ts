/** The decorators. They only record what they see; the class decorator gathers it into a definition. */
import { DefinitionError } from '../common/errors.ts';
import type { HandlerKind, HandlerMetadata } from '../common/metadata.ts';
import { setHandlerMetadata } from '../common/metadata.ts';
import type { Constructor } from '../common/types.ts';
import type { DefnOptions } from './definition.ts';
import { callSite, defineClass } from './definition.ts';

export interface HandlerOptions {
  /** The name on the wire; the method's name by default. */
  readonly name?: string;
  /** Shown by consoles. */
  readonly description?: string;
  /** Takes every name that has no handler of its own. */
  readonly dynamic?: boolean;
}
export interface AsyncHandlerOptions extends HandlerOptions {
  /** What to do about a handler that has not finished when the workflow ends. */
  readonly unfinishedPolicy?: 'WARN_AND_ABANDON' | 'ABANDON';
}

// Standard decorators are invariant in their class; only `any` lets one decorator take classes of every shape.
// oxlint-disable-next-line typescript/no-explicit-any
type AnyArguments = any;
type Method<This, Args extends unknown[], Result> = (this: This, ...args: Args) => Result;
type Context<This, Value extends (this: This, ...args: AnyArguments) => unknown> = ClassMethodDecoratorContext<This, Value>;
type MaybePromise = void | Promise<void>;
type Synchronous<Result> = Result extends PromiseLike<unknown> ? 'a query must be synchronous' : Result;
type ClassDecorator<Target extends Constructor> = (target: Target, context: ClassDecoratorContext<Target>) => void;

/** Marks a class as a workflow. Throws `DefinitionError` for a class that cannot be one. */
export function defn<Target extends Constructor>(target: Target, context: ClassDecoratorContext<Target>): void;
export function defn(
  options: DefnOptions & { readonly init: true },
): <Args extends unknown[], Instance extends { run(...args: Args): Promise<unknown> }>(
  target: new (...args: Args) => Instance,
  context: ClassDecoratorContext<new (...args: Args) => Instance>,
) => void;
export function defn(options: DefnOptions): <Target extends Constructor>(target: Target, context: ClassDecoratorContext<Target>) => void;
export function defn(target: Constructor | DefnOptions): unknown {
  if (typeof target === 'function') return defineClass(target, {}, callSite(defn));
  const site = callSite(defn);
  const decorate: ClassDecorator<Constructor> = (decorated) => defineClass(decorated, target, site);
  return decorate;
}

type MethodDecorator = (method: object, context: unknown, descriptor?: PropertyDescriptor) => void;

/** Standard decorators pass (method, context); the older ones (prototype, name, descriptor). Both end in the method. */
function handler(kind: HandlerKind, metadata: Omit<HandlerMetadata, 'kind'>): MethodDecorator {
  return (first, context, descriptor) => {
    const standard =
      typeof context === 'object' && context !== null
        ? (context as { name: string | symbol; static?: boolean; private?: boolean })
        : undefined;
    const method: unknown = standard === undefined ? descriptor?.value : first;
    const name = String(standard?.name ?? context);
    if (standard?.static || standard?.private)
      throw new DefinitionError(`${name}: a ${standard.static ? 'static' : 'private'} method cannot be a ${kind} handler`);
    if (typeof method !== 'function') throw new DefinitionError(`${name}: only a method can be a ${kind} handler`);
    setHandlerMetadata(method, { kind, ...metadata });
  };
}

function withOptions(kind: HandlerKind, args: readonly unknown[]): MethodDecorator | void {
  const [first, context, descriptor] = args;
  if (args.length === 1) return handler(kind, first as AsyncHandlerOptions);
  return handler(kind, {})(first as object, context, descriptor as PropertyDescriptor | undefined);
}

/** Marks the method that is the workflow. It must return a promise. */
export function run<This, Args extends unknown[], Result>(
  method: Method<This, Args, Promise<Result>>,
  context: Context<This, Method<This, Args, Promise<Result>>>,
): void;
export function run(...args: unknown[]): void {
  withOptions('run', args);
}

/** Marks a method that takes a signal. */
export function signal<This, Args extends unknown[]>(
  method: Method<This, Args, MaybePromise>,
  context: Context<This, Method<This, Args, MaybePromise>>,
): void;
export function signal(
  options: AsyncHandlerOptions,
): <This, Args extends unknown[]>(
  method: Method<This, Args, MaybePromise>,
  context: Context<This, Method<This, Args, MaybePromise>>,
) => void;
export function signal(...args: unknown[]): unknown {
  return withOptions('signal', args);
}

/** Marks a method that answers a query. It must not be async and must not change anything. */
export function query<This, Args extends unknown[], Result>(
  method: Method<This, Args, Result> & Method<This, Args, Synchronous<Result>>,
  context: Context<This, Method<This, Args, Result>>,
): void;
export function query(
  options: HandlerOptions,
): <This, Args extends unknown[], Result>(
  method: Method<This, Args, Result> & Method<This, Args, Synchronous<Result>>,
  context: Context<This, Method<This, Args, Result>>,
) => void;
export function query(...args: unknown[]): unknown {
  return withOptions('query', args);
}

/** Marks a method that takes an update and answers it. */
export function update<This, Args extends unknown[], Result>(
  method: Method<This, Args, Result>,
  context: Context<This, Method<This, Args, Result>>,
): void;
export function update(
  options: AsyncHandlerOptions,
): <This, Args extends unknown[], Result>(method: Method<This, Args, Result>, context: Context<This, Method<This, Args, Result>>) => void;
export function update(...args: unknown[]): unknown {
  return withOptions('update', args);
}

/** Marks the method that refuses an update, by throwing, before it is accepted. */
export function validator<Key extends string>(
  forUpdate: Key,
): <Args extends unknown[], This extends { [Name in Key]: (...args: Args) => unknown }>(
  method: Method<This, Args, void>,
  context: Context<This, Method<This, Args, void>>,
) => void {
  return handler('validator', { name: forUpdate });
}
