import { DefinitionError } from '../common/errors.ts';
import { setActivityDefinition } from '../common/metadata.ts';
import type { AnyFunction } from '../common/types.ts';

export interface DefnOptions {
  /** The activity type; the function's or method's name by default. */
  readonly name?: string;
}

export type ActivityFunction<Fn extends AnyFunction> = Fn & { readonly activityType: string };

// Standard decorators are invariant in their class; only `any` lets one decorator take methods of every shape.
// oxlint-disable-next-line typescript/no-explicit-any
type AnyMethod<This> = (this: This, ...args: any[]) => any;

/** Marks a function as an activity and returns it. Throws `DefinitionError` for one without a name. */
export function defn<Fn extends AnyFunction>(fn: Fn): ActivityFunction<Fn>;
export function defn<Fn extends AnyFunction>(options: DefnOptions, fn: Fn): ActivityFunction<Fn>;
/** Marks a method of an activities class. */
export function defn<This, Fn extends AnyMethod<This>>(method: Fn, context: ClassMethodDecoratorContext<This, Fn>): void;
export function defn(
  options: DefnOptions,
): <This, Fn extends AnyMethod<This>>(method: Fn, context: ClassMethodDecoratorContext<This, Fn>) => void;
export function defn(first: AnyFunction | DefnOptions, second?: unknown, descriptor?: PropertyDescriptor): unknown {
  if (typeof first === 'function') {
    if (second === undefined) return mark(first, {});
    return void mark(first, {}, contextName(second));
  }
  if (typeof second === 'function') return mark(second, first);
  if (descriptor !== undefined) return void mark(descriptor.value, {}, String(second));
  return (method: unknown, context: unknown, legacy?: PropertyDescriptor) =>
    void mark(legacy?.value ?? method, first, contextName(context));
}

const contextName = (context: unknown): string =>
  String(typeof context === 'object' && context !== null ? (context as { name: string | symbol }).name : context);

function mark(target: unknown, options: DefnOptions, memberName?: string): unknown {
  if (typeof target !== 'function') throw new DefinitionError('only a function or a method can be an activity');
  const name = options.name ?? memberName ?? target.name;
  if (name === '') throw new DefinitionError('an activity without a name needs activity.defn({ name }, fn)');
  setActivityDefinition(target, { name });
  return target;
}
