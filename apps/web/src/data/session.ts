import { queryOptions } from '@tanstack/react-query';
import type { ApiOutput } from './api-client.ts';
import { api, toProblem } from './api-client.ts';
import { paths } from './paths.ts';
import { setWriteToken } from './write-token.ts';

export type CurrentSession = ApiOutput['session']['current'];

/** Who is signed in and what they may do in a namespace. */
export const session = (namespace: string) =>
  queryOptions({
    queryKey: ['session', namespace],
    queryFn: async ({ signal }) => {
      const current = await api.session.current.query({ namespace }, { signal });
      setWriteToken(current.writeToken);
      return current;
    },
    staleTime: 60_000,
    retry: false,
  });

export async function signIn(credential: string): Promise<void> {
  await api.session.signIn.mutate({ credential });
}

/** Ends the session and leaves nothing of what was seen in the page. */
export async function signOut(): Promise<void> {
  await api.session.signOut.mutate();
  location.assign(paths.signIn());
}

let isLeaving = false;

/** For errors of any call: whoever is not signed in, or not any more, is asked to, and comes back to where they were. */
export async function askToSignIn(error: unknown): Promise<void> {
  if (isLeaving || toProblem(error).code !== 'UNAUTHENTICATED') return;
  const current = await api.session.current.query({});
  if (!current.isAsked || current.subject !== null || isLeaving) return;
  isLeaving = true;
  location.assign(paths.signIn(`${location.pathname}${location.search}`));
}
