/** Payloads as the wire has them, wherever they stand in an event: found, named, and read without rounding. */
import { bytesOf, fromBase64, toBase64, utf8Of } from '../lib/base64.ts';
import { parseExact } from '../lib/exact-json.ts';
import { isBody, isWirePayload } from './payload-json.ts';

/** Base64 throughout. `bytes` is there when `data` is only the beginning. */
export interface WirePayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data?: string;
  readonly bytes?: number;
}

/** One payload, ready to be looked at. */
export interface PayloadBox {
  /** As text. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: Uint8Array<ArrayBuffer>;
  /** Of the whole payload: more than `data` holds when only its beginning is here. */
  readonly bytes: number;
}

export interface NamedPayload {
  /** Where it stands, for people: `input 2`, `failure, details`. */
  readonly name: string;
  readonly wire: WirePayload;
}

export const encodingOf = ({ metadata }: WirePayload): string => {
  const bytes = fromBase64(metadata['encoding'] ?? '');
  return bytes === undefined || bytes.length === 0 ? 'unknown' : utf8Of(bytes);
};

export const isCut = (wire: WirePayload): boolean => wire.bytes !== undefined;

export function toBox(wire: WirePayload): PayloadBox {
  const data = fromBase64(wire.data ?? '') ?? new Uint8Array();
  const metadata = Object.entries(wire.metadata).map(([key, text]) => [key, utf8Of(fromBase64(text) ?? bytesOf(text))] as const);
  return { metadata: Object.fromEntries(metadata), data, bytes: wire.bytes ?? data.length };
}

/** A value of a file or of the api, in any form in which it may stand there, as the wire would have it. */
export function asWire(value: unknown): WirePayload {
  if (isWirePayload(value)) return value;
  if (isBody(value) && typeof value['$payload'] === 'string')
    return { metadata: { encoding: base64Of(value['$payload']) }, data: '', bytes: Number(value['bytes'] ?? 0) };
  if (value === null) return { metadata: { encoding: base64Of('binary/null') } };
  return { metadata: { encoding: base64Of('json/plain') }, data: base64Of(JSON.stringify(value)) };
}

const base64Of = (text: string): string => toBase64(bytesOf(text));

/** The payloads of a field that holds several: the wire's `{payloads: […]}`, or a list of values. */
export function listOf(field: unknown): readonly WirePayload[] {
  if (isBody(field) && Array.isArray(field['payloads'])) return field['payloads'].map(asWire);
  if (Array.isArray(field)) return field.map(asWire);
  return field === undefined ? [] : [asWire(field)];
}

/** These only wrap; naming them would tell nobody anything. */
const SILENT = new Set(['payloads', 'fields', 'indexedFields', 'applicationFailureInfo', 'success', 'args', 'attributes']);
const wordsOf = (key: string): string => key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

/** Every payload in a part of an event, in the order of its fields. */
export function payloadsIn(value: unknown, path: readonly string[] = []): NamedPayload[] {
  if (isWirePayload(value)) return [{ name: path.join(', ') || 'payload', wire: value }];
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => {
      const last = path.at(-1);
      const numbered = value.length > 1 && last !== undefined ? [...path.slice(0, -1), `${last} ${index + 1}`] : path;
      return payloadsIn(one, numbered);
    });
  }
  if (!isBody(value)) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    payloadsIn(part, SILENT.has(key) || key.endsWith('EventAttributes') ? path : [...path, wordsOf(key)]),
  );
}

/** The same tree with each payload replaced by what `change` gives for it. */
export function mapPayloads(value: unknown, change: (wire: WirePayload) => unknown): unknown {
  if (isWirePayload(value)) return change(value);
  if (Array.isArray(value)) return value.map((one) => mapPayloads(one, change));
  if (!isBody(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapPayloads(part, change)]));
}

/** What a payload holds when that is JSON, with the digits of its numbers; else its encoding and size. */
function exactValueOf(wire: WirePayload): unknown {
  const encoding = encodingOf(wire);
  if (encoding === 'binary/null') return null;
  const { data, bytes } = toBox(wire);
  if ((encoding === 'json/plain' || encoding === 'json/protobuf') && !isCut(wire)) {
    const parsed = parseExact(utf8Of(data));
    if (parsed !== undefined) return parsed.value;
  }
  return { $payload: encoding, bytes };
}

const isWireList = (value: unknown): value is { readonly payloads: readonly unknown[] } =>
  isBody(value) && Array.isArray(value['payloads']) && Object.keys(value).length === 1;

/** Any part of an event with its payloads read in place; a list of payloads becomes a list of values. */
export function readExact(value: unknown): unknown {
  if (isWirePayload(value)) return exactValueOf(value);
  if (isWireList(value)) return value.payloads.map(readExact);
  if (Array.isArray(value)) return value.map(readExact);
  if (!isBody(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, readExact(part)]));
}
