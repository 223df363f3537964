import { pathToFileURL } from 'node:url';
import { DefinitionError } from '../common/errors.ts';
import { activityDefinition } from '../common/metadata.ts';
import type { AnyFunction } from '../common/types.ts';

export type Activities = readonly (AnyFunction | object)[] | Readonly<Record<string, AnyFunction>>;
export type ActivityCall = (...args: unknown[]) => unknown;

/** Functions, instances of activity classes, or a record of functions, by activity type. Throws `DefinitionError` for a type given twice. */
export function activityTable(activities: Activities): Map<string, ActivityCall> {
  const table = new Map<string, ActivityCall>();
  const add = (name: string, call: ActivityCall) => {
    if (table.has(name)) throw new DefinitionError(`two activities are named ${name}`);
    table.set(name, call);
  };
  if (!Array.isArray(activities)) {
    // Activities get whatever the wire brought; their own types are the workflow's concern.
    for (const [name, fn] of Object.entries(activities)) add(activityDefinition(fn)?.name ?? name, fn as ActivityCall);
    return table;
  }
  for (const entry of activities as readonly (AnyFunction | object)[]) {
    if (typeof entry === 'function') add(activityDefinition(entry)?.name ?? entry.name, entry as ActivityCall);
    else addMethods(entry, add);
  }
  return table;
}

function addMethods(instance: object, add: (name: string, call: ActivityCall) => void): void {
  const seen = new Set<string>();
  for (
    let proto: unknown = Object.getPrototypeOf(instance);
    typeof proto === 'object' && proto !== null;
    proto = Object.getPrototypeOf(proto)
  ) {
    for (const [member, { value }] of Object.entries<PropertyDescriptor>(Object.getOwnPropertyDescriptors(proto))) {
      const definition = typeof value === 'function' && !seen.has(member) ? activityDefinition(value) : undefined;
      seen.add(member);
      if (definition !== undefined) add(definition.name, (value as ActivityCall).bind(instance));
    }
  }
}

/** The activity types behind the exports that the bundle replaced by stubs. The modules are loaded in this process already. */
export async function activityTypesOf(files: readonly string[]): Promise<Map<string, string>> {
  const types = new Map<string, string>();
  for (const file of files) {
    const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === 'function') types.set(`${file}#${name}`, activityDefinition(value)?.name ?? name);
    }
  }
  return types;
}
