/** The request that a form makes when nothing is wrong with it; else what is wrong, by field. */
import type { Json } from '../../domain/arguments.ts';
import { parseArguments } from '../../domain/arguments.ts';
import { parseDuration } from '../../lib/duration.ts';
import type { Draft, Errors, TextKey } from './draft.ts';

export interface StartRequest {
  readonly type: string;
  readonly workflowId: string;
  readonly queue: string;
  readonly input: Json[];
  readonly whenOpen: Draft['whenOpen'];
  readonly whenClosed: Draft['whenClosed'];
  readonly requestId: string;
  readonly executionTimeoutMs: number;
  readonly runTimeoutMs: number;
  readonly taskTimeoutMs: number;
  readonly startDelayMs: number;
  readonly cron: string;
  readonly retry?: {
    readonly initialIntervalMs: number;
    readonly maximumIntervalMs: number;
    readonly backoffCoefficient: number;
    readonly maximumAttempts: number;
    readonly nonRetryable: string[];
  };
  readonly priority?: { readonly key: number; readonly fairnessKey: string; readonly fairnessWeight: number };
  readonly memo: Record<string, Json>;
  readonly searchAttributes: Record<string, Json>;
  readonly headers: Record<string, Json>;
  readonly summary: string;
  readonly details: string;
  readonly first?:
    | { readonly kind: 'signal'; readonly name: string; readonly input: Json[] }
    | {
        readonly kind: 'update';
        readonly name: string;
        readonly input: Json[];
        readonly updateId: string;
        readonly waitFor: Draft['waitFor'];
      };
}

export type Checked =
  | { readonly ok: false; readonly errors: Errors }
  | { readonly ok: true; readonly errors: Errors; readonly request: StartRequest };

/** Reads fields and keeps what is wrong with them, in the order of the form. */
class Reader {
  readonly errors: Errors = {};
  readonly #draft: Draft;

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  text(key: TextKey, missing?: string): string {
    const text = this.#draft[key].trim();
    if (text === '' && missing !== undefined) this.errors[key] = missing;
    return text;
  }

  span(key: TextKey): number {
    const text = this.#draft[key].trim();
    const ms = text === '' ? 0 : parseDuration(text);
    if (ms === undefined) this.errors[key] = 'Write a time as 30s, 10m or 2h.';
    return ms ?? 0;
  }

  /** 0 when empty. */
  number(key: TextKey, { from, to, isWhole = false }: { from: number; to: number; isWhole?: boolean }): number {
    const text = this.#draft[key].trim();
    if (text === '') return 0;
    const value = Number(text);
    if (!Number.isFinite(value) || value < from || value > to || (isWhole && !Number.isInteger(value)))
      this.errors[key] = `Write a ${isWhole ? 'whole ' : ''}number from ${from} to ${to}.`;
    return value;
  }

  arguments(key: TextKey): Json[] {
    const parsed = parseArguments(this.#draft[key]);
    if (!parsed.ok) this.errors[key] = parsed.message;
    return parsed.ok ? parsed.values : [];
  }

  object(key: TextKey): Record<string, Json> {
    const parsed = parseArguments(this.#draft[key]);
    if (!parsed.ok) this.errors[key] = parsed.message;
    const value = parsed.ok ? (parsed.values[0] ?? {}) : {};
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    this.errors[key] = 'Write one object: {"name": value}.';
    return {};
  }
}

const ATTEMPTS_MAX = 1_000_000;

export function checkDraft(draft: Draft): Checked {
  const read = new Reader(draft);
  const request: StartRequest = {
    type: read.text('type', 'Which workflow?'),
    workflowId: read.text('workflowId', 'A run needs an id.'),
    queue: read.text('queue', 'On which queue do its workers poll?'),
    input: read.arguments('input'),
    whenOpen: draft.whenOpen,
    whenClosed: draft.whenClosed,
    requestId: read.text('requestId'),
    executionTimeoutMs: read.span('executionTimeout'),
    runTimeoutMs: read.span('runTimeout'),
    taskTimeoutMs: read.span('taskTimeout'),
    ...retryOf(draft, read),
    startDelayMs: read.span('startDelay'),
    cron: read.text('cron'),
    ...firstOf(draft, read),
    memo: read.object('memo'),
    searchAttributes: read.object('attributes'),
    headers: read.object('headers'),
    ...priorityOf(draft, read),
    summary: read.text('summary'),
    details: read.text('details'),
  };
  checkTogether(draft, read.errors);
  return Object.keys(read.errors).length > 0 ? { ok: false, errors: read.errors } : { ok: true, errors: {}, request };
}

function retryOf(draft: Draft, read: Reader): Pick<StartRequest, 'retry'> {
  const retry = {
    initialIntervalMs: read.span('retryInitial'),
    backoffCoefficient: read.number('retryBackoff', { from: 1, to: 1000 }),
    maximumIntervalMs: read.span('retryMaximum'),
    maximumAttempts: read.number('retryAttempts', { from: 0, to: ATTEMPTS_MAX, isWhole: true }),
    nonRetryable: draft.retryNever
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  };
  const isSet = [draft.retryInitial, draft.retryBackoff, draft.retryMaximum, draft.retryAttempts, draft.retryNever].some(
    (one) => one.trim() !== '',
  );
  return isSet ? { retry } : {};
}

function priorityOf(draft: Draft, read: Reader): Pick<StartRequest, 'priority'> {
  const priority = {
    key: read.number('priority', { from: 1, to: 5, isWhole: true }),
    fairnessKey: read.text('fairnessKey'),
    fairnessWeight: read.number('fairnessWeight', { from: 0.001, to: 1000 }),
  };
  const isSet = [draft.priority, draft.fairnessKey, draft.fairnessWeight].some((one) => one.trim() !== '');
  return isSet ? { priority } : {};
}

function firstOf(draft: Draft, read: Reader): Pick<StartRequest, 'first'> {
  if (draft.first === 'none') return {};
  const name = read.text('firstName', `Which ${draft.first}?`);
  const input = read.arguments('firstInput');
  if (draft.first === 'signal') return { first: { kind: 'signal', name, input } };
  return { first: { kind: 'update', name, input, updateId: read.text('updateId'), waitFor: draft.waitFor } };
}

/** What the protocol refuses of a whole. */
function checkTogether(draft: Draft, errors: Errors): void {
  const has = (key: TextKey) => draft[key].trim() !== '';
  if (has('cron') && has('startDelay')) errors.startDelay ??= 'A run with a cron schedule has no delay.';
  if (draft.first === 'signal' && draft.whenOpen === 'refuse')
    errors.whenOpen ??= 'A first signal goes to the open run if there is one: choose another way.';
  if (draft.first === 'update' && has('cron')) errors.cron ??= 'A start with an update takes no cron schedule.';
  if (draft.first === 'update' && has('startDelay')) errors.startDelay ??= 'A start with an update takes no delay.';
  if (has('fairnessKey') && new TextEncoder().encode(draft.fairnessKey.trim()).length > 64) errors.fairnessKey ??= 'At most 64 bytes.';
}
