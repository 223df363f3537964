/**
 * Events as columns: numbers in typed arrays and each word once, so that one thread hands thousands to another without a copy, and so that
 * nothing is made of them before somebody asks. Rows over columns read like any other events.
 */
import type { PageGroups } from './grouped-page.ts';
import { GroupedPage } from './grouped-page.ts';
import type { RunEvent } from './run-event.ts';

const INTEGERS = ['ref', 'taskId', 'attempt'] as const;
const NUMBERS = ['delayMs', 'historyBytes'] as const;
const WORDS = [
  'type',
  'name',
  'key',
  'worker',
  'build',
  'queue',
  'timeoutType',
  'cause',
  'runId',
  'label',
  'text',
  'patch',
  'sdk',
] as const;

type Column<Name extends string, Values> = { readonly [Of in Name]?: Values };

/** Only columns in which some row has a value. */
export interface EventColumns {
  readonly id: Int32Array<ArrayBuffer>;
  readonly at: Float64Array<ArrayBuffer>;
  readonly bytes: Int32Array<ArrayBuffer>;
  /** -1 for none. */
  readonly integers: Column<(typeof INTEGERS)[number], Int32Array<ArrayBuffer>>;
  /** NaN for none. */
  readonly numbers: Column<(typeof NUMBERS)[number], Float64Array<ArrayBuffer>>;
  /** Places in `dictionary`, whose first is for none. */
  readonly words: Column<(typeof WORDS)[number], Int32Array<ArrayBuffer>>;
  readonly dictionary: readonly (string | undefined)[];
  /** What few rows have, by row. */
  readonly rare: ReadonlyMap<number, Pick<RunEvent, 'failure' | 'suggestsNew'>>;
}

export function columnsOf(events: readonly RunEvent[]): EventColumns {
  const places = new Map<string | undefined, number>([[undefined, 0]]);
  const placeOf = (word: string | undefined): number => {
    const known = places.get(word);
    if (known !== undefined) return known;
    places.set(word, places.size);
    return places.size - 1;
  };
  const given = <Name extends keyof RunEvent>(names: readonly Name[]) =>
    names.filter((name) => events.some((event) => event[name] !== undefined));
  const integersOf = (value: (event: RunEvent) => number) => Int32Array.from(events, value);
  const numbersOf = (value: (event: RunEvent) => number) => Float64Array.from(events, value);
  const rare = new Map<number, Pick<RunEvent, 'failure' | 'suggestsNew'>>();
  for (const [row, { failure, suggestsNew }] of events.entries())
    if (failure !== undefined || suggestsNew !== undefined)
      rare.set(row, { ...(failure && { failure }), ...(suggestsNew !== undefined && { suggestsNew }) });
  return {
    id: integersOf(({ id }) => id),
    at: numbersOf(({ at }) => at),
    bytes: integersOf(({ bytes }) => bytes),
    integers: Object.fromEntries(given(INTEGERS).map((name) => [name, integersOf((event) => event[name] ?? -1)])),
    numbers: Object.fromEntries(given(NUMBERS).map((name) => [name, numbersOf((event) => event[name] ?? Number.NaN)])),
    words: Object.fromEntries(given(WORDS).map((name) => [name, integersOf((event) => placeOf(event[name]))])),
    dictionary: [...places.keys()],
    rare,
  };
}

/** What can be handed over instead of being copied. */
export function buffersOf({ id, at, bytes, integers, numbers, words }: EventColumns): ArrayBuffer[] {
  const columns = [id, at, bytes, ...Object.values(integers), ...Object.values(numbers), ...Object.values(words)];
  return columns.map(({ buffer }) => buffer);
}

/** `groups`: what the page says by itself, where that was worked out beside it. */
export function rowsOf(columns: EventColumns, groups?: PageGroups): RunEvent[] {
  const rows: RunEvent[] = [];
  const page = new Page(columns, groups && new GroupedPage(rows, groups));
  // What a row has not is undefined and not absent; nobody asks a row for its names.
  for (let row = 0; row < page.id.length; row += 1) rows.push(new Row(page, row) as unknown as RunEvent);
  return rows;
}

/** The page that begins with this event, where its groups came with it. */
export const pageBegunBy = (event: RunEvent): GroupedPage | undefined => Row.pageOf(event);

