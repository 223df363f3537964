/** JSON as values, and reading it without loss. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** JSON that does not say what it should. `message` names the place by its path, and holds nothing of its value. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Where a value stands, in the words of a request: `retryPolicy.maximumAttempts`. */
export const inside = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const STRINGS = /"(?:[^"\\]|\\.)*"/g;
const LONG_INTEGERS = /(?<![\d.])-?\d{16,}(?![\d.eE])/g;

/** Whether a JSON text has an integer that would come out of `JSON.parse` as another one. */
export const isLossy = (json: string): boolean =>
  (json.replaceAll(STRINGS, '').match(LONG_INTEGERS) ?? []).some((each) => !Number.isSafeInteger(Number(each)));

/** Throws `JsonError`, also for an integer that would be rounded. */
export function parseJson(json: string): Json {
  if (isLossy(json)) throw new JsonError('an integer has more digits than JSON carries safely; send it as a string');
  try {
    return JSON.parse(json) as Json;
  } catch {
    // The parser's own words repeat what it could not read.
    throw new JsonError('this is not JSON');
  }
}
