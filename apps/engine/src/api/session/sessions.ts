/** Who is signed in. In memory alone: when the process ends, people sign in again. */
import { randomBytes } from 'node:crypto';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { Identify, Principal } from '../model/principal.ts';
import { RunFeeds } from '../run/feeds.ts';
import type { Services } from './as-caller.ts';
import { asCaller } from './as-caller.ts';

export interface Session {
  /** The cookie's value; whoever has it is this person. */
  readonly id: string;
  /** Sent with every write, by pages of this console alone: another site's page cannot read it. */
  readonly writeToken: string;
  readonly principal: Principal;
  readonly services: Services;
  /** Their own: histories that others follow are not read with their rights. */
  readonly feeds: RunFeeds;
}

interface Kept {
  readonly session: Session;
  seenAt: number;
}

export const SESSION_MS = 12 * 60 * 60_000;
const SESSIONS_MAX = 10_000;
/** Guesses, of all people together. A key has 256 bits; this is against a flood, not against luck. */
const FAILURES_MAX = 60;
const FAILURES_MS = 60_000;

export class Sessions {
  readonly #kept = new Map<string, Kept>();
  readonly #identify: Identify;
  readonly #services: Services;
  #failures: number[] = [];

  constructor(identify: Identify, services: Services) {
    this.#identify = identify;
    this.#services = services;
  }

  /** Throws an RpcError for a credential that proves nothing, and after too many of them. */
  async begin(credential: string): Promise<Session> {
    const now = Date.now();
    this.#failures = this.#failures.filter((at) => now - at < FAILURES_MS);
    if (this.#failures.length >= FAILURES_MAX)
      throw new RpcError(StatusCode.RESOURCE_EXHAUSTED, 'Too many sign-ins have failed; try again in a minute.');
    const principal = await this.#identify(credential);
    if (principal === undefined) {
      this.#failures.push(now);
      throw new RpcError(StatusCode.UNAUTHENTICATED, 'This key is not valid, or not valid any more.');
    }
    const services = asCaller(this.#services, { credential, subject: principal.subject });
    const session = { id: secret(), writeToken: secret(), principal, services, feeds: new RunFeeds(services.workflow) };
    this.#kept.set(session.id, { session, seenAt: now });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= SESSIONS_MAX) break;
      this.#kept.delete(oldest);
    }
    return session;
  }

  /** Nothing for an id that is unknown, or was not used for twelve hours. */
  find(id: string | undefined): Session | undefined {
    const kept = id === undefined ? undefined : this.#kept.get(id);
    if (id === undefined || kept === undefined) return undefined;
    this.#kept.delete(id);
    if (Date.now() - kept.seenAt > SESSION_MS) return undefined;
    kept.seenAt = Date.now();
    // The map's order is that of their last use.
    this.#kept.set(id, kept);
    return kept.session;
  }

  end(id: string): void {
    this.#kept.delete(id);
  }
}

const secret = (): string => randomBytes(32).toString('base64url');
