/** In which order a run's groups stand below each other. Pure, and apart from the clock: rows change place only when something new has come. */
import type { Group, GroupKind } from './event-groups.ts';

export const ORDERS = ['time', 'type', 'path'] as const;
/** `time`: as they began; `type`: all of one kind and name together; `path`: what is on the critical path before all else. */
export type TimelineOrder = (typeof ORDERS)[number];

/** Rows are woven within a part and never across its end. */
export type OrderedGroups = readonly (readonly Group[])[];

/** `groups` as they began; `path` are the ids of what is on the critical path, in its order, for the order that asks for it. */
export function orderGroups(groups: readonly Group[], order: TimelineOrder, path: Iterable<number> = []): OrderedGroups {
  if (order === 'type') return byType(groups);
  return order === 'path' ? byPath(groups, path) : [groups];
}

/** Kinds and names in the order in which the first of each began; neighbours are woven, so it is one part. */
function byType(groups: readonly Group[]): OrderedGroups {
  const types = new Map<GroupKind, Map<string, Group[]>>();
  const inOrder: Group[][] = [];
  for (const group of groups) {
    let names = types.get(group.kind);
    if (names === undefined) types.set(group.kind, (names = new Map()));
    const same = names.get(group.name);
    if (same !== undefined) {
      same.push(group);
      continue;
    }
    const first = [group];
    names.set(group.name, first);
    inOrder.push(first);
  }
  return [inOrder.flat()];
}

function byPath(groups: readonly Group[], path: Iterable<number>): OrderedGroups {
  const byId = new Map<number, Group | undefined>();
  for (const id of path) byId.set(id, undefined);
  const rest: Group[] = [];
  for (const group of groups) {
    if (byId.has(group.id)) byId.set(group.id, group);
    else rest.push(group);
  }
  // A map keeps the order in which its keys came; workflow tasks are on the path too, and are no groups.
  return [[...byId.values()].filter((group) => group !== undefined), rest];
}
