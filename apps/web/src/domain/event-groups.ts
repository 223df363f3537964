/** From single events to what a person thinks of: one activity, one timer, one child, one message, one workflow task. */
import type { Step } from './group-steps.ts';
import { pageBegunBy } from './event-columns.ts';
import { advance, advanceTask, openGroup, openTask, RUN_CLOSED, STEPS, withPending } from './group-steps.ts';
import type { GroupedColumns, GroupedPage } from './grouped-page.ts';
import { ownGroup, ownTask } from './grouped-page.ts';
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
  readonly #groups = new Ordered(ownGroup);
  readonly #tasks = new Ordered(ownTask);
  /** Places of what has not ended. */
  readonly #open = new Set<number>();
  /** What goes on with things that began before all that was given, or ends the run. */
  readonly loose: RunEvent[] = [];

  /** The next events, in id order. Pages that were grouped where they were read join as they are. */
  append(events: readonly RunEvent[]): this {
    for (let at = 0; at < events.length; ) {
      const event = events[at] as RunEvent;
      const page = pageBegunBy(event);
      if (page !== undefined && page.rows.length <= events.length - at) {
        this.#join(page);
        at += page.rows.length;
      } else {
        this.#add(event);
        at += 1;
      }
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
      if (known !== undefined) groups.all[place] = withPending(ownGroup(group), known);
      else if (readTo !== undefined) groups.all[place] = { ...ownGroup(group), endedAt: readTo, status: 'unread' };
    }
    const tasks = this.#tasks.shown();
    return { groups: groups.all, tasks: tasks.all, byEvent: groups, taskByEvent: tasks };
  }

  #join(page: GroupedPage): void {
    const { groups, tasks } = page.columns;
    const first = page.row(0).id;
    const groupsBefore = this.#groups.length;
    this.#groups.addAll(page.groups(), groups, first);
    this.#tasks.addAll(page.tasks(this.#tasks.length), tasks, first);
    for (const place of groups.open) this.#open.add(groupsBefore + place);
    for (const event of page.loose()) this.#add(event);
  }

  #add(event: RunEvent): void {
    const { type } = event;
    const step = STEPS[type];
    if (step !== undefined) this.#addToGroup(step, event);
    else if (type.startsWith('WorkflowTask')) this.#addToTask(type, event);
    else if (RUN_CLOSED.has(type)) this.#closeAll(event);
  }

  #addToGroup(step: Step, event: RunEvent): void {
    if (step.step === 'open') {
      const group = openGroup(step, event);
      const place = this.#groups.add(group, event.id);
      if (group.endedAt === undefined && group.status !== 'received') this.#open.add(place);
      return;
    }
    const place = this.#groups.placeOf(event.ref ?? 0);
    if (place === undefined) return void this.loose.push(event);
    const group = this.#groups.own(place);
    advance(group, step, event);
    this.#groups.join(place, event.id);
    if (group.endedAt !== undefined) this.#open.delete(place);
  }

  /** What a closed run left open will never end in this history. */
  #closeAll(event: RunEvent): void {
    this.loose.push(event);
    for (const place of this.#open) {
      const group = this.#groups.own(place);
      group.endedAt = event.at;
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
    if (place === undefined) return void this.loose.push(event);
    advanceTask(this.#tasks.own(place), event);
    this.#tasks.join(place, event.id);
  }
}

/** Things in the order in which their first events came, each found by any of its events. */
class Ordered<Of> {
  readonly #copy: (one: Of) => Of;
  readonly #all: Of[] = [];
  /** By event id; ids are dense, so an array takes a fifth of what a map does. */
  readonly #places: (number | undefined)[] = [];
  /** Where things stand that nobody has seen yet, so that they can be changed. */
  #own = new Set<number>();

  constructor(copy: (one: Of) => Of) {
    this.#copy = copy;
  }

  get length(): number {
    return this.#all.length;
  }

  add(one: Of, eventId: number): number {
    const place = this.#all.push(one) - 1;
    this.#places[eventId] = place;
    this.#own.add(place);
    return place;
  }

  /** Of a page whose first event has the id `first`. */
  addAll(things: readonly Of[], { rows, from }: GroupedColumns, first: number): void {
    for (const [index, one] of things.entries()) {
      const place = this.#all.push(one) - 1;
      for (let at = from[index] ?? 0; at < (from[index + 1] ?? 0); at += 1) this.#places[first + (rows[at] ?? 0)] = place;
    }
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
    if (this.#own.has(place)) return one;
    this.#own.add(place);
    const copy = this.#copy(one);
    this.#all[place] = copy;
    return copy;
  }

  shown(): EventIndex<Of> & { readonly all: Of[] } {
    this.#own = new Set();
    const all = [...this.#all];
    return { all, get: (eventId) => all[this.#places[eventId] ?? -1] };
  }
}
