import type { temporal } from '@tidemark/protocol/types';

export type Payload = temporal.api.common.v1.IPayload;
export type Payloads = temporal.api.common.v1.IPayloads;

/** Between values and payloads. A converter answers `undefined` for a value that is not its own. */
export interface PayloadConverter {
  toPayload(value: unknown): Payload | undefined;
  fromPayload(payload: Payload): unknown;
}

/** Runs outside the sandbox, after conversion: encryption, compression. */
export interface PayloadCodec {
  encode(payloads: readonly Payload[]): Promise<Payload[]>;
  decode(payloads: readonly Payload[]): Promise<Payload[]>;
}

/** A value the default converter cannot write or read. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
}

const encodings = { nothing: 'binary/null', bytes: 'binary/plain', json: 'json/plain' } as const;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const encoded = (encoding: string, data?: Uint8Array): Payload => ({
  metadata: { encoding: utf8(encoding) },
  ...(data === undefined ? {} : { data }),
});

/** Bytes of any realm: an array made outside the sandbox is not an instance of the sandbox's Uint8Array. */
const isBytes = (value: unknown): value is Uint8Array =>
  ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';

/** `null`-like values, bytes and JSON, encoded as the SDKs of other languages do. */
export const defaultPayloadConverter: PayloadConverter = {
  toPayload(value) {
    if (value === undefined || value === null) return encoded(encodings.nothing);
    if (isBytes(value)) return encoded(encodings.bytes, value);
    refuseUnserializable(value);
    return encoded(encodings.json, utf8(JSON.stringify(value)));
  },
  fromPayload(payload) {
    const encoding = payload.metadata?.['encoding'];
    const name = encoding === undefined ? '' : text(encoding);
    const data = payload.data ?? new Uint8Array();
    if (name === encodings.nothing) return undefined;
    if (name === encodings.bytes) return new Uint8Array(data);
    if (name === encodings.json || name === 'json/protobuf') {
      const json = text(data);
      try {
        return JSON.parse(json) as unknown;
      } catch {
        throw new ConversionError(`a ${name} payload of ${data.byteLength} bytes is not JSON`);
      }
    }
    throw new ConversionError(name === '' ? 'the payload names no encoding' : `no converter reads the encoding ${name}`);
  },
};

/** JSON drops functions and symbols silently; naming the member at the call is what makes the mistake findable. */
function refuseUnserializable(value: unknown): void {
  const seen: unknown[] = [];
  const visit = (current: unknown, path: string): void => {
    if (typeof current === 'function' || typeof current === 'symbol' || typeof current === 'bigint') {
      throw new ConversionError(`${path} is a ${typeof current}, which cannot be sent`);
    }
    if (typeof current !== 'object' || current === null) return;
    if (typeof (current as { toJSON?: unknown }).toJSON === 'function') return;
    if (seen.includes(current)) throw new ConversionError(`${path} refers back to a value that contains it, which cannot be sent`);
    seen.push(current);
    for (const [key, member] of Object.entries(current)) visit(member, Array.isArray(current) ? `${path}[${key}]` : `${path}.${key}`);
    seen.pop();
  };
  visit(value, 'the value');
}

export function toPayload(converter: PayloadConverter, value: unknown): Payload {
  const payload = converter.toPayload(value);
  if (payload === undefined) throw new ConversionError(`no converter writes a ${typeof value}`);
  return payload;
}

/** Nothing for no values, as other SDKs send it. */
export function toPayloads(converter: PayloadConverter, values: readonly unknown[]): Payloads | undefined {
  return values.length === 0 ? undefined : { payloads: values.map((value) => toPayload(converter, value)) };
}

export function fromPayloads(converter: PayloadConverter, payloads: Payloads | null | undefined): unknown[] {
  return (payloads?.payloads ?? []).map((payload) => converter.fromPayload(payload));
}
