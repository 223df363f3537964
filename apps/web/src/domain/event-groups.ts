/** From single events to what a person thinks of: one activity, one timer, one child, one message, one workflow task. */
import type { Step } from './group-steps.ts';
import { advance, advanceTask, openGroup, openTask, RUN_CLOSED, STEPS, withPending } from './group-steps.ts';
import type { PendingActivity, RunEvent, RunFailure } from './run-event.ts';
import type { GroupStatus } from './status.ts';

export type GroupKind =
  | 'activity'
  | 'local'
  | 'timer'
  | 'child'
  | 'signal'
  | 'update'
  | 'external'
  | 'nexus'
  | 'marker'
  | 'attr'
  | 'cancel';

export interface Group {
  /** The id of the event that opened it. */
  readonly id: number;
  readonly kind: GroupKind;
  readonly name: string;
  readonly key: string | undefined;
  readonly label: string | undefined;
  readonly queue: string | undefined;
  readonly taskId: number | undefined;
  readonly eventIds: number[];
  /** Milliseconds since the epoch. A point has no more than this. */
  readonly openedAt: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
  dueAt: number | undefined;
  status: GroupStatus;
  attempt: number;
  worker: string | undefined;
  failure: RunFailure | undefined;
  timeoutType: string | undefined;
  input: string | undefined;
  result: string | undefined;
  runId: string | undefined;
  pending: PendingActivity | undefined;
}

/** What a group says of itself where nothing is known of it. */
export const BLANK_GROUP: Omit<Group, 'id' | 'eventIds'> = {
  kind: 'child',
  name: '',
  key: undefined,
  label: undefined,
  queue: undefined,
  taskId: undefined,
  openedAt: 0,
  startedAt: undefined,
  endedAt: undefined,
  dueAt: undefined,
  status: 'received',
  attempt: 1,
  worker: undefined,
  failure: undefined,
  timeoutType: undefined,
  input: undefined,
  result: undefined,
  runId: undefined,
  pending: undefined,
};

export interface WorkflowTask {
  readonly id: number;
  /** From 1, in the order of scheduling; a retried task keeps counting. */
  readonly index: number;
  readonly scheduledAt: number;
  readonly eventIds: number[];
  startedAt: number | undefined;
  endedAt: number | undefined;
  status: 'open' | 'completed' | 'failed' | 'timedout';
  worker: string | undefined;
  cause: string | undefined;
  failure: RunFailure | undefined;
}

export interface RunGroups {
  readonly groups: readonly Group[];
  readonly tasks: readonly WorkflowTask[];
  /** Group by event id, for every event that belongs to one. */
  readonly byEvent: EventIndex<Group>;
  readonly taskByEvent: EventIndex<WorkflowTask>;
}

export interface EventIndex<Of> {
  readonly get: (eventId: number) => Of | undefined;
}

/** Events in id order; pending activities are merged into the groups they belong to. */
export function groupEvents(events: readonly RunEvent[], pending: readonly PendingActivity[] = []): RunGroups {
  return new RunGrouper().append(events).shown(pending);
}

/** The groups of a beginning and those of an end, with nothing known of what lies between: its tasks have no numbers, so they are left out. */
export function joinEnds(beginning: RunGroups, end: readonly RunEvent[]): RunGroups {
  const { groups, byEvent } = groupEvents(end);
  return {
    ...beginning,
    groups: [...beginning.groups, ...groups],
    byEvent: { get: (eventId) => beginning.byEvent.get(eventId) ?? byEvent.get(eventId) },
  };
}

/** Groups a history as it comes. What was shown once is not changed any more: an event that follows makes a copy of what it changes. */
export class RunGrouper {
  readonly #groups = new Ordered<Group>();
  readonly #tasks = new Ordered<WorkflowTask>();
  /** Places of what has not ended. */
  readonly #open = new Set<number>();

