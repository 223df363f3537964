/** The list's filters as the address has them, for the browser and for the console's own server. */
import type * as nuqs from 'nuqs';
import type { RunStatus } from '../domain/status.ts';
import { RUN_STATUSES } from '../domain/status.ts';
import { keysOf } from '../lib/keys-of.ts';

export interface ListFilterState {
  readonly status: readonly RunStatus[];
  readonly type: string;
  readonly id: string;
  readonly queue: string;
  readonly query: string;
  readonly startedFrom?: number;
  readonly startedTo?: number;
}

/** Spans that people ask for; the list keeps the span in its address and works out the moment. */
export const SPANS = { '15m': 900_000, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const;
export type Span = keyof typeof SPANS;

type Parsers = Pick<typeof nuqs, 'parseAsArrayOf' | 'parseAsInteger' | 'parseAsString' | 'parseAsStringLiteral'>;

/** The library has the same parsers twice: with its hooks for the browser, and without for a server. */
export const listParsers = ({ parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral }: Parsers) => ({
  status: parseAsArrayOf(parseAsStringLiteral(RUN_STATUSES)).withDefault([]),
  type: parseAsString.withDefault(''),
  id: parseAsString.withDefault(''),
  queue: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  last: parseAsStringLiteral([...keysOf(SPANS)]),
  from: parseAsInteger,
  to: parseAsInteger,
});

type ListAddress = nuqs.inferParserType<ReturnType<typeof listParsers>>;

/** Rounded, so that a span asked again within the minute is the same question. */
const MINUTE = 60_000;

/** The earliest start that is shown; null for none. */
export const floorOf = ({ last, from }: Pick<ListAddress, 'last' | 'from'>): number | null =>
  last === null ? from : Math.floor(Date.now() / MINUTE) * MINUTE - SPANS[last];

export function filterOf({ status, type, id, queue, q, last, from, to }: ListAddress): ListFilterState {
  const floor = floorOf({ last, from });
  return {
    status,
    type,
    id,
    queue,
    query: q,
    ...(floor === null ? {} : { startedFrom: floor }),
    ...(to === null ? {} : { startedTo: to }),
  };
}
