/** What stands in the tab of the browser: the environment, the namespace, and what is looked at there. */
import type { AppRouter } from '@tidemark/engine/api';
import { createTRPCClient, httpLink } from '@trpc/client';
import { headers } from 'next/headers';
import { apiUrl } from './proxy.ts';

const WAIT_MS = 400;
/** An installation keeps its name; a restart may give it another. */
const KEPT_MS = 60_000;

let known: { readonly at: number; readonly name: Promise<string | undefined> } | undefined;

async function ask(): Promise<string | undefined> {
  const cookie = (await headers()).get('cookie');
  const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: apiUrl(), headers: cookie === null ? {} : { cookie } })] });
  return (await api.system.info.query(undefined, { signal: AbortSignal.timeout(WAIT_MS) })).environment?.name;
}

async function environmentName(): Promise<string | undefined> {
  if (known === undefined || Date.now() - known.at > KEPT_MS) known = { at: Date.now(), name: ask() };
  const asked = known;
  try {
    return await asked.name;
  } catch {
    // Whoever comes next asks again.
    if (known === asked) known = undefined;
    return undefined;
  }
}

/** The parts in their order, with the environment before them where there is one. */
export const titleOf = async (...parts: readonly string[]): Promise<string> =>
  [await environmentName(), ...parts].filter((part) => part !== undefined).join(' · ');
