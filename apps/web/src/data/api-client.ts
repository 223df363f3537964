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
  /** The same in the words of the machine, where `message` has others. */
  readonly detail: string | undefined;
  /** Nobody answered, and somebody may later. */
  readonly isAway: boolean;
}

interface ErrorData {
  readonly rpc?: string;
  readonly code?: string;
  readonly httpStatus?: number;
  readonly detail?: string;
}

/** Of an error that an api call threw. */
export function toProblem(error: unknown): ApiProblem {
  const [code, message] = codeAndMessage(error);
  const data: ErrorData | undefined | null = error instanceof TRPCClientError ? error.data : undefined;
  return { code, message, detail: data?.detail, isAway: AWAY.has(code) };
}

function codeAndMessage(error: unknown): [code: string, message: string] {
  if (error instanceof TRPCClientError) {
    const data = error.data as ErrorData | undefined | null;
    if (data === undefined || data === null) return ['UNREACHABLE', 'The console itself gave no answer.'];
    return [data.rpc ?? data.code ?? 'UNKNOWN', error.message];
  }
  return ['UNKNOWN', error instanceof Error ? error.message : String(error)];
}

const AWAY = new Set(['UNREACHABLE', 'UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'DEADLINE_EXCEEDED']);
/** The engine or the api is away: what is on the page stays, and says how old it is. */
export const isAway = (error: unknown): boolean => error !== null && error !== undefined && toProblem(error).isAway;
