/** The browser's only way out: the console's own origin, which forwards to the api. */
import type { AppRouter } from '@tidemark/engine/api';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { writeToken } from './write-token.ts';

export const API_PATH = '/api/trpc';

export const api = createTRPCClient<AppRouter>({
  links: [
    // One request per call: a slow answer (a query to a busy worker) must not hold up the quick ones.
    httpLink({
      url: API_PATH,
      headers: async ({ op }): Promise<Record<string, string>> =>
        op.type === 'mutation' ? { 'x-tidemark-write-token': await writeToken(askForToken) } : {},
    }),
  ],
});

function askForToken(): Promise<{ readonly writeToken: string }> {
  return api.session.current.query({});
}

export type ApiOutput = inferRouterOutputs<AppRouter>;

export interface ApiProblem {
  /** The protocol's status name, or `UNREACHABLE` when the console got no answer at all. */
  readonly code: string;
  readonly message: string;
}

interface ErrorData {
  readonly rpc?: string;
  readonly code?: string;
  readonly httpStatus?: number;
}

export function toProblem(error: unknown): ApiProblem {
  if (error instanceof TRPCClientError) {
    const data = error.data as ErrorData | undefined | null;
    if (data === undefined || data === null) return { code: 'UNREACHABLE', message: 'The console itself gave no answer.' };
    return { code: data.rpc ?? data.code ?? 'UNKNOWN', message: error.message };
  }
  return { code: 'UNKNOWN', message: error instanceof Error ? error.message : String(error) };
}

const AWAY = new Set(['UNREACHABLE', 'UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'DEADLINE_EXCEEDED']);
/** The engine or the api is away: what is on the page stays, and says how old it is. */
export const isAway = (error: unknown): boolean => error !== null && error !== undefined && AWAY.has(toProblem(error).code);
