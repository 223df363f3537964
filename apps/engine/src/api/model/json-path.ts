/** What stands somewhere inside a payload, by a path as people write it: `customer.address.city`, `items[0].sku`, `items.0.sku`. */
import type { Json } from './json.ts';

const STEPS_MAX = 20;

/** Undefined where the path leads nowhere. Only a value's own fields are seen. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  const steps = stepsOf(path);
  if (steps.length > STEPS_MAX) return undefined;
  let found = value;
  for (const step of steps) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as { readonly [key: string]: Json })[step];
  }
  return found;
}

const stepsOf = (path: string): readonly string[] =>
  path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');

/** Of a list of arguments: a path that begins with a number begins with that one, any other goes into the first. */
export function argumentAt(values: readonly Json[], path: string): Json | undefined {
  const [, at, rest = ''] = /^\[?(\d+)\]?(?:\.|$)(.*)$/.exec(path) ?? [];
  return at === undefined ? valueAt(values[0], path) : valueAt(values[Number(at)], rest);
}
