/** Arguments as people type them: nothing, one JSON value, or several values one after the other. */
import { digitsOf, parseExact } from '../lib/exact-json.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type ParsedArguments = { readonly ok: true; readonly values: Json[] } | { readonly ok: false; readonly message: string };

export function parseArguments(text: string): ParsedArguments {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, values: [] };
  const whole = parse(trimmed);
  if (whole.ok) return { ok: true, values: [whole.value] };
  const lines = whole.message.startsWith(ROUNDED) ? [] : trimmed.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 1) {
    const values = lines.map((line) => parse(line.trim()));
    const rounded = values.find((one) => !one.ok && one.message.startsWith(ROUNDED));
    if (rounded?.ok === false) return { ok: false, message: explain(trimmed, rounded.message) };
    if (values.every((one) => one.ok)) return { ok: true, values: values.map((one) => (one.ok ? one.value : null)) };
  }
  return { ok: false, message: explain(trimmed, whole.ok ? '' : whole.message) };
}

/** Arguments travel to the api as JSON numbers, which hold 53 bits: what would arrive as another number is not sent. */
function roundedIn(text: string): string | undefined {
  const parsed = parseExact(text);
  const look = (value: unknown): string | undefined => {
    const digits = digitsOf(value);
    if (digits !== undefined) return /^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? digits : undefined;
    if (typeof value !== 'object' || value === null) return undefined;
    for (const part of Object.values(value)) {
      const found = look(part);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return look(parsed?.value);
}

function parse(text: string): { ok: true; value: Json } | { ok: false; message: string } {
  try {
    // What JSON.parse gives is of no other kind.
    const value = JSON.parse(text) as Json;
    const rounded = roundedIn(text);
    return rounded === undefined ? { ok: true, value } : { ok: false, message: `${ROUNDED} ${rounded}` };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : '' };
  }
}

const ROUNDED = 'rounded';

/** Engines word their errors differently; the place is what helps. */
function explain(text: string, message: string): string {
  if (message.startsWith(ROUNDED)) return `${message.slice(ROUNDED.length + 1)} would be rounded on its way; write it as text, in quotes.`;
  if (/^[A-Za-z_][\w .-]*$/.test(text) && !['true', 'false', 'null'].includes(text))
    return `This is not JSON. A text needs quotes: ${JSON.stringify(text)}`;
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return 'This is not JSON: it ends too early or a sign is missing.';
  const before = text.slice(0, Number(position));
  const line = before.split('\n').length;
  const column = Number(position) - before.lastIndexOf('\n');
  return `This is not JSON at line ${line}, column ${column}.`;
}
