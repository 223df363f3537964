/** Tasks that wait for a worker: the most urgent priority first, first come first served within it. */
export interface Waiting {
  /** 1 is the most urgent. */
  readonly priority: number;
  readonly addedAt: number;
}

export class Backlog<Task extends Waiting> {
  private readonly lanes = new Map<number, Task[]>();
  private readonly heads = new Map<number, number>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(task: Task): void {
    const lane = this.lanes.get(task.priority);
    if (lane === undefined) this.lanes.set(task.priority, [task]);
    else lane.push(task);
    this.count += 1;
  }

  /** Puts a task back in front, because its worker went away before it got it. */
  unshift(task: Task): void {
    const lane = this.lanes.get(task.priority) ?? [];
    const head = this.heads.get(task.priority) ?? 0;
    this.lanes.set(task.priority, [task, ...lane.slice(head)]);
    this.heads.set(task.priority, 0);
    this.count += 1;
  }

  shift(): Task | undefined {
    const priority = this.mostUrgent();
    const lane = priority === undefined ? undefined : this.lanes.get(priority);
    if (priority === undefined || lane === undefined) return undefined;
    const head = this.heads.get(priority) ?? 0;
    const task = lane[head];
    this.count -= 1;
    this.advance(priority, { lane, head: head + 1 });
    return task;
  }

  oldestAddedAt(): number | undefined {
    let oldest: number | undefined;
    for (const [priority, lane] of this.lanes) {
      const first = lane[this.heads.get(priority) ?? 0];
      if (first !== undefined && (oldest === undefined || first.addedAt < oldest)) oldest = first.addedAt;
    }
    return oldest;
  }

  /** Everything that waits; the backlog is empty afterwards. */
  drain(): Task[] {
    const all: Task[] = [];
    for (let task = this.shift(); task !== undefined; task = this.shift()) all.push(task);
    return all;
  }

  private mostUrgent(): number | undefined {
    let found: number | undefined;
    for (const priority of this.lanes.keys()) if (found === undefined || priority < found) found = priority;
    return found;
  }

  /** Taken tasks are cut off in bulk, so that a long lane is not copied for every one of them. */
  private advance(priority: number, { lane, head }: { readonly lane: Task[]; readonly head: number }): void {
    if (head === lane.length) {
      this.lanes.delete(priority);
      this.heads.delete(priority);
    } else if (head > 1024 && head * 2 > lane.length) {
      this.lanes.set(priority, lane.slice(head));
      this.heads.set(priority, 0);
    } else {
      this.heads.set(priority, head);
    }
  }
}
