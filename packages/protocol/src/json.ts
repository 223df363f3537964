/** Messages as protobuf's own JSON, with payloads in short if that is wanted. */
import { expandPayload, shortenPayload, shortenPayloads } from './json-payload.ts';
import { expandDuration, expandTime, shortenDuration, shortenTime } from './json-time.ts';
import type { Json, JsonObject } from './json-value.ts';
import { inside, isArray, isObject, JsonError } from './json-value.ts';
import type { Codec } from './services.ts';

interface ReflectedField {
  readonly type: string;
  readonly repeated: boolean;
  readonly map: boolean;
  readonly resolvedType: ReflectedType | null;
  /** The types of fields are found when they are first asked for. */
  resolve(): ReflectedField;
}

/** A message, which has fields, or an enum, which has values. */
interface ReflectedType {
  readonly fullName: string;
  readonly fields?: Readonly<Record<string, ReflectedField | undefined>>;
  readonly values?: Readonly<Record<string, number>>;
}

interface MessageType extends ReflectedType {
  fromObject(plain: object): object;
  toObject(
    message: object,
    options: { readonly longs: typeof String; readonly enums: typeof String; readonly bytes: typeof String },
  ): JsonObject;
}

// Every codec is a reflected type of the protobuf library; its interface says only what most callers need.
const typeOf = (codec: Codec): MessageType => codec as unknown as MessageType;

/** Messages that have a form of their own. `isShort` is for those only people write in short. */
interface Form {
  expand(value: Json, path: string): JsonObject;
  shorten(value: JsonObject, isShort: boolean): Json;
}

const forms: Readonly<Record<string, Form | undefined>> = {
  '.google.protobuf.Timestamp': { expand: expandTime, shorten: shortenTime },
  '.google.protobuf.Duration': { expand: expandDuration, shorten: shortenDuration },
  '.google.protobuf.FieldMask': {
    expand: expandMask,
    shorten: ({ paths }) => (isArray(paths) ? paths.map((path) => (typeof path === 'string' ? jsonName(path) : '')).join(',') : ''),
  },
  '.temporal.api.common.v1.Payload': {
    expand: expandPayload,
    shorten: (value, isShort) => {
      const short = isShort ? shortenPayload(value) : undefined;
      return short === undefined ? value : short;
    },
  },
  '.temporal.api.common.v1.Payloads': { expand: expandPayloads, shorten: (value, isShort) => (isShort ? shortenPayloads(value) : value) },
  '.google.protobuf.BoolValue': wrapper(),
  '.google.protobuf.Int32Value': wrapper(),
  '.google.protobuf.Int64Value': wrapper(),
  '.google.protobuf.FloatValue': wrapper(),
  '.google.protobuf.DoubleValue': wrapper(),
  '.google.protobuf.StringValue': wrapper(),
};

function wrapper(): Form {
  return { expand: (value) => ({ value }), shorten: ({ value }) => value ?? null };
}

/** The message that the JSON says. Fields may be named in camel or snake case, payloads written in short. Throws `JsonError`. */
export function fromJson(codec: Codec, json: Json): object {
  if (!isObject(json)) throw new JsonError('a message must be a JSON object');
  const type = typeOf(codec);
  return type.fromObject(expandMessage(type, json, ''));
}

/** The JSON of a message that this codec decoded. With `isShort` payloads are written as the values they hold, where they hold JSON. */
export function toJson(codec: Codec, message: object, isShort: boolean): JsonObject {
  const type = typeOf(codec);
  return shortenMessage(type, type.toObject(message, { longs: String, enums: String, bytes: String }), isShort);
}

/** The name of a field as JSON has it, from either spelling. */
export const jsonName = (name: string): string => name.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

function expandMessage(type: ReflectedType, json: JsonObject, path: string): JsonObject {
  const entries = Object.entries(json).flatMap(([name, value]): [string, Json][] => {
    const key = jsonName(name);
    const field = type.fields && Object.hasOwn(type.fields, key) ? type.fields[key]?.resolve() : undefined;
    const place = inside(path, name);
    if (field === undefined) throw new JsonError(`unknown field "${place}"`);
    const isUnset = value === null && field.resolvedType?.fullName !== '.temporal.api.common.v1.Payload';
    return isUnset ? [] : [[key, expandField(field, value, place)]];
  });
  return Object.fromEntries(entries);
}

