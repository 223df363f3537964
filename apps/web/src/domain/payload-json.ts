/** Payloads in JSON: as the wire has them (base64), as the value they hold, or as the api names those it cannot show. */
import { maskSecrets } from '@tidemark/engine/api/model/secrets';
import type { temporal } from '@tidemark/protocol/types';
import { bytesOf, fromBase64, utf8Of } from '../lib/base64.ts';

/** A payload as the fold keeps it. */
export type Payload = temporal.api.common.v1.IPayload;

export type Body = Readonly<Record<string, unknown>>;
export const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Stands where a payload could not be shown, as the api writes it too. */
interface Opaque {
  readonly $payload: string;
  readonly bytes: number;
  readonly head?: string;
}

interface WirePayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** A value that a person wrote is not taken for one: the wire form has these two members and an encoding in base64. */
export function isWirePayload(value: unknown): value is WirePayload {
  if (!isBody(value) || !isBody(value['metadata'])) return false;
  const { metadata, data, ...rest } = value;
  const encoding = metadata['encoding'];
  return Object.keys(rest).length <= 1 && typeof encoding === 'string' && (data === undefined || typeof data === 'string');
}

const isWirePayloads = (value: unknown): value is { readonly payloads: readonly unknown[] } =>
  isBody(value) && Array.isArray(value['payloads']) && Object.keys(value).length === 1;

const encodingOf = ({ metadata }: WirePayload): string => {
  const bytes = fromBase64(metadata['encoding'] ?? '');
  return bytes === undefined ? 'unknown' : utf8Of(bytes);
};

/** The value that a wire payload holds, or its encoding and size. */
function valueOf(payload: WirePayload): unknown {
  const encoding = encodingOf(payload);
  const data = fromBase64(payload.data ?? '') ?? new Uint8Array();
  return decode(encoding, data, payload.data ?? '');
}

function decode(encoding: string, data: Uint8Array, head: string): unknown {
  if (encoding === 'binary/null') return null;
  const opaque = (name: string): Opaque => ({ $payload: name, bytes: data.length, head: head.slice(0, 64) });
  if (encoding !== 'json/plain' && encoding !== 'json/protobuf') return opaque(encoding);
  try {
    return JSON.parse(utf8Of(data));
  } catch {
    return opaque(`${encoding}, not valid JSON`);
  }
}

/** Any part of an event with the payloads in it read: a list of payloads becomes a list of values. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (!isBody(value)) return value;
  if (isWirePayload(value)) return valueOf(value);
  if (isWirePayloads(value)) return value.payloads.map(readable);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, readable(part)]));
}

/** The payload that the fold keeps for a value in any of the three forms. */
export function toPayload(value: unknown): Payload {
  if (isWirePayload(value)) {
    const metadata = Object.entries(value.metadata).map(([key, text]) => [key, fromBase64(text) ?? bytesOf(text)]);
    return { metadata: Object.fromEntries(metadata) as Record<string, Uint8Array>, data: fromBase64(value.data ?? '') ?? null };
  }
  if (value === null) return { metadata: { encoding: bytesOf('binary/null') } };
  if (isBody(value) && typeof value['$payload'] === 'string') return { metadata: { encoding: bytesOf(value['$payload']) } };
  return { metadata: { encoding: bytesOf('json/plain') }, data: bytesOf(JSON.stringify(value)) };
}

/** What a payload of the fold says, as JSON. */
export function fromPayload({ metadata, data }: Payload): unknown {
  const encoding = metadata?.['encoding'];
  return decode(encoding ? utf8Of(encoding) : 'unknown', data ?? new Uint8Array(), '');
}

const PREVIEW_CHARS = 160;

/** One line for a row, without what keys call a secret. */
export function preview(values: unknown): string | undefined {
  const list = Array.isArray(values) ? values : values === undefined ? [] : [values];
  if (list.length === 0) return undefined;
  const text = list
    .slice(0, 4)
    .map((one) =>
      isBody(one) && typeof one['$payload'] === 'string'
        ? `${one['$payload']} ${String(one['bytes'])} B`
        : JSON.stringify(maskSecrets(one).value),
    )
    .join(', ');
  return text.length > PREVIEW_CHARS ? `${text.slice(0, PREVIEW_CHARS - 1)}…` : text;
}
