/**
 * Pages of a history that were grouped where they were read, beside the page's own thread. What thousands are asked for (kind, status, moments)
 * comes in typed arrays; the rest of a group is worked out of its events when somebody asks for it.
 */
import type { Group, GroupKind, WorkflowTask } from './event-groups.ts';
import { advance, advanceTask, nameOf, openGroup, openTask, STEPS } from './group-steps.ts';
import { GROUP_KINDS } from './kind.ts';
import type { RunEvent } from './run-event.ts';
import type { GroupStatus } from './status.ts';
import { GROUP_STATUSES } from './status.ts';

/** Things in the order in which their first events came. */
export interface GroupedColumns {
  /** The events of all, as rows of the page; those of one begin at its place in `from` and end where the next one's begin. */
  readonly rows: Int32Array<ArrayBuffer>;
  readonly from: Int32Array<ArrayBuffer>;
  /** NaN for none. */
  readonly startedAt: Float64Array<ArrayBuffer>;
  readonly endedAt: Float64Array<ArrayBuffer>;
  /** Places in the list of statuses. */
  readonly status: Uint8Array<ArrayBuffer>;
}

/** What a page says by itself. */
export interface PageGroups {
  /** `kind`: places in the list of kinds; `open`: which of them have not ended. */
  readonly groups: GroupedColumns & { readonly kind: Uint8Array<ArrayBuffer>; readonly open: Int32Array<ArrayBuffer> };
  readonly tasks: GroupedColumns;
  /** Rows of what goes on with things that began before the page, or ends the run. */
  readonly loose: Int32Array<ArrayBuffer>;
}

export const TASK_STATUSES: readonly WorkflowTask['status'][] = ['open', 'completed', 'failed', 'timedout'];

/** The groups of a page over its rows. They cannot be changed, nor spread: who wants to takes a copy (`ownGroup`, `ownTask`). */
export class GroupedPage {
  readonly rows: readonly RunEvent[];
  readonly columns: PageGroups;

  constructor(rows: readonly RunEvent[], columns: PageGroups) {
    this.rows = rows;
    this.columns = columns;
  }

  groups(): Group[] {
    return Array.from(this.columns.groups.status, (_, place) => new GroupRow(this, place));
  }

  /** `before`: workflow tasks that came before the page. */
  tasks(before: number): WorkflowTask[] {
    return Array.from(this.columns.tasks.status, (_, place) => new TaskRow(this, place, before + place + 1));
  }

  loose(): RunEvent[] {
    return Array.from(this.columns.loose, (row) => this.row(row));
  }

  /** Rows are named by the columns alone, so there is one. */
  row(row: number): RunEvent {
    return this.rows[row] as RunEvent;
  }
}

/** Where the events of each stand: one class for what groups and tasks have in common. */
class Placed {
  protected readonly page: GroupedPage;
  protected readonly place: number;
  readonly #columns: GroupedColumns;

  constructor(page: GroupedPage, place: number, columns: GroupedColumns) {
    this.page = page;
    this.place = place;
    this.#columns = columns;
  }

  get id(): number {
    return this.first.id;
  }

  get eventIds(): number[] {
    return this.events().map(({ id }) => id);
  }

  get startedAt(): number | undefined {
    return momentOf(this.#columns.startedAt, this.place);
  }

  get endedAt(): number | undefined {
    return momentOf(this.#columns.endedAt, this.place);
  }

  protected get first(): RunEvent {
    return this.page.row(this.#columns.rows[this.#columns.from[this.place] ?? 0] ?? 0);
  }

  protected events(): RunEvent[] {
    const { rows, from } = this.#columns;
    return Array.from(rows.subarray(from[this.place], from[this.place + 1]), (row) => this.page.row(row));
  }
}

const momentOf = (column: Float64Array, place: number): number | undefined => {
  const at = column[place] ?? Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};

class GroupRow extends Placed implements Group {
  #whole: Group | undefined;

  constructor(page: GroupedPage, place: number) {
    super(page, place, page.columns.groups);
  }

  get kind(): GroupKind {
    return GROUP_KINDS[this.page.columns.groups.kind[this.place] ?? 0] ?? 'marker';
  }

  get status(): GroupStatus {
    return GROUP_STATUSES[this.page.columns.groups.status[this.place] ?? 0] ?? 'unread';
  }

  get name(): string {
    return nameOf(this.kind, this.first);
  }

  get key(): string | undefined {
    return this.first.key;
  }

  get label(): string | undefined {
    return this.first.label;
  }

  get queue(): string | undefined {
    return this.first.queue;
  }

  get taskId(): number | undefined {
    return this.first.taskId;
  }

  get openedAt(): number {
    return this.first.at;
  }

  get input(): string | undefined {
    return this.first.text;
  }

  get pending(): undefined {
    return undefined;
  }

  get dueAt(): number | undefined {
    return this.#all.dueAt;
  }

  get attempt(): number {
    return this.#all.attempt;
  }

  get worker(): string | undefined {
    return this.#all.worker;
  }

  get failure(): Group['failure'] {
    return this.#all.failure;
  }

  get timeoutType(): string | undefined {
    return this.#all.timeoutType;
  }

  get result(): string | undefined {
    return this.#all.result;
  }

  get runId(): string | undefined {
    return this.#all.runId;
  }

  /** What a closed run left open has its end from there and not from an event of its own. */
  whole(): Group {
    return { ...groupOf(this.events()), status: this.status, endedAt: this.endedAt };
  }

  get #all(): Group {
    return (this.#whole ??= this.whole());
  }
}

class TaskRow extends Placed implements WorkflowTask {
  readonly index: number;
  #whole: WorkflowTask | undefined;

  constructor(page: GroupedPage, place: number, index: number) {
    super(page, place, page.columns.tasks);
    this.index = index;
  }

  get scheduledAt(): number {
    return this.first.at;
  }

  get status(): WorkflowTask['status'] {
    return TASK_STATUSES[this.page.columns.tasks.status[this.place] ?? 0] ?? 'open';
  }

  get worker(): string | undefined {
    return this.#all.worker;
  }

  get cause(): string | undefined {
    return this.#all.cause;
  }

  get failure(): WorkflowTask['failure'] {
    return this.#all.failure;
  }

  whole(): WorkflowTask {
    return taskOf(this.events(), this.index);
  }

  get #all(): WorkflowTask {
    return (this.#whole ??= this.whole());
  }
}

/** A copy to be changed. */
export const ownGroup = (group: Group): Group => (group instanceof GroupRow ? group.whole() : { ...group, eventIds: [...group.eventIds] });
export const ownTask = (task: WorkflowTask): WorkflowTask =>
  task instanceof TaskRow ? task.whole() : { ...task, eventIds: [...task.eventIds] };

/** Of the events of one group, whose first opens it. */
function groupOf([first, ...more]: readonly RunEvent[]): Group {
  const open = first === undefined ? undefined : STEPS[first.type];
  if (first === undefined || open?.step !== 'open') throw new TypeError('The first event of a group opens it.');
  const group = openGroup(open, first);
  for (const event of more) {
    const step = STEPS[event.type];
    if (step !== undefined && step.step !== 'open') advance(group, step, event);
  }
  return group;
}

function taskOf([first, ...more]: readonly RunEvent[], index: number): WorkflowTask {
  if (first === undefined) throw new TypeError('A workflow task has a first event.');
  const task = openTask(first, index);
  for (const event of more) advanceTask(task, event);
  return task;
}
