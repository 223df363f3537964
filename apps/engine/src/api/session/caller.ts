/** Who calls, as the request shows it, and what is at their service. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { TidemarkService } from '../model/tidemark-service.ts';
import { deadline } from '../procedure.ts';
import type { Services } from './as-caller.ts';
import type { Session, Sessions } from './sessions.ts';
import { SESSION_MS } from './sessions.ts';

/** `anybody` where no sign-in is asked for; `guest` where it is and has not happened. */
export type Caller =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'guest'; readonly desk: Desk }
  | { readonly kind: 'person'; readonly session: Session; readonly writeTokenSent: string | undefined; readonly desk: Desk };

/** Where people come in and go. */
export interface Desk {
  signIn(credential: string): Promise<Session>;
  signOut(): void;
}

const COOKIE = 'tidemark_session';

export function callerOf(sessions: Sessions, request: IncomingMessage, response: ServerResponse): Caller {
  const id = cookieOf(request);
  const session = sessions.find(id);
  const attributes = `Path=/; HttpOnly; SameSite=Lax${request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : ''}`;
  const desk: Desk = {
    signIn: async (credential) => {
      const begun = await sessions.begin(credential);
      if (id !== undefined) sessions.end(id);
      response.setHeader('set-cookie', `${COOKIE}=${begun.id}; Max-Age=${SESSION_MS / 1000}; ${attributes}`);
      return begun;
    },
    signOut: () => {
      if (id !== undefined) sessions.end(id);
      response.setHeader('set-cookie', `${COOKIE}=; Max-Age=0; ${attributes}`);
    },
  };
  if (session === undefined) return { kind: 'guest', desk };
  const sent = request.headers['x-tidemark-write-token'];
  return { kind: 'person', session, writeTokenSent: typeof sent === 'string' ? sent : undefined, desk };
}

const cookieOf = ({ headers }: IncomingMessage): string | undefined =>
  /(?:^|;\s*)tidemark_session=([\w-]+)/.exec(headers.cookie ?? '')?.[1];

/** Nobody's services: every call says what is missing. */
export function closedServices(): Services {
  const refuse = () => Promise.reject(new RpcError(StatusCode.UNAUTHENTICATED, 'Sign in first.'));
  const closed = new Proxy({}, { get: () => refuse });
  // Every member of a client is a method that answers with a promise.
  return { workflow: closed as Services['workflow'], operator: closed as Services['operator'] };
}

/** The engine's inside, for those whom the services let see the namespace. */
export function withRights(tidemark: TidemarkService, { workflow }: Services): TidemarkService {
  const allowed = async ({ namespace }: { readonly namespace: string }): Promise<void> => {
    await workflow.describeNamespace({ namespace }, deadline());
  };
  const checked =
    <Of extends { readonly namespace: string }, Answer>(ask: (of: Of) => Promise<Answer>) =>
    async (of: Of): Promise<Answer> => {
      await allowed(of);
      return await ask(of);
    };
  return {
    run: checked(tidemark.run),
    attempts: checked(tidemark.attempts),
    polledQueues: checked(tidemark.polledQueues),
    batchNotes: checked(tidemark.batchNotes),
    workerTrail: checked(tidemark.workerTrail),
    views: checked(tidemark.views),
    saveView: checked(tidemark.saveView),
    removeView: checked(tidemark.removeView),
  };
}
