/** Values that payloads carry under keys such as `password`: people see that they are there, and read them when they ask to. */

/** Stands for a value that is not shown. */
export const MASK = '••••••';

/** A key with one of these as one of its words, whatever stands around it. */
const WORDS = new Set([
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'secrets',
  'authorization',
  'credential',
  'credentials',
  'cookie',
  'cookies',
]);
/** A key that ends so: what comes after one of these speaks about it, as in `tokenCount`. */
const ENDS = [
  ['token'],
  ['tokens'],
  ['api', 'key'],
  ['apikey'],
  ['api', 'keys'],
  ['private', 'key'],
  ['privatekey'],
  ['access', 'key'],
  ['accesskey'],
  ['connection', 'string'],
  ['connectionstring'],
] as const;
/** What follows a word and makes of it a fact about the secret: none of these holds one. */
const ABOUT = new Set([
  'age',
  'at',
  'count',
  'counts',
  'enabled',
  'expiry',
  'expires',
  'expired',
  'expiration',
  'length',
  'limit',
  'name',
  'policy',
  'required',
  'size',
  'status',
  'total',
  'type',
  'ttl',
  'url',
  'uri',
  'used',
  'version',
]);

/** `accessKeyId`, `ACCESS_KEY_ID` and `access-key-id` are the same three words. */
function wordsOf(key: string): readonly string[] {
  return key
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}

/** In each of those words and ends: a long payload has thousands of keys, of which hardly any is taken apart. */
const HINT = /pass|pwd|secret|authorization|credential|cookie|token|key|string/i;

/** Whether what stands under a key is likely to be a secret. */
export function isSecretKey(key: string): boolean {
  if (!HINT.test(key)) return false;
  const words = wordsOf(key);
  const last = words.at(-1);
  if (last === undefined || ABOUT.has(last)) return false;
  return words.some((word) => WORDS.has(word)) || ENDS.some((end) => end.every((word, index) => words.at(index - end.length) === word));
}

export interface Masked {
  readonly value: unknown;
  /** Whether anything of it is hidden. */
  readonly isMasked: boolean;
}

/** A parsed value with all that stands under such keys hidden, also what is an object or a list; null hides nothing. */
export function maskSecrets(value: unknown): Masked {
  // Nearly all payloads hold none, and a long one is not built anew to find that out.
  if (!holdsSecret(value)) return { value, isMasked: false };
  const mask = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(mask);
    if (!isPlain(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, isSecret(key, one) ? MASK : mask(one)]));
  };
  return { value: mask(value), isMasked: true };
}

const isSecret = (key: string, value: unknown): boolean => value !== null && value !== '' && isSecretKey(key);

function holdsSecret(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(holdsSecret);
  return isPlain(part) && Object.keys(part).some((key) => isSecret(key, part[key]) || holdsSecret(part[key]));
}

/** Numbers that keep their digits are objects too, but none with keys that people wrote. */
const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

const KEY = /"((?:\\.|[^"\\])*)"(\s*:\s*)/g;

/** The same for JSON as text, of which the end may be missing. */
export function maskJson(text: string): string {
  let out = '';
  let reached = 0;
  for (const match of text.matchAll(KEY)) {
    if (match.index < reached || !isSecretKey(keyOf(match[1] ?? ''))) continue;
    const from = match.index + match[0].length;
    const to = endOfValue(text, from);
    const value = text.slice(from, to).trim();
    if (value === 'null' || value === '""') continue;
    out += `${text.slice(reached, from)}"${MASK}"`;
    reached = to;
  }
  return out + text.slice(reached);
}

/** Keys may be written with escapes, which must not hide what they say. */
function keyOf(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}

/** Where a value that begins here is over: at its comma, at what closes what holds it, or with the text. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (char === '{' || char === '[') depth += 1;
    if (depth === 0 && (char === ',' || char === '}' || char === ']')) return at;
    if (char === '}' || char === ']') depth -= 1;
  }
  return text.length;
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
