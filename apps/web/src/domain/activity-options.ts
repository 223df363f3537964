/** The options of a pending activity as people type them, and which of them were changed. */
import { formatSpan, parseDuration } from '../lib/duration.ts';
import type { ActivityOptions } from './run-event.ts';

export type OptionField = keyof ActivityOptions;
export type OptionsDraft = Readonly<Record<OptionField, string>>;
/** What the api is told: only the fields that were changed. */
export interface ChangedOptions extends Partial<Omit<ActivityOptions, 'queue'>> {
  readonly taskQueue?: string;
}

const SPANS = [
  'scheduleToCloseMs',
  'scheduleToStartMs',
  'startToCloseMs',
  'heartbeatMs',
  'initialIntervalMs',
  'maximumIntervalMs',
] as const satisfies readonly OptionField[];

export const OPTION_LABELS: Readonly<Record<OptionField, string>> = {
  queue: 'Task queue',
  startToCloseMs: 'Start to close',
  scheduleToCloseMs: 'Schedule to close',
  scheduleToStartMs: 'Schedule to start',
  heartbeatMs: 'Heartbeat',
  initialIntervalMs: 'First interval',
  backoffCoefficient: 'Coefficient',
  maximumIntervalMs: 'Longest interval',
  maximumAttempts: 'Attempts at most',
};

/** Empty stands for none, and for what the server does not say. */
export function draftOf(options: ActivityOptions | null | undefined): OptionsDraft {
  const span = (ms: number | undefined) => (ms ? formatSpan(ms) : '');
  const count = (value: number | undefined) => (value ? String(value) : '');
  return {
    queue: options?.queue ?? '',
    scheduleToCloseMs: span(options?.scheduleToCloseMs),
    scheduleToStartMs: span(options?.scheduleToStartMs),
    startToCloseMs: span(options?.startToCloseMs),
    heartbeatMs: span(options?.heartbeatMs),
    initialIntervalMs: span(options?.initialIntervalMs),
    maximumIntervalMs: span(options?.maximumIntervalMs),
    backoffCoefficient: count(options?.backoffCoefficient),
    maximumAttempts: count(options?.maximumAttempts),
  };
}

export interface ReadOptions {
  readonly changed: ChangedOptions;
  readonly errors: Readonly<Partial<Record<OptionField, string>>>;
}

export function readOptions(before: OptionsDraft, draft: OptionsDraft): ReadOptions {
  const changed: { -readonly [Field in keyof ChangedOptions]: ChangedOptions[Field] } = {};
  const errors: Partial<Record<OptionField, string>> = {};
  const isChanged = (field: OptionField) => draft[field].trim() !== before[field];
  if (isChanged('queue')) {
    if (draft.queue.trim() === '') errors.queue = 'Which task queue?';
    else changed.taskQueue = draft.queue.trim();
  }
  for (const field of SPANS) {
    if (!isChanged(field)) continue;
    const text = draft[field].trim();
    const ms = text === '' ? 0 : parseDuration(text);
    if (ms === undefined) errors[field] = 'A time like 30s, 5m or 1h 30m.';
    else if (ms === 0 && field === 'initialIntervalMs') errors[field] = 'More than nothing, like 1s.';
    else changed[field] = ms;
  }
  if (isChanged('backoffCoefficient')) {
    const value = Number(draft.backoffCoefficient.trim());
    if (!(value >= 1)) errors.backoffCoefficient = 'A number, at least 1.';
    else changed.backoffCoefficient = value;
  }
  if (isChanged('maximumAttempts')) {
    const text = draft.maximumAttempts.trim();
    if (!/^\d*$/.test(text)) errors.maximumAttempts = 'A whole number; nothing for no maximum.';
    else changed.maximumAttempts = Number(text);
  }
  if (
    draft.startToCloseMs.trim() === '' &&
    draft.scheduleToCloseMs.trim() === '' &&
    before.startToCloseMs + before.scheduleToCloseMs !== ''
  )
    errors.startToCloseMs = 'One of start to close and schedule to close must be set.';
  return { changed, errors };
}
