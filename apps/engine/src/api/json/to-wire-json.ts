/**
 * Any message of the protocol in protobuf's own JSON, as command lines and replayers read and write it: enum names in full, 64-bit
 * integers as text, bytes and payloads in base64. Nothing is decoded and nothing is rounded.
 */
import { toNumber } from '@tidemark/protocol/time';
import type { Json } from '../model/json.ts';
import type { EnumType, Field, Message, Reflected } from './to-json.ts';
import { isEnum } from './to-json.ts';

/** What stands for a payload whose data is too long to be sent unasked: its first bytes, and how many there are in all. */
export interface CutPayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: string;
  readonly bytes: number;
}

export interface WireLimits {
  /** A payload of more bytes is cut; without it none is. */
  readonly payloadBytesMax?: number;
  /** How many bytes of it then remain. */
  readonly headBytes?: number;
}

const INTEGERS_64 = new Set(['int64', 'uint64', 'sint64', 'fixed64', 'sfixed64']);
const NANOS = 9;

/** `messageClass` is a generated class such as `api.history.v1.HistoryEvent`. Unset fields, and scalars at their default, are left out. */
export function toWireJson(messageClass: unknown, message: object, limits: WireLimits = {}): Json {
  return fromMessage(messageClass as Reflected, message as Message, limits);
}

/** What a message holds is what the reflection of its class says: from here on the kind of each value follows from its field. */
function fromMessage(type: Reflected, message: Message, limits: WireLimits): Json {
  if (type.fullName === '.google.protobuf.Timestamp') return timeText(message);
  if (type.fullName === '.google.protobuf.Duration') return durationText(message);
  if (type.fullName === '.temporal.api.common.v1.Payload') {
    const cut = cutPayload(message, limits);
    if (cut !== undefined) return { ...cut, metadata: { ...cut.metadata } };
  }
  const out: { [key: string]: Json } = {};
  for (const field of type.fieldsArray) {
    const value = message[field.name];
    if (value === null || value === undefined || !Object.hasOwn(message, field.name)) continue;
    const json = fromField(field.resolve(), value, limits);
    if (json !== undefined) out[field.name] = json;
  }
  return out;
}

function fromField(field: Field, value: unknown, limits: WireLimits): Json | undefined {
  if (field.map) {
    const entries = Object.entries(value as Message).map(([key, one]) => [key, scalar(field, one, limits)] as const);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  if (field.repeated) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.length === 0 ? undefined : list.map((one) => scalar(field, one, limits));
  }
  const json = scalar(field, value, limits);
  const isDefault = field.resolvedType === null || isEnum(field.resolvedType);
  return isDefault && (value === 0 || json === '' || json === false || json === '0') ? undefined : json;
}

function scalar(field: Field, value: unknown, limits: WireLimits): Json {
  const type = field.resolvedType;
  if (type !== null && isEnum(type)) return enumText(type, value as number);
  if (type !== null) return fromMessage(type, value as Message, limits);
  if (value instanceof Uint8Array) return base64(value);
  if (INTEGERS_64.has(field.type)) return String(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return toNumber(value as Parameters<typeof toNumber>[0]);
}

function cutPayload(message: Message, { payloadBytesMax, headBytes = 0 }: WireLimits): CutPayload | undefined {
  const data = message['data'];
  if (payloadBytesMax === undefined || !(data instanceof Uint8Array) || data.length <= payloadBytesMax) return undefined;
  const metadata = Object.entries((message['metadata'] ?? {}) as Readonly<Record<string, Uint8Array>>);
  return {
    metadata: Object.fromEntries(metadata.map(([key, value]) => [key, base64(value)])),
    data: base64(data.subarray(0, headBytes)),
    bytes: data.length,
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
const enumText = (type: EnumType, value: number): Json => type.valuesById[value] ?? value;

/** `.5`, of nanoseconds; nothing when there are none. */
const fraction = (nanos: number): string => (nanos === 0 ? '' : `.${String(nanos).padStart(NANOS, '0').replace(/0+$/, '')}`);
const nanosOf = (message: Message): number => Math.abs(toNumber(message['nanos'] as number | null | undefined));
const secondsOf = (message: Message): number => toNumber(message['seconds'] as Parameters<typeof toNumber>[0]);

function timeText(message: Message): string {
  const whole = new Date(secondsOf(message) * 1000).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  return `${whole}${fraction(nanosOf(message))}Z`;
}

function durationText(message: Message): string {
  const seconds = secondsOf(message);
  const isNegative = seconds < 0 || toNumber(message['nanos'] as number | null | undefined) < 0;
  return `${isNegative ? '-' : ''}${Math.abs(seconds)}${fraction(nanosOf(message))}s`;
}
