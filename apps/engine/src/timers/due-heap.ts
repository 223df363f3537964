/** A binary heap of moments, earliest first. */
export interface Due<Value> {
  readonly at: number;
  readonly value: Value;
}

export class DueHeap<Value> {
  private readonly items: Due<Value>[] = [];

  get size(): number {
    return this.items.length;
  }

  peek(): Due<Value> | undefined {
    return this.items[0];
  }

  push(item: Due<Value>): void {
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.at(parent) <= item.at) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  pop(): Due<Value> | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (first === undefined || last === undefined || this.items.length === 0) return first;
    this.items[0] = last;
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      const smaller = this.at(left + 1) < this.at(left) ? left + 1 : left;
      if (this.at(smaller) >= last.at) return first;
      this.swap(at, smaller);
      at = smaller;
    }
  }

  private at(index: number): number {
    return this.items[index]?.at ?? Infinity;
  }

  private swap(a: number, b: number): void {
    const one = this.items[a];
    const other = this.items[b];
    if (one === undefined || other === undefined) return;
    this.items[a] = other;
    this.items[b] = one;
  }
}
