/** JSON whose numbers keep the digits they were written with: ids of 64 bits are not rounded, 41.90 stays 41.90. */
import { isLosslessNumber, parse, stringify } from 'lossless-json';

/** Undefined when the text is no JSON. Numbers come as objects that hold their digits: see `digitsOf`. */
export function parseExact(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: parse(text) };
  } catch {
    return undefined;
  }
}

/** As people read it; numbers as they were written. */
export const stringifyExact = (value: unknown, indent = 2): string => stringify(value, undefined, indent) ?? 'undefined';

/** The digits of a number as it was written; undefined for anything else. */
export function digitsOf(value: unknown): string | undefined {
  if (isLosslessNumber(value)) return value.toString();
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}