function expandField(field: ReflectedField, value: Json, path: string): Json {
  if (field.map) {
    if (!isObject(value)) throw new JsonError(`"${path}" must be an object`);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expandValue(field, each, inside(path, key))]));
  }
  if (!field.repeated) return expandValue(field, value, path);
  if (!isArray(value)) throw new JsonError(`"${path}" must be an array`);
  return value.map((each, at) => expandValue(field, each, `${path}[${at}]`));
}

function expandValue({ type, resolvedType }: ReflectedField, value: Json, path: string): Json {
  if (resolvedType === null) return checkScalar(type, value, path);
  if (resolvedType.values !== undefined) return expandEnum(resolvedType.values, value, path);
  const form = forms[resolvedType.fullName];
  if (form !== undefined) return form.expand(value, path);
  if (!isObject(value)) throw new JsonError(`"${path}" must be an object`);
  return expandMessage(resolvedType, value, path);
}

const INTEGER = /^-?\d{1,20}$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

const isInteger = (value: Json): boolean => (typeof value === 'string' ? INTEGER.test(value) : Number.isSafeInteger(value));
const isDecimal = (value: Json): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)));

function checkScalar(type: string, value: Json, path: string): Json {
  const demand = (isMet: boolean, what: string): Json => {
    if (!isMet) throw new JsonError(`"${path}" must be ${what}`);
    return value;
  };
  switch (type) {
    case 'string':
      return demand(typeof value === 'string', 'a string');
    case 'bytes':
      return demand(typeof value === 'string' && BASE64.test(value), 'a string of base64');
    case 'bool':
      return demand(typeof value === 'boolean', 'true or false');
    case 'double':
    case 'float':
      return demand(isDecimal(value), 'a number');
    default:
      return demand(isInteger(value), 'an integer');
  }
}

/** Names are taken whole, or in the camel case of older programs without what all names of the enum begin with. */
function expandEnum(values: Readonly<Record<string, number>>, value: Json, path: string): Json {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'string' && Object.hasOwn(values, value)) return value;
  const suffix = `_${(typeof value === 'string' ? value : '').replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}`;
  const found = Object.keys(values).find((name) => name.endsWith(suffix));
  if (found === undefined) throw new JsonError(`"${path}" has no such value`);
  return found;
}

function expandMask(value: Json, path: string): JsonObject {
  if (typeof value !== 'string') throw new JsonError(`"${path}" must be names of fields, with commas between them`);
  const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { paths: value === '' ? [] : value.split(',').map(snakeCase) };
}

function expandPayloads(value: Json, path: string): JsonObject {
  const list = isObject(value) && Object.keys(value).every((key) => key === 'payloads') ? value['payloads'] : value;
  if (!isArray(list)) throw new JsonError(`"${path}" must be an array of values`);
  return { payloads: list.map((each, at) => expandPayload(each, `${path}[${at}]`)) };
}

function shortenMessage(type: ReflectedType, plain: JsonObject, isShort: boolean): JsonObject {
  return Object.fromEntries(
    Object.entries(plain).map(([key, value]) => [key, shortenField(type.fields?.[key]?.resolve(), value, isShort)]),
  );
}

function shortenField(field: ReflectedField | undefined, value: Json, isShort: boolean): Json {
  const type = field?.resolvedType;
  if (!field || !type?.fields) return value;
  const one = (each: Json): Json => (isObject(each) ? shortenValue(type, each, isShort) : each);
  if (field.map && isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, one(each)]));
  return field.repeated && isArray(value) ? value.map(one) : one(value);
}

function shortenValue(type: ReflectedType, value: JsonObject, isShort: boolean): Json {
  const form = forms[type.fullName];
  return form === undefined ? shortenMessage(type, value, isShort) : form.shorten(value, isShort);
}
