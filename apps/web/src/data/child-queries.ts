/** What a timeline asks about a child that is opened in it. Its history is kept where the page of the child looks for it. */
import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import { isAway } from './api-client.ts';
import type { RunHistory } from './load-history.ts';
import { historyKey, isWhole, loadBeginning } from './load-history.ts';
import type { RunId } from './queries.ts';
import { description } from './queries.ts';
import { chain } from './relatives-queries.ts';
import { sourceOf } from './run-source.ts';

const PAGE_MS = 3_000;
const AWAY_MS = 4_000;

/** Whether events of a history may join what is read of it here. */
export const grows = (history: RunHistory | undefined): boolean => history !== undefined && !history.ended && isWhole(history);

/** The beginning of a history: all of it, unless it is long. Of what is open the rest is asked for again. */
export const beginning = (client: QueryClient, run: RunId, isLive: boolean) =>
  queryOptions({
    queryKey: historyKey(run),
    queryFn: ({ signal }) =>
      loadBeginning(client.getQueryData<RunHistory>(historyKey(run)), (after) => sourceOf(run).history(run, after, { signal })),
    staleTime: ({ state }) => (state.data === undefined || grows(state.data) ? PAGE_MS : Number.POSITIVE_INFINITY),
    refetchInterval: ({ state: { data, error } }) => {
      if (data === undefined) return isAway(error) ? AWAY_MS : false;
      return isLive && grows(data) ? PAGE_MS : false;
    },
    retry: false,
    // As `useRunHistory` keeps it.
    structuralSharing: false,
  });

/** The runs of a child; asked again while one of them is known to have ended or gone on since. */
export const runsOfChild = (run: RunId, isBehind: boolean) => ({ ...chain(run), refetchInterval: isBehind ? PAGE_MS : (false as const) });

/** What the history of an open run does not say. */
export const pendingOf = (run: RunId, isOpen: boolean, isLive: boolean) => ({ ...description(run, isLive && isOpen), enabled: isOpen });
