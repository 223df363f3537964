/** A binary heap: the smallest rank first, and what was put in first among equals. */
export interface Ranked<Value> {
  readonly rank: number;
  readonly value: Value;
}

interface Item<Value> extends Ranked<Value> {
  readonly order: number;
}

export class MinHeap<Value> {
  private readonly items: Item<Value>[] = [];
  private pushed = 0;

  get size(): number {
    return this.items.length;
  }

  peek(): Ranked<Value> | undefined {
    return this.items[0];
  }

  push({ rank, value }: Ranked<Value>): void {
    const item = { rank, value, order: (this.pushed += 1) };
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(item, this.items[parent])) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  pop(): Ranked<Value> | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (first === undefined || last === undefined || this.items.length === 0) return first;
    this.items[0] = last;
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      const smaller = isBefore(this.items[left + 1], this.items[left]) ? left + 1 : left;
      if (!isBefore(this.items[smaller], last)) return first;
      this.swap(at, smaller);
      at = smaller;
    }
  }

  private swap(a: number, b: number): void {
    const one = this.items[a];
    const other = this.items[b];
    if (one === undefined || other === undefined) return;
    this.items[a] = other;
    this.items[b] = one;
  }
}

function isBefore(a: Item<unknown> | undefined, b: Item<unknown> | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined;
  return a.rank === b.rank ? a.order < b.order : a.rank < b.rank;
}
