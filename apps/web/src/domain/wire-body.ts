/** Events of files have their payloads in several forms; here they all become the wire's. */
import type { Body } from './payload-json.ts';
import { isBody, isWirePayload } from './payload-json.ts';
import { asWire } from './wire-payload.ts';

/** Fields that hold several payloads, and those that hold payloads by name. */
const LISTS: ReadonlySet<string> = new Set([
  'input',
  'result',
  'details',
  'lastCompletionResult',
  'args',
  'success',
  'lastHeartbeatDetails',
]);
const MAPS: ReadonlySet<string> = new Set(['fields', 'indexedFields']);

/** The same event; what is no payload stays as it is. */
export function wireBody(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wireBody);
  if (!isBody(value) || isWirePayload(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, wireField(key, part)]));
}

function wireField(key: string, part: unknown): unknown {
  if (LISTS.has(key) && Array.isArray(part)) return { payloads: part.map(asWire) };
  // Markers hold lists by name; the details of a marker are no value of their own.
  if (key === 'details' && isBody(part) && !Array.isArray(part['payloads'])) return named(part, (one) => wireField('input', one));
  if (MAPS.has(key) && isBody(part)) return named(part, asWire);
  return wireBody(part);
}

const named = (part: Body, change: (one: unknown) => unknown): Body =>
  Object.fromEntries(Object.entries(part).map(([name, one]) => [name, change(one)]));
