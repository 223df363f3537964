import { timingSafeEqual } from 'node:crypto';
import type { Session } from './sessions.ts';

/** Whether a write comes from a page of this console, opened by whoever is signed in. */
export function isWriteToken({ writeToken }: Session, sent: string | undefined): boolean {
  const given = Buffer.from(sent ?? '');
  const wanted = Buffer.from(writeToken);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
