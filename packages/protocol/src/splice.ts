/** Puts bytes that are already encoded into a message, so that stored history is not decoded only to be encoded again. */
import type { Codec } from './services.ts';

interface ReflectedType {
  readonly fields: Readonly<Record<string, { readonly id: number } | undefined>>;
}

/** Encodes `message` and adds `bytes` as its field of that name, which must hold a message and must not be set in `message`. */
export function encodeWith(
  codec: Codec,
  message: object,
  { field, bytes }: { readonly field: string; readonly bytes: Uint8Array },
): Uint8Array {
  // Codecs of this package are reflected types, which know the numbers of their fields.
  const id = (codec as unknown as ReflectedType).fields[field]?.id;
  if (id === undefined) throw new TypeError(`the message has no field ${field}`);
  const head = codec.encode(message).finish();
  const tag = [...varint((id << 3) | 2), ...varint(bytes.byteLength)];
  const whole = new Uint8Array(head.byteLength + tag.length + bytes.byteLength);
  whole.set(head);
  whole.set(tag, head.byteLength);
  whole.set(bytes, head.byteLength + tag.length);
  return whole;
}

function* varint(value: number): Iterable<number> {
  let rest = value;
  while (rest >= 0x80) {
    yield (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  yield rest;
}

/** The entries of a repeated message field 1 as they stand in encoded bytes: where each begins and ends, tag included. */
export function* entriesOf(bytes: Uint8Array): Iterable<{ readonly start: number; readonly end: number }> {
  for (let at = 0; at < bytes.byteLength; ) {
    const start = at;
    at += 1;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at] ?? 0;
      at += 1;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += length;
    yield { start, end: at };
  }
}
