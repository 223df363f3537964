/** Of a list that may grow without end: its first items, its last ones, and how many there were. */
export class FirstAndLast<Item> {
  readonly first: Item[] = [];
  readonly last: Item[] = [];
  total = 0;

  constructor(private readonly keep: { readonly first: number; readonly last: number }) {}

  get newest(): Item | undefined {
    return this.last.at(-1) ?? this.first.at(-1);
  }

  push(item: Item): void {
    this.total += 1;
    if (this.first.length < this.keep.first) this.first.push(item);
    else this.last.push(item);
    if (this.last.length > this.keep.last) this.last.shift();
  }
}
