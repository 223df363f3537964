import type { RunEvent } from '../domain/run-event.ts';
import type { RunId } from './queries.ts';
import type { HistoryPage } from './run-source.ts';

export interface RunHistory {
  readonly events: readonly RunEvent[];
  /** What the server holds; more than `events` while they are still being read. */
  readonly total: number;
  /** No event will follow. */
  readonly ended: boolean;
  /** The newest events, while those between are being read: of a long history both ends are drawn first. */
  readonly tail?: readonly RunEvent[];
}

export const historyKey = (run: RunId) => ['run', run, 'history'] as const;

/** As the api gives them. */
export const PAGE_ROWS = 4096;
/** A browser opens six connections to one origin, and the page has other questions. */
const AT_ONCE = 3;

export const isWhole = ({ events, total }: RunHistory): boolean => events.length >= total;

/** `isApart` asks for a page among many, which is not to be parsed where a hand is waited for. */
type ReadPage = (after: number, isApart: boolean) => Promise<HistoryPage>;

interface Loading {
  /** What is here already, all of it or the beginning. */
  readonly known: RunHistory | undefined;
  readonly read: ReadPage;
  /** The newest events of a long history. */
  readonly readEnd: () => Promise<readonly RunEvent[]>;
  /** What can be drawn while the rest comes. */
  readonly onFirst: (first: RunHistory) => void;
  /** The history so far, with each page that joins it: what can be worked out of it need not wait for the rest. */
  readonly onMore?: (events: readonly RunEvent[]) => void;
}

/** All events that the server holds, none read twice. */
export async function loadHistory({ known, read: readPage, readEnd, onFirst, onMore = () => undefined }: Loading): Promise<RunHistory> {
  const events = [...(known?.events ?? [])];
  const share = sharer();
  const read: ReadPage = async (after, isApart) => {
    const page = await readPage(after, isApart);
    // Those that were read apart say each word once already.
    if (!isApart) page.rows.forEach(share);
    return page;
  };
  let first = known;
  if (first === undefined) {
    const page = await read(0, false);
    events.push(...page.rows);
    if (!page.more) return { events, total: events.length, ended: page.ended };
    first = { events: [...events], total: page.total, ended: false };
    onFirst(first);
  }
  const isLong = hasFarEnd(first.total, events.length);
  const both = isLong && first.tail === undefined ? bothEnds(first, readEnd, onFirst) : undefined;
  await readBetween({ events, total: first.total, read, onMore }).finally(() => both?.abort());
  for (;;) {
    const page = await read(events.at(-1)?.id ?? 0, isLong);
    events.push(...page.rows);
    if (!page.more) return { events, total: events.length, ended: page.ended };
  }
}

/** The first page of a history, and what has joined it since where that was all of it; more is read by `loadHistory`, from where this ended. */
export async function loadBeginning(known: RunHistory | undefined, read: (after: number) => Promise<HistoryPage>): Promise<RunHistory> {
  if (known !== undefined && (known.ended || !isWhole(known))) return known;
  const page = await read(known?.events.at(-1)?.id ?? 0);
  if (page.rows.length === 0 && known !== undefined && !page.ended) return known;
  page.rows.forEach(sharer());
  const events = [...(known?.events ?? []), ...page.rows];
  return page.more ? { events, total: page.total, ended: false } : { events, total: events.length, ended: page.ended };
}

/** Until it is aborted; without the end, and with all the rest, a history is drawn as well. */
function bothEnds(first: RunHistory, readEnd: Loading['readEnd'], onFirst: Loading['onFirst']): AbortController {
  const ending = new AbortController();
  const last = first.events.length;
  void readEnd().then(
    (rows) => {
      const tail = rows.filter(({ id }) => id > last);
      if (!ending.signal.aborted && tail.length > 0) onFirst({ ...first, tail });
    },
    () => undefined,
  );
  return ending;
}

/** Whether both ends of a history of so many events are worth asking for by themselves. */
export const hasFarEnd = (total: number, read: number): boolean => total - read > PAGE_ROWS;

interface Between {
  readonly events: RunEvent[];
  readonly total: number;
  readonly read: ReadPage;
  readonly onMore: (events: readonly RunEvent[]) => void;
}

/** Ids are dense, so that whole pages up to `total` can be named without reading them one after the other. */
async function readBetween({ events, total, read, onMore }: Between): Promise<void> {
  const first = events.length;
  const starts = Array.from({ length: Math.max(0, Math.floor((total - first) / PAGE_ROWS)) }, (_, at) => first + at * PAGE_ROWS);
  const pages = new Map<number, HistoryPage['rows']>();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < starts.length; at = next++) {
      const after = starts[at] ?? 0;
      pages.set(after, (await read(after, true)).rows);
      join(events, pages);
      onMore(events.slice());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** After a page that came short its followers do not join; whoever asks for what follows the last event reads them again. */
function join(events: RunEvent[], pages: Map<number, HistoryPage['rows']>): void {
  for (let rows = pages.get(events.length); rows !== undefined && rows.length > 0; rows = pages.get(events.length)) {
    pages.delete(events.length);
    for (const row of rows) events.push(row);
  }
}

const SHARED = ['type', 'name', 'queue', 'worker', 'build', 'sdk', 'label', 'text', 'cause'] as const;
/** What is longer is hardly ever said twice. */
const SHARED_MAX = 64;

/** Of rows that were just read: each word that many of them say is kept once. */
function sharer(): (row: RunEvent) => void {
  const words = new Map<string, string>();
  return (row: { -readonly [Name in keyof RunEvent]: RunEvent[Name] }) => {
    for (const name of SHARED) {
      const word = row[name];
      if (word === undefined || word.length > SHARED_MAX) continue;
      const known = words.get(word);
      if (known === undefined) words.set(word, word);
      else row[name] = known;
    }
  };
}
