/** How a payload can be looked at, from its encoding, what its author said of it, and its first bytes. */
import { textOf, toBase64, utf8Of } from '../../lib/base64.ts';
import { parseExact, stringifyExact } from '../../lib/exact-json.ts';
import { once } from '../../lib/once.ts';

export interface ShownPayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: Uint8Array;
  /** Of the whole: more than `data` holds when only its beginning is here. */
  readonly bytes: number;
}

export type PayloadLook =
  /** Its text is written when somebody looks at it: of a long value, a tree shows a screen. */
  | { readonly kind: 'json'; readonly value: unknown; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'image'; readonly mime: string }
  | { readonly kind: 'nothing' }
  /** Nothing that people read: `why` says so in a sentence. */
  | { readonly kind: 'opaque'; readonly why: string };

/** The metadata under which authors say what the data is. */
const HINTS = ['mime', 'mimeType', 'mime-type', 'contentType', 'content-type'];
/** Images that carry no code and load nothing. */
const MAGIC: readonly (readonly [mime: string, at: number, head: readonly number[]])[] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
];

export const encodingOf = ({ metadata }: ShownPayload): string => metadata['encoding'] || 'unknown';
export const isWhole = ({ data, bytes }: ShownPayload): boolean => bytes <= data.length;

/** `image/png` of what its author called so or what begins like one. */
export function mimeOf({ metadata, data }: ShownPayload): string | undefined {
  const hint = HINTS.map((name) => metadata[name])
    .find(Boolean)
    ?.split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  return hint ?? MAGIC.find(([, at, head]) => head.every((byte, index) => data[at + index] === byte))?.[0];
}

const IMAGES = new Set(MAGIC.map(([mime]) => mime));

export function lookAt(payload: ShownPayload): PayloadLook {
  const encoding = encodingOf(payload);
  if (encoding === 'binary/null') return { kind: 'nothing' };
  if (encoding === 'json/plain' || encoding === 'json/protobuf') return readJson(payload);
  if (encoding === 'binary/plain' || encoding === 'unknown') return plainLook(payload);
  if (encoding === 'binary/protobuf') {
    const type = payload.metadata['messageType'];
    return { kind: 'opaque', why: type ? `A protobuf message ${type}, in its binary form.` : 'A protobuf message in its binary form.' };
  }
  if (encoding === 'binary/encrypted') return { kind: 'opaque', why: 'Encrypted.' };
  return { kind: 'opaque', why: `Encoded as ${encoding}.` };
}

function readJson(payload: ShownPayload): PayloadLook {
  const text = utf8Of(payload.data);
  if (!isWhole(payload)) return { kind: 'text', text };
  const parsed = parseExact(text);
  if (parsed === undefined) return { kind: 'text', text };
  if (typeof parsed.value === 'string' && mimeOf(payload) === 'text/markdown') return { kind: 'markdown', text: parsed.value };
  return jsonLook(parsed.value);
}

export function jsonLook(value: unknown): PayloadLook {
  const text = once(() => stringifyExact(value));
  return {
    kind: 'json',
    value,
    get text() {
      return text();
    },
  };
}

function plainLook(payload: ShownPayload): PayloadLook {
  const mime = mimeOf(payload);
  if (mime !== undefined && IMAGES.has(mime) && isWhole(payload)) return { kind: 'image', mime };
  const text = textOf(payload.data) ?? (isWhole(payload) ? undefined : textOf(payload.data.subarray(0, -3)));
  if (text === undefined) return { kind: 'opaque', why: mime === undefined ? 'Bytes that are no text.' : `A file of the type ${mime}.` };
  if (mime === 'text/markdown') return { kind: 'markdown', text };
  return { kind: 'text', text };
}

/** For the `src` of an image; the policy of the page lets images come from nowhere else. */
export const dataUrl = (mime: string, data: Uint8Array): string => `data:${mime};base64,${toBase64(data)}`;

const ROW = 16;
/** `00000010  7b 22 …  {"…` */
export function hexRows(data: Uint8Array, rowsMax: number): string {
  const rows: string[] = [];
  for (let from = 0; from < data.length && rows.length < rowsMax; from += ROW) {
    const part = [...data.subarray(from, from + ROW)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${from.toString(16).padStart(8, '0')}  ${hex.padEnd(ROW * 3 - 1)}  ${ascii}`);
  }
  return rows.join('\n');
}

export function hexOf(data: Uint8Array): string {
  const out: string[] = [];
  for (const byte of data) out.push(byte.toString(16).padStart(2, '0'));
  return out.join('');
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'text/markdown': 'md',
  'application/pdf': 'pdf',
  'text/csv': 'csv',
};

/** What a download of it is called. */
export function fileNameOf(payload: ShownPayload, label: string): string {
  const stem =
    label
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'payload';
  const byMime = EXTENSIONS[mimeOf(payload) ?? ''];
  const encoding = encodingOf(payload);
  return `${stem}.${byMime ?? (encoding.startsWith('json/') ? 'json' : lookAt(payload).kind === 'text' ? 'txt' : 'bin')}`;
}
