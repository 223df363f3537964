/**
 * What a page asks first, asked by the console's own server: the first HTML holds the rows, and the browser draws them before any code ran.
 * An engine that is slow or away holds nothing up: the page then asks for itself, as it does for all that follows.
 */
import type { AppRouter } from '@tidemark/engine/api';
import type { QueryClient as Client } from '@tanstack/react-query';
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink } from '@trpc/client';
import { headers } from 'next/headers';
import * as parsers from 'nuqs/server';
import type { ReactNode } from 'react';
import { filterOf, listParsers } from './list-address.ts';
import type { RunHistory } from './load-history.ts';
import { hasFarEnd, historyKey } from './load-history.ts';
import { apiUrl } from './proxy.ts';
import type { RunId } from './queries.ts';
import { description, executionCounts, executions, systemInfo } from './queries.ts';

const WAIT_MS = 400;
/** Enough for the rows that are in sight first. */
const FIRST_ROWS = 300;
/** Of the end of a long history. */
const LAST_ROWS = 100;

interface Asking {
  readonly api: ReturnType<typeof createTRPCClient<AppRouter>>;
  /** Takes what was learned, each answer as it comes. */
  readonly client: Client;
  /** Ends what the page no longer waits for. */
  readonly signal: AbortSignal;
}

type Fill = (asking: Asking) => Promise<unknown>;

export async function FirstData({ fill, children }: { fill: Fill; children: ReactNode }) {
  const incoming = await headers();
  // Who comes from another page of the console has what it knows with it.
  if (incoming.get('sec-fetch-dest') !== 'document') return children;
  const cookie = incoming.get('cookie');
  const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: apiUrl(), headers: cookie === null ? {} : { cookie } })] });
  const client = new QueryClient();
  await fill({ api, client, signal: AbortSignal.timeout(WAIT_MS) }).catch(() => undefined);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}

/** Which server it is: what the frame and the columns of every page hang on. */
export const fillShell: Fill = async ({ api, client, signal }) =>
  void client.setQueryData(systemInfo().queryKey, await api.system.info.query(undefined, { signal }));

export type Search = Readonly<Record<string, string | string[] | undefined>>;

/** The rows of the list's first page, and how many there are of each status: of all runs of a namespace that is kept, not counted. */
export const fillList =
  (namespace: string, search: Search): Fill =>
  async ({ api, client, signal }) => {
    const filter = filterOf(parsers.createLoader(listParsers(parsers))({ ...search }));
    const asked = { namespace, filter: { ...filter, status: [...filter.status] } };
    const rows = async () => {
      const page = await api.workflow.list.query({ ...asked, fields: [], cursor: null }, { signal });
      const question = { namespace, filter, fields: [], after: null };
      client.setQueryData(executions(question, true).queryKey, { pages: [page], pageParams: [null] });
    };
    const counts = async () => {
      const counted = await api.workflow.count.query({ namespace, filter: { ...asked.filter, status: [] } }, { signal });
      client.setQueryData(executionCounts(namespace, filter, true).queryKey, counted);
    };
    await Promise.allSettled([rows(), counts()]);
  };

/** Who a run is, and the beginning of its history; of a long one its end too. */
export const fillRun =
  (run: RunId): Fill =>
  async ({ api, client, signal }) => {
    const who = async () => void client.setQueryData(description(run).queryKey, await api.workflow.describe.query(run, { signal }));
    const events = async () => {
      const page = await api.workflow.history.query({ ...run, after: 0, limit: FIRST_ROWS }, { signal });
      const first: RunHistory = { events: page.rows, total: page.total, ended: page.ended };
      client.setQueryData<RunHistory>(historyKey(run), first);
      if (!hasFarEnd(page.total, page.rows.length)) return;
      const tail = await api.workflow.historyEnd.query({ ...run, limit: LAST_ROWS }, { signal });
      client.setQueryData<RunHistory>(historyKey(run), { ...first, tail });
    };
    await Promise.allSettled([who(), events()]);
  };
