import type { ReactNode } from 'react';
import { Hollow } from '../ui/hollow.tsx';
import type { IconName } from '../ui/icon.tsx';
import { NotHereYet } from '../ui/not-here-yet.tsx';
import { isAway, toProblem } from './api-client.ts';

export interface UnreadProps {
  /** What the query answered instead of data. */
  readonly error: unknown;
  /** With its article: `The queues`. */
  readonly what: string;
  readonly isOne?: boolean;
  readonly icon?: IconName;
  /** What to say instead when there is no such thing; without a reason of its own the server's words follow. */
  readonly missing?: { readonly title: string; readonly why?: string };
  readonly actions?: ReactNode;
}

/** Stands where what could not be read would be: it comes once the engine answers, or never, for the reason that the server gave. */
export function Unread({ error, what, isOne = false, icon = 'errors', missing, actions }: UnreadProps) {
  if (isAway(error)) return <NotHereYet what={`${what} ${isOne ? 'is' : 'are'}`} />;
  const { code, message } = toProblem(error);
  const gone = code === 'NOT_FOUND' ? missing : undefined;
  return (
    <Hollow icon={gone ? 'search' : icon} title={gone?.title ?? `${what} could not be read.`} actions={actions}>
      <p className="mid">{gone?.why ?? message}</p>
    </Hollow>
  );
}
