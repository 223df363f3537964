/** What the form of a batch holds, and the request it makes when nothing is wrong with it. */
import type { Json } from '../../domain/arguments.ts';
import { parseArguments } from '../../domain/arguments.ts';

/** What can be taken back before what cannot; a form begins with the first. */
export const BATCH_KINDS = ['signal', 'reset', 'cancel', 'terminate', 'delete'] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

export interface BatchDraft {
  readonly query: string;
  readonly kind: BatchKind;
  readonly signal: string;
  readonly input: string;
  readonly to: 'first' | 'last';
  readonly keepsMessages: boolean;
  readonly reason: string;
  readonly perSecond: string;
}
export type BatchErrors = Partial<Record<keyof BatchDraft | 'send', string>>;

export type BatchOperation =
  | { kind: 'terminate' | 'cancel' | 'delete' }
  | { kind: 'signal'; name: string; input: Json[] }
  | { kind: 'reset'; to: 'first' | 'last'; keepsMessages: boolean };

export interface BatchRequest {
  readonly query: string;
  readonly reason: string;
  readonly perSecond: number;
  readonly operation: BatchOperation;
}

interface KindWords {
  readonly label: string;
  readonly effect: string;
  /** Runs that are closed are left alone. */
  readonly concernsOpen: boolean;
  /** What is done cannot be taken back, so a person writes the word before it begins. */
  readonly isFinal: boolean;
}

export const KINDS: Readonly<Record<BatchKind, KindWords>> = {
  terminate: {
    label: 'Terminate',
    effect: 'Each run ends at once. Its code does not run again, so nothing is cleaned up.',
    concernsOpen: true,
    isFinal: true,
  },
  cancel: {
    label: 'Cancel',
    effect: 'Each run is asked to stop. Its code decides how: it may clean up first, and it may refuse.',
    concernsOpen: true,
    isFinal: false,
  },
  signal: { label: 'Signal', effect: 'Each run is sent the signal.', concernsOpen: true, isFinal: false },
  reset: {
    label: 'Reset',
    effect: 'Each run is ended and a new one goes on from the point in its history. Closed runs are reset too.',
    concernsOpen: false,
    isFinal: false,
  },
  delete: {
    label: 'Delete',
    effect: 'Each run and its history are taken away, closed ones too. Open ones are terminated first.',
    concernsOpen: false,
    isFinal: true,
  },
};

export const emptyBatch = (query: string): BatchDraft => ({
  query,
  kind: BATCH_KINDS[0],
  signal: '',
  input: '',
  to: 'last',
  keepsMessages: true,
  reason: '',
  perSecond: '',
});

export function checkBatch(draft: BatchDraft): { readonly errors: BatchErrors; readonly request?: BatchRequest } {
  const errors: BatchErrors = {};
  if (draft.query.trim() === '') errors.query = 'Which runs? For all of them write WorkflowId STARTS_WITH ’’.'.replaceAll('’', "'");
  if (draft.reason.trim() === '') errors.reason = 'Say why: the reason is kept with the job.';
  if (!/^\d*(\.\d+)?$/.test(draft.perSecond.trim())) errors.perSecond = 'Write a number of runs per second.';
  if (draft.kind === 'signal' && draft.signal.trim() === '') errors.signal = 'Which signal?';
  const input = parseArguments(draft.input);
  if (draft.kind === 'signal' && !input.ok) errors.input = input.message;
  if (Object.keys(errors).length > 0) return { errors };
  return {
    errors,
    request: {
      query: draft.query.trim(),
      reason: draft.reason.trim(),
      perSecond: Number(draft.perSecond.trim() || 0),
      operation: operationOf(draft, input.ok ? input.values : []),
    },
  };
}

function operationOf({ kind, signal, to, keepsMessages }: BatchDraft, input: Json[]): BatchOperation {
  if (kind === 'signal') return { kind, name: signal.trim(), input };
  if (kind === 'reset') return { kind, to, keepsMessages };
  return { kind };
}
