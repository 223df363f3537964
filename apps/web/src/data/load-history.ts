import type { RunEvent } from '../domain/run-event.ts';
import type { HistoryPage } from './run-source.ts';

export interface RunHistory {
  readonly events: readonly RunEvent[];
  /** What the server holds; more than `events` while they are still being read. */
  readonly total: number;
  /** No event will follow. */
  readonly ended: boolean;
}

/** As the api gives them. */
export const PAGE_ROWS = 4096;
/** A browser opens six connections to one origin, and the page has other questions. */
const AT_ONCE = 3;

export const isWhole = ({ events, total }: RunHistory): boolean => events.length >= total;

type ReadPage = (after: number) => Promise<HistoryPage>;

interface Loading {
  /** What is here already, all of it or the beginning. */
  readonly known: RunHistory | undefined;
  readonly read: ReadPage;
  /** What can be drawn while the rest comes. */
  readonly onFirst: (first: RunHistory) => void;
}

/** All events that the server holds, none read twice. */
export async function loadHistory({ known, read, onFirst }: Loading): Promise<RunHistory> {
  const events = [...(known?.events ?? [])];
  let total = known?.total ?? 0;
  if (known === undefined) {
    const page = await read(0);
    events.push(...page.rows);
    total = page.total;
    if (!page.more) return { events, total: events.length, ended: page.ended };
    onFirst({ events: [...events], total, ended: false });
  }
  await readBetween(events, total, read);
  for (;;) {
    const page = await read(events.at(-1)?.id ?? 0);
    events.push(...page.rows);
    if (!page.more) return { events, total: events.length, ended: page.ended };
  }
}

/** Ids are dense, so that whole pages up to `total` can be named without reading them one after the other. */
async function readBetween(events: RunEvent[], total: number, read: ReadPage): Promise<void> {
  const first = events.length;
  const starts = Array.from({ length: Math.max(0, Math.floor((total - first) / PAGE_ROWS)) }, (_, at) => first + at * PAGE_ROWS);
  const pages: HistoryPage[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < starts.length; at = next++) pages[at] = await read(starts[at] ?? 0);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  for (const { rows } of pages) {
    // After a page that came short its followers do not join; whoever asks for what follows the last event reads them again.
    if (rows[0]?.id !== events.length + 1) return;
    events.push(...rows);
  }
}
