/** What the form holds, and the request it makes when nothing is wrong with it. */
import type { Json } from '../../domain/arguments.ts';
import { parseArguments } from '../../domain/arguments.ts';
import { parseDuration } from '../../lib/duration.ts';

export interface Draft {
  readonly type: string;
  readonly workflowId: string;
  readonly queue: string;
  readonly input: string;
  readonly whenOpen: 'refuse' | 'use' | 'terminate';
  readonly whenClosed: 'allow' | 'failed' | 'refuse';
  readonly runTimeout: string;
  readonly startDelay: string;
  readonly summary: string;
}
/** The fields of the form that hold one line of text. */
export type TextKey = 'type' | 'workflowId' | 'queue' | 'runTimeout' | 'startDelay' | 'summary';
export type Errors = Partial<Record<keyof Draft | 'send', string>>;

export const EMPTY: Draft = {
  type: '',
  workflowId: '',
  queue: '',
  input: '',
  whenOpen: 'refuse',
  whenClosed: 'allow',
  runTimeout: '',
  startDelay: '',
  summary: '',
};

export type Checked =
  | { readonly ok: false; readonly errors: Errors }
  | {
      readonly ok: true;
      readonly errors: Errors;
      readonly request: {
        type: string;
        workflowId: string;
        queue: string;
        input: Json[];
        whenOpen: Draft['whenOpen'];
        whenClosed: Draft['whenClosed'];
        runTimeoutMs: number;
        startDelayMs: number;
        summary: string;
      };
    };

export function checkDraft(draft: Draft): Checked {
  const errors: Errors = {};
  if (draft.type.trim() === '') errors.type = 'Which workflow?';
  if (draft.workflowId.trim() === '') errors.workflowId = 'A run needs an id.';
  if (draft.queue.trim() === '') errors.queue = 'On which queue do its workers poll?';
  const input = parseArguments(draft.input);
  if (!input.ok) errors.input = input.message;
  const runTimeoutMs = draft.runTimeout.trim() === '' ? 0 : parseDuration(draft.runTimeout);
  const startDelayMs = draft.startDelay.trim() === '' ? 0 : parseDuration(draft.startDelay);
  if (runTimeoutMs === undefined) errors.runTimeout = 'Write a time as 30s, 10m or 2h.';
  if (startDelayMs === undefined) errors.startDelay = 'Write a time as 30s, 10m or 2h.';
  if (!input.ok || runTimeoutMs === undefined || startDelayMs === undefined || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    errors,
    request: {
      type: draft.type.trim(),
      workflowId: draft.workflowId.trim(),
      queue: draft.queue.trim(),
      input: input.values,
      whenOpen: draft.whenOpen,
      whenClosed: draft.whenClosed,
      runTimeoutMs,
      startDelayMs,
      summary: draft.summary,
    },
  };
}
