/** Payloads as the browser may see them: json/plain decoded, everything else by name and size, and never more than the limit. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { Json } from '../model/json.ts';
import { maskJson } from '../model/secrets.ts';

type Payload = temporal.api.common.v1.IPayload;

export const PAYLOAD_BYTES_MAX = 64 * 1024;
const PREVIEW_BYTES = 1024;

/** Stands where a payload could not be shown. The `$` keeps it apart from data that people write. */
export interface OpaquePayload {
  readonly $payload: string;
  readonly bytes: number;
  readonly head?: string;
}

const utf8 = new TextDecoder();
const bytesOf = (value: Uint8Array | null | undefined): Uint8Array => value ?? new Uint8Array();

export function encodingOf(payload: Payload): string {
  const encoding = payload.metadata?.['encoding'];
  return encoding ? utf8.decode(encoding) : 'unknown';
}

export function decodePayload(payload: Payload, bytesMax: number = PAYLOAD_BYTES_MAX): Json {
  const encoding = encodingOf(payload);
  const data = bytesOf(payload.data);
  if (encoding === 'binary/null') return null;
  if (encoding !== 'json/plain' && encoding !== 'json/protobuf') return opaque(encoding, data);
  if (data.length > bytesMax) return { $payload: encoding, bytes: data.length, head: utf8.decode(data.subarray(0, PREVIEW_BYTES)) };
  try {
    return JSON.parse(utf8.decode(data)) as Json;
  } catch {
    return opaque(`${encoding}, not valid JSON`, data);
  }
}

function opaque(encoding: string, data: Uint8Array): Json {
  return { $payload: encoding, bytes: data.length, head: Buffer.from(data.subarray(0, 48)).toString('base64') };
}

const JSON_PLAIN = new TextEncoder().encode('json/plain');

export function encodePayload(value: Json): Payload {
  return api.common.v1.Payload.create({ metadata: { encoding: JSON_PLAIN }, data: new TextEncoder().encode(JSON.stringify(value)) });
}

/** Nothing rather than an empty list: a workflow without parameters must not receive one. */
export function encodePayloads(values: readonly Json[]): { payloads: Payload[] } | undefined {
  return values.length === 0 ? undefined : { payloads: values.map(encodePayload) };
}

/** One line for a row. Long data is cut, hidden data is named, and what keys call a secret is not in it. */
export function previewPayloads(payloads: readonly Payload[] | null | undefined, charsMax = 160): string | undefined {
  if (!payloads || payloads.length === 0) return undefined;
  const parts = payloads.slice(0, 4).map((one) => {
    const encoding = encodingOf(one);
    if (encoding === 'binary/null') return 'null';
    if (encoding !== 'json/plain' && encoding !== 'json/protobuf') return `${encoding} ${bytesOf(one.data).length} B`;
    return maskJson(utf8.decode(bytesOf(one.data).subarray(0, charsMax * 4)));
  });
  const text = parts.join(', ');
  return text.length > charsMax ? `${text.slice(0, charsMax - 1).toWellFormed()}…` : text;
}