/** The columns where each row finds them at once: reading a row is what everything else does thousands of times. */
class Page {
  readonly id: Int32Array;
  readonly at: Float64Array;
  readonly bytes: Int32Array;
  readonly columns: EventColumns;
  readonly grouped: GroupedPage | undefined;
  readonly dictionary: EventColumns['dictionary'];
  readonly type: Int32Array | undefined;
  readonly name: Int32Array | undefined;
  readonly key: Int32Array | undefined;
  readonly worker: Int32Array | undefined;
  readonly queue: Int32Array | undefined;
  readonly label: Int32Array | undefined;
  readonly text: Int32Array | undefined;
  readonly ref: Int32Array | undefined;
  readonly taskId: Int32Array | undefined;

  constructor(columns: EventColumns, grouped: GroupedPage | undefined) {
    this.grouped = grouped;
    const { id, at, bytes, dictionary, integers, words } = columns;
    this.id = id;
    this.at = at;
    this.bytes = bytes;
    this.columns = columns;
    this.dictionary = dictionary;
    this.type = words.type;
    this.name = words.name;
    this.key = words.key;
    this.worker = words.worker;
    this.queue = words.queue;
    this.label = words.label;
    this.text = words.text;
    this.ref = integers.ref;
    this.taskId = integers.taskId;
  }

  word(column: Int32Array | undefined, row: number): string | undefined {
    return column === undefined ? undefined : this.dictionary[column[row] ?? 0];
  }

  integer(column: Int32Array | undefined, row: number): number | undefined {
    if (column === undefined) return undefined;
    const value = column[row] ?? -1;
    return value === -1 ? undefined : value;
  }

  number(column: Float64Array | undefined, row: number): number | undefined {
    const value = column?.[row] ?? Number.NaN;
    return Number.isNaN(value) ? undefined : value;
  }
}

class Row {
  readonly #page: Page;
  readonly #row: number;

  constructor(page: Page, row: number) {
    this.#page = page;
    this.#row = row;
  }

  static pageOf(event: object): GroupedPage | undefined {
    return event instanceof Row && event.#row === 0 ? event.#page.grouped : undefined;
  }

  get id(): number {
    return this.#page.id[this.#row] ?? 0;
  }

  get at(): number {
    return this.#page.at[this.#row] ?? 0;
  }

  get bytes(): number {
    return this.#page.bytes[this.#row] ?? 0;
  }

  get type(): string {
    return this.#page.word(this.#page.type, this.#row) ?? '';
  }

  get ref(): number | undefined {
    return this.#page.integer(this.#page.ref, this.#row);
  }

  get taskId(): number | undefined {
    return this.#page.integer(this.#page.taskId, this.#row);
  }

  get attempt(): number | undefined {
    return this.#page.integer(this.#page.columns.integers.attempt, this.#row);
  }

  get delayMs(): number | undefined {
    return this.#page.number(this.#page.columns.numbers.delayMs, this.#row);
  }

  get historyBytes(): number | undefined {
    return this.#page.number(this.#page.columns.numbers.historyBytes, this.#row);
  }

  get name(): string | undefined {
    return this.#page.word(this.#page.name, this.#row);
  }

  get key(): string | undefined {
    return this.#page.word(this.#page.key, this.#row);
  }

  get worker(): string | undefined {
    return this.#page.word(this.#page.worker, this.#row);
  }

  get queue(): string | undefined {
    return this.#page.word(this.#page.queue, this.#row);
  }

  get label(): string | undefined {
    return this.#page.word(this.#page.label, this.#row);
  }

  get text(): string | undefined {
    return this.#page.word(this.#page.text, this.#row);
  }

  get build(): string | undefined {
    return this.#page.word(this.#page.columns.words.build, this.#row);
  }

  get timeoutType(): string | undefined {
    return this.#page.word(this.#page.columns.words.timeoutType, this.#row);
  }

  get cause(): string | undefined {
    return this.#page.word(this.#page.columns.words.cause, this.#row);
  }

  get runId(): string | undefined {
    return this.#page.word(this.#page.columns.words.runId, this.#row);
  }

  get patch(): string | undefined {
    return this.#page.word(this.#page.columns.words.patch, this.#row);
  }

  get sdk(): string | undefined {
    return this.#page.word(this.#page.columns.words.sdk, this.#row);
  }

  get failure(): RunEvent['failure'] {
    return this.#page.columns.rare.get(this.#row)?.failure;
  }

  get suggestsNew(): boolean | undefined {
    return this.#page.columns.rare.get(this.#row)?.suggestsNew;
  }
}

/** Every name of an event stands in a column: one that joins the api's rows does not compile before it has a place here. */
type Placed = 'id' | 'at' | 'bytes' | 'failure' | 'suggestsNew' | (typeof INTEGERS | typeof NUMBERS | typeof WORDS)[number];
type Missing = Exclude<keyof RunEvent, Placed>;
export const allArePlaced: [Missing] extends [never] ? true : Missing = true;
