/** What is not the same at two positions of a run. */
import type { RunGroups } from './event-groups.ts';
import type { OpenThing, StateFact, StateView } from './state-view.ts';
import { verbOf } from './history-rows.ts';
import type { RunEvent } from './run-event.ts';

export type Change = 'new' | 'changed' | 'gone' | undefined;

export interface ComparedThing {
  readonly thing: OpenThing;
  readonly change: Change;
  /** Of what changed: where it stood. Of what is gone: how it ended, or that it is not there yet. */
  readonly note: string | undefined;
  /** The event that ended it. */
  readonly endId: number | undefined;
}

export interface ComparedFact {
  readonly fact: StateFact;
  readonly was: string | undefined;
  readonly change: Change;
}

export interface Compared {
  readonly things: readonly ComparedThing[];
  readonly facts: readonly ComparedFact[];
  readonly count: number;
}

export interface History {
  readonly groups: RunGroups;
  readonly events: readonly RunEvent[];
}

/** `base` may be later than `now`; what is open only there has not begun yet. */
export function compareStates(base: StateView, now: StateView, history: History): Compared {
  const things = compareThings(base, now, history);
  const facts = compareFacts(base.facts, now.facts);
  const count = things.filter((one) => one.change).length + facts.filter((one) => one.change).length;
  return { things, facts, count };
}

function compareThings(base: StateView, now: StateView, history: History): ComparedThing[] {
  const before = new Map(base.open.map((thing) => [thing.key, thing]));
  const after = new Set(now.open.map((thing) => thing.key));
  const shown = now.open.map((thing): ComparedThing => {
    const old = before.get(thing.key);
    const change = old === undefined ? 'new' : old.phase === thing.phase ? undefined : 'changed';
    return { thing, change, note: change === 'changed' ? old?.phase : undefined, endId: undefined };
  });
  const gone = base.open
    .filter((thing) => !after.has(thing.key))
    .map((thing): ComparedThing => {
      const end = base.at > now.at ? undefined : endOf(thing, now.at, history);
      const note = base.at > now.at ? 'not there yet' : end === undefined ? 'closed with the run' : verbOf(end.type);
      return { thing, change: 'gone', note, endId: end?.id };
    });
  return [...shown, ...gone];
}

function endOf(thing: OpenThing, at: number, { groups, events }: History): RunEvent | undefined {
  const ids = groups.byEvent.get(thing.id)?.eventIds.filter((id) => id <= at) ?? [];
  const last = ids.at(-1);
  return last === undefined || last === thing.id ? undefined : events[last - 1];
}

const factKey = (fact: StateFact): string => `${fact.section} ${fact.name}`;

function compareFacts(base: readonly StateFact[], now: readonly StateFact[]): ComparedFact[] {
  const before = new Map(base.map((fact) => [factKey(fact), fact]));
  const shown = now.map((fact): ComparedFact => {
    const old = before.get(factKey(fact));
    before.delete(factKey(fact));
    if (old === undefined) return { fact, was: undefined, change: 'new' };
    return old.text === fact.text ? { fact, was: undefined, change: undefined } : { fact, was: old.text, change: 'changed' };
  });
  return [...shown, ...[...before.values()].map((fact): ComparedFact => ({ fact, was: fact.text, change: 'gone' }))];
}
