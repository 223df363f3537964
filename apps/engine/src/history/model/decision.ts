/** What a decision is given and what it may answer. */
import type { EngineError } from '../../kernel/engine-error.ts';
import type { RunKey } from '../../kernel/ids.ts';
import type { Limits } from '../../kernel/limits.ts';
import type { Instant } from '../../kernel/ports.ts';
import type { HistoryEvent } from './events.ts';
import type { Note } from './notes.ts';
import type { RunState } from './state.ts';

/** Time, fresh ids and limits, as data: a decision asks nothing of the world. */
export interface Env {
  readonly now: Instant;
  /** Version 4 UUIDs, taken from the front. */
  readonly newId: () => string;
  readonly limits: Limits;
}

export type Change = { readonly kind: 'event'; readonly event: HistoryEvent } | { readonly kind: 'note'; readonly note: Note };

/** One run's next step: the changes, and the state they lead to. */
export interface Transition {
  readonly key: RunKey;
  readonly state: RunState;
  readonly changes: readonly Change[];
  /** Batches that the run begins with, as another run wrote them; the changes come after them. */
  readonly past: readonly (readonly HistoryEvent[])[];
  /** The workflow id resolves to this run from now on. */
  readonly becomesCurrent: boolean;
}

export type Decision<Reply> =
  /** Committed together. The first transition is that of the run the request was about. */
  | { readonly kind: 'transition'; readonly transitions: readonly Transition[]; readonly reply: Reply }
  | { readonly kind: 'unchanged'; readonly reply: Reply }
  | { readonly kind: 'rejected'; readonly error: EngineError };

export const rejected = (error: EngineError): { readonly kind: 'rejected'; readonly error: EngineError } => ({ kind: 'rejected', error });
export const unchanged = <Reply>(reply: Reply): { readonly kind: 'unchanged'; readonly reply: Reply } => ({ kind: 'unchanged', reply });
