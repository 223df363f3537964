/** What workflow code writes while it is replayed for a report, within bounds. */
import type { LoggedLine } from '../replay/run-replay.ts';
import type { LogLine } from '../workflow/run.ts';

/** Of one task, and of all tasks together. */
const TASK_MAX = 20;
const ALL_MAX = 1_000;
const CHARS_MAX = 300;

export class ReportedLines {
  #lines: LoggedLine[] = [];
  #count = 0;

  add({ level, message, attributes, trace }: LogLine): void {
    if (this.#lines.length >= TASK_MAX || this.#count >= ALL_MAX) return;
    this.#count += 1;
    this.#lines.push({ level: cut(level), message: cut(message), attributes: cut(textOf(attributes)), stack: trace?.stack });
  }

  /** Those since it was last asked. */
  take(): readonly LoggedLine[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}

/** Whatever its type says: people hand anything to a logger. */
function cut(value: unknown): string {
  const text = String(value);
  return (text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}…` : text).toWellFormed();
}

/** Errors of another realm are known by what they have. */
const isError = (value: unknown): value is { readonly message: string } =>
  typeof value === 'object' && value !== null && 'stack' in value && 'message' in value && typeof value.message === 'string';

function textOf(attributes: Readonly<Record<string, unknown>>): string {
  try {
    const text = JSON.stringify(attributes, (_key, value: unknown) => (isError(value) ? value.message : value)) ?? '';
    return text === '{}' ? '' : text;
  } catch {
    return 'attributes that cannot be written as JSON';
  }
}
