import type { ReactNode } from 'react';
import { Hollow } from './hollow.tsx';
import type { IconName } from './icon.tsx';
import { NotHereYet } from './not-here-yet.tsx';

export interface UnreadProps {
  /** What was answered instead of data. `isAway`: nobody answered, and somebody may later. */
  readonly problem: { readonly code: string; readonly message: string; readonly isAway: boolean };
  /** With its article: `The queues`. */
  readonly what: string;
  readonly isOne?: boolean;
  readonly icon?: IconName;
  /** What to say instead when there is no such thing; without a reason of its own the server's words follow. */
  readonly missing?: { readonly title: string; readonly why?: string };
  readonly actions?: ReactNode;
}

/** Stands where what could not be read would be: it comes once the engine answers, or never, for the reason that the server gave. */
export function Unread({ problem, what, isOne = false, icon = 'errors', missing, actions }: UnreadProps) {
  if (problem.isAway) return <NotHereYet what={`${what} ${isOne ? 'is' : 'are'}`} />;
  const gone = problem.code === 'NOT_FOUND' ? missing : undefined;
  return (
    <Hollow icon={gone ? 'search' : icon} title={gone?.title ?? `${what} could not be read.`} actions={actions}>
      <p className="mid">{gone?.why ?? problem.message}</p>
    </Hollow>
  );
}
