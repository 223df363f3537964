/** Any message of the protocol as JSON that people can read: enum names, ISO times, durations as `30s`, payloads decoded. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Json } from '../model/json.ts';
import { decodePayload } from './payload.ts';

/** The part of the protobuf reflection that this needs. Every generated message class carries it at run time. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly map: boolean;
  readonly repeated: boolean;
  readonly resolvedType: Reflected | EnumType | null;
  resolve(): Field;
}
export interface Reflected {
  readonly fullName: string;
  readonly fieldsArray: readonly Field[];
}
export interface EnumType {
  readonly name: string;
  readonly valuesById: Readonly<Record<number, string>>;
}
export type Message = Readonly<Record<string, unknown>>;

export const isEnum = (type: Reflected | EnumType): type is EnumType => 'valuesById' in type;

/** `messageClass` is a generated class such as `api.history.v1.HistoryEvent`. Unset fields are left out. */
export function toJson(messageClass: unknown, message: object, payloadBytesMax?: number): Json {
  return fromMessage(messageClass as Reflected, message as Message, payloadBytesMax);
}

function fromMessage(type: Reflected, message: Message, max: number | undefined): Json {
  switch (type.fullName) {
    case '.google.protobuf.Timestamp':
      return new Date(fromTimestamp(message) ?? 0).toISOString();
    case '.google.protobuf.Duration':
      return `${(fromDuration(message) ?? 0) / 1000}s`;
    case '.temporal.api.common.v1.Payload':
      return decodePayload(message, max);
    case '.temporal.api.common.v1.Payloads':
      return ((message as temporal.api.common.v1.IPayloads).payloads ?? []).map((one) => decodePayload(one, max));
    default:
  }
  const out: { [key: string]: Json } = {};
  for (const field of type.fieldsArray) {
    const value = message[field.name];
    if (value === null || value === undefined || !Object.hasOwn(message, field.name)) continue;
    const json = fromField(field.resolve(), value, max);
    if (json !== undefined) out[field.name] = json;
  }
  return out;
}

function fromField(field: Field, value: unknown, max: number | undefined): Json | undefined {
  if (field.map) {
    const entries = Object.entries(value as Message).map(([key, one]) => [key, scalar(field, one, max)] as const);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  if (field.repeated) {
    const list = value as readonly unknown[];
    return list.length === 0 ? undefined : list.map((one) => scalar(field, one, max));
  }
  return scalar(field, value, max);
}

function scalar(field: Field, value: unknown, max: number | undefined): Json {
  const type = field.resolvedType;
  if (type !== null && isEnum(type)) return enumName(type, value as number);
  if (type !== null) return fromMessage(type, value as Message, max);
  if (value instanceof Uint8Array) return value.length > 256 ? `${value.length} bytes` : Buffer.from(value).toString('base64');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return toNumber(value as Parameters<typeof toNumber>[0]);
}

/** `WORKFLOW_EXECUTION_STATUS_TIMED_OUT` of `WorkflowExecutionStatus` is `TimedOut`. */
function enumName(type: EnumType, value: number): string {
  const full = type.valuesById[value];
  if (full === undefined) return String(value);
  const prefix = `${type.name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}_`;
  return pascal(full.startsWith(prefix) ? full.slice(prefix.length) : full);
}

const pascal = (upper: string): string =>
  upper
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function names(values: Readonly<Record<string, string | number>>, prefix: string): ReadonlyMap<number, string> {
  return new Map(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'number' ? [[value, pascal(name.slice(prefix.length))] as const] : [],
    ),
  );
}

const eventTypes = names(api.enums.v1.EventType, 'EVENT_TYPE_');
const statuses = names(api.enums.v1.WorkflowExecutionStatus, 'WORKFLOW_EXECUTION_STATUS_');

export const eventTypeName = (value: number | null | undefined): string => eventTypes.get(value ?? 0) ?? 'Unspecified';
export const statusOf = (value: number | null | undefined): string => statuses.get(value ?? 0) ?? 'Unspecified';
export { names as enumNames };
