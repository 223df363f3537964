/** Random numbers that come out the same on every replay: each stream is seeded by the run and its own name, so that streams never disturb each other. */

export interface RandomStream {
  /** In [0, 1). */
  next(): number;
  /** An integer from `low`, below `highExclusive`. */
  int(low: number, highExclusive: number): number;
  bytes(count: number): Uint8Array;
}

/** Four 32-bit words from a text (cyrb128). */
function hash(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
}

/** The sfc32 generator over the hash of seed and name. */
export function randomStream(seed: string, name: string): RandomStream {
  let [a, b, c, d] = hash(`${seed}/${name}`);
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i += 1) next();
  const int = (low: number, highExclusive: number) => low + Math.floor(next() * (highExclusive - low));
  return { next, int, bytes: (count) => Uint8Array.from({ length: count }, () => int(0, 256)) };
}

const hex = (bytes: Iterable<number>): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function dashed(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

export const uuid4From = (stream: RandomStream): string => dashed(stream.bytes(16), 4);

export function uuid7From(stream: RandomStream, timeMs: number): string {
  const bytes = stream.bytes(16);
  for (let i = 0, rest = Math.floor(timeMs); i < 6; i += 1, rest = Math.floor(rest / 256)) bytes[5 - i] = rest % 256;
  return dashed(bytes, 7);
}
