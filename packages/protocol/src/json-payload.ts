/**
 * Payloads in the short form people write: any JSON value stands for its json/plain payload, null for a payload of nothing,
 * an object with `_protoMessageType` for a json/protobuf one.
 */
import type { Json, JsonObject } from './json-value.ts';
import { inside, isArray, isLossy, isObject, JsonError } from './json-value.ts';

const MESSAGE_TYPE = '_protoMessageType';

const toBase64 = (text: string): string => Buffer.from(text).toString('base64');
const fromBase64 = (bytes: Json | undefined): string => (typeof bytes === 'string' ? Buffer.from(bytes, 'base64').toString() : '');

const isFull = (value: JsonObject): boolean =>
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([key, part]) => (key === 'metadata' ? isObject(part) : key === 'data' && typeof part === 'string'));

/** The payload in its full form. Throws `JsonError`. */
export function expandPayload(value: Json, path: string): JsonObject {
  if (value === null) return { metadata: { encoding: toBase64('binary/null') } };
  if (isObject(value)) {
    if (isFull(value)) return value;
    const { [MESSAGE_TYPE]: messageType, ...rest } = value;
    if (messageType !== undefined) {
      if (typeof messageType !== 'string') throw new JsonError(`"${inside(path, MESSAGE_TYPE)}" must be a string`);
      return {
        metadata: { encoding: toBase64('json/protobuf'), messageType: toBase64(messageType) },
        data: toBase64(JSON.stringify(rest)),
      };
    }
  }
  return { metadata: { encoding: toBase64('json/plain') }, data: toBase64(JSON.stringify(value)) };
}

/** The value that a payload holds; nothing when it is not JSON or says more of itself than its encoding, so that it stays as it is. */
export function shortenPayload(payload: JsonObject): Json | undefined {
  const { encoding, messageType, ...others } = isObject(payload['metadata']) ? payload['metadata'] : {};
  if (Object.keys(others).length > 0) return undefined;
  const kind = fromBase64(encoding);
  if (kind === 'binary/null' && !payload['data']) return null;
  const data = fromBase64(payload['data']);
  if (isLossy(data)) return undefined;
  try {
    if (kind === 'json/plain') return JSON.parse(data) as Json;
    if (kind !== 'json/protobuf' || messageType === undefined) return undefined;
    const value = JSON.parse(data) as Json;
    return isObject(value) ? { [MESSAGE_TYPE]: fromBase64(messageType), ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** All of a list in short, or the list as it is. */
export function shortenPayloads(list: JsonObject): Json {
  const payloads = isArray(list['payloads']) ? list['payloads'].filter(isObject) : [];
  const short = payloads.map(shortenPayload);
  return short.every((each) => each !== undefined) ? short : list;
}