  /** The next events, in id order. */
  append(events: readonly RunEvent[]): this {
    for (const event of events) {
      const { type } = event;
      const step = STEPS[type];
      if (step !== undefined) this.#addToGroup(step, event);
      else if (type.startsWith('WorkflowTask')) this.#addToTask(type, event);
      else if (RUN_CLOSED.has(type)) this.#closeAll(event.at);
    }
    return this;
  }

  /** `readTo`: the moment up to which the history is here, where there is more of it; what is open there may have ended since. */
  shown(pending: readonly PendingActivity[], readTo?: number): RunGroups {
    const groups = this.#groups.shown();
    const byKey = new Map(pending.map((one) => [one.activityId, one]));
    for (const place of byKey.size === 0 && readTo === undefined ? [] : this.#open) {
      const group = groups.all[place];
      if (group === undefined) continue;
      const known = group.kind === 'activity' ? byKey.get(group.key ?? '') : undefined;
      if (known !== undefined) groups.all[place] = withPending(group, known);
      else if (readTo !== undefined) groups.all[place] = { ...group, endedAt: readTo, status: 'unread' };
    }
    const tasks = this.#tasks.shown();
    return { groups: groups.all, tasks: tasks.all, byEvent: groups, taskByEvent: tasks };
  }

  #addToGroup(step: Step, event: RunEvent): void {
    if (step.step === 'open') {
      const group = openGroup(step, event);
      const place = this.#groups.add(group, event.id);
      if (group.endedAt === undefined && group.status !== 'received') this.#open.add(place);
      return;
    }
    const place = this.#groups.placeOf(event.ref ?? 0);
    if (place === undefined) return;
    const group = this.#groups.own(place);
    advance(group, step, event);
    this.#groups.join(place, event.id);
    if (group.endedAt !== undefined) this.#open.delete(place);
  }

  /** What a closed run left open will never end in this history. */
  #closeAll(at: number): void {
    for (const place of this.#open) {
      const group = this.#groups.own(place);
      group.endedAt = at;
      group.status = 'abandoned';
    }
    this.#open.clear();
  }

  #addToTask(type: string, event: RunEvent): void {
    if (type === 'WorkflowTaskScheduled') {
      this.#tasks.add(openTask(event, this.#tasks.length + 1), event.id);
      return;
    }
    const place = this.#tasks.placeOf(event.ref ?? 0);
    if (place === undefined) return;
    advanceTask(this.#tasks.own(place), event);
    this.#tasks.join(place, event.id);
  }
}

/** Things in the order in which their first events came, each found by any of its events. */
class Ordered<Of extends { readonly eventIds: number[] }> {
  readonly #all: Of[] = [];
  /** By event id; ids are dense, so an array takes a fifth of what a map does. */
  readonly #places: (number | undefined)[] = [];
  /** Those before this place are looked at by somebody, unless they are copies that nobody has seen. */
  #seen = 0;
  #copied = new Set<number>();

  get length(): number {
    return this.#all.length;
  }

  add(one: Of, eventId: number): number {
    this.#places[eventId] = this.#all.length;
    return this.#all.push(one) - 1;
  }

  join(place: number, eventId: number): void {
    this.#places[eventId] = place;
  }

  placeOf(eventId: number): number | undefined {
    return this.#places[eventId];
  }

  /** What stands there, to be changed; a place that `placeOf` gave is never empty. */
  own(place: number): Of {
    const one = this.#all[place] as Of;
    if (place >= this.#seen || this.#copied.has(place)) return one;
    this.#copied.add(place);
    const copy = { ...one, eventIds: [...one.eventIds] };
    this.#all[place] = copy;
    return copy;
  }

  shown(): EventIndex<Of> & { readonly all: Of[] } {
    this.#seen = this.#all.length;
    this.#copied = new Set();
    const all = [...this.#all];
    return { all, get: (eventId) => all[this.#places[eventId] ?? -1] };
  }
}
