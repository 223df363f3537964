/** What a committed run asks of other runs: found from a transition, and at start-up from the whole state. */
import { toNumber } from '@tidemark/protocol/time';
import type { RunKey } from '../../kernel/ids.ts';
import type { Transition } from './decision.ts';
import { eventNameOf } from './events.ts';
import type { RunState } from './state.ts';

/** Each may be carried out more than once, so each is checked against the state before it is. */
export type Errand =
  | { readonly kind: 'startChild' | 'reachExternal'; readonly key: RunKey; readonly initiatedEventId: number }
  /** Tells the parent of the end of this run, and its children what becomes of them. */
  | { readonly kind: 'afterClose'; readonly key: RunKey };

export function errandsOf({ key, changes, state, past }: Transition): readonly Errand[] {
  if (past.length > 0) return errandsOfState(state);
  const found: Errand[] = [];
  // Later notes of the same kind only say who has been told.
  const closes = changes.some(({ kind }) => kind === 'event') && state.volatile.afterClose.length > 0;
  if (closes) found.push({ kind: 'afterClose', key });
  for (const change of changes) {
    if (change.kind === 'note') continue;
    const initiatedEventId = toNumber(change.event.eventId);
    const name = eventNameOf(change.event.eventType ?? 0);
    if (name === 'startChildWorkflowExecutionInitiated') found.push({ kind: 'startChild', key, initiatedEventId });
    else if (name === 'signalExternalWorkflowExecutionInitiated' || name === 'requestCancelExternalWorkflowExecutionInitiated')
      found.push({ kind: 'reachExternal', key, initiatedEventId });
  }
  return found;
}

export function errandsOfState({ derived, volatile }: RunState): readonly Errand[] {
  const { key } = derived;
  if (derived.closedAt !== undefined) return volatile.afterClose.length > 0 ? [{ kind: 'afterClose', key }] : [];
  const found: Errand[] = [];
  for (const { initiatedEventId, startedEventId } of derived.children.values()) {
    if (startedEventId === 0) found.push({ kind: 'startChild', key, initiatedEventId });
  }
  for (const { initiatedEventId } of derived.externals.values()) found.push({ kind: 'reachExternal', key, initiatedEventId });
  return found;
}

/** Cheap and on the safe side: true may mean that nothing is left to do. */
export function mayHaveErrands({ derived, volatile }: RunState): boolean {
  return derived.closedAt === undefined ? derived.children.size > 0 || derived.externals.size > 0 : volatile.afterClose.length > 0;
}
