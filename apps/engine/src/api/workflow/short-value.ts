import type { Json } from '../model/json.ts';

/** UTF-16 units of what a cell of the list may carry. */
const CHARS_MAX = 2048;

/** A value for a cell: whole where it is short, else the beginning of it as text. */
export function shortValue(value: Json): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= CHARS_MAX ? value : `${text.slice(0, CHARS_MAX - 1).toWellFormed()}…`;
}
