/** The steps of a child's run that is shown in another run's timeline, under ids of their own there. They grow with its history. */
import type { Group, RunGroups } from './event-groups.ts';
import { RunGrouper } from './event-groups.ts';
import { ownGroup } from './grouped-page.ts';
import type { PendingActivity, RunEvent } from './run-event.ts';

interface History {
  readonly events: readonly RunEvent[];
  readonly pending: readonly PendingActivity[];
  /** There is more of it than `events`. */
  readonly isPart: boolean;
}

interface Steps {
  /** Under the ids of their events. */
  readonly groups: RunGroups;
  readonly steps: readonly Group[];
}

export class OpenedSteps {
  readonly #idOf: (eventId: number) => number;
  #grouper = new RunGrouper();
  #taken: readonly RunEvent[] = [];
  #shown: (History & Steps) | undefined;
  readonly #placed = new WeakMap<Group, Group>();

  constructor(idOf: (eventId: number) => number) {
    this.#idOf = idOf;
  }

  /** The same answer for the same history, and the same steps where nothing has changed of them. */
  of({ events, pending, isPart }: History): Steps {
    const { events: before, pending: waited, isPart: wasPart } = this.#shown ?? {};
    if (this.#shown !== undefined && before === events && waited === pending && wasPart === isPart) return this.#shown;
    this.#take(events);
    const groups = this.#grouper.shown(pending, isPart ? events.at(-1)?.at : undefined);
    this.#shown = { events, pending, isPart, groups, steps: groups.groups.map((group) => this.#place(group)) };
    return this.#shown;
  }

  #take(events: readonly RunEvent[]): void {
    const taken = this.#taken;
    const isMore = events.length >= taken.length && events[0] === taken[0] && events[taken.length - 1] === taken.at(-1);
    if (!isMore) this.#grouper = new RunGrouper();
    this.#grouper.append(isMore ? events.slice(taken.length) : events);
    this.#taken = events;
  }

  #place(group: Group): Group {
    const known = this.#placed.get(group);
    if (known !== undefined) return known;
    const placed = { ...ownGroup(group), id: this.#idOf(group.id) };
    this.#placed.set(group, placed);
    return placed;
  }
}
