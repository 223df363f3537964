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

/** Whether a secret need not be hidden from this reader any more; it is given in the form of `secretsIn`. */
export type IsKnown = (secret: string) => boolean;
const isNeverKnown: IsKnown = () => false;

/** A parsed value with all that stands under such keys hidden, also what is an object or a list, and in texts that hold JSON. */
export function maskSecrets(value: unknown, isKnown: IsKnown = isNeverKnown): Masked {
  // Nearly all payloads hold none, and a long one is not built anew to find that out.
  if (!holdsSecret(value, isKnown)) return { value, isMasked: false };
  const mask = (part: unknown): unknown => {
    if (typeof part === 'string') return maskText(part, isKnown);
    if (Array.isArray(part)) return part.map(mask);
    if (!isPlain(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, isHidden(key, one, isKnown) ? MASK : mask(one)]));
  };
  return { value: mask(value), isMasked: true };
}

/** What stands at a path, as `card.token` or `keys[0].secret`: a key on the way there may call it a secret. */
export const maskAt = (path: string, value: unknown, isKnown: IsKnown = isNeverKnown): unknown =>
  value !== null && path.split(/[.[\]"]+/).some((key) => isHidden(key, value, isKnown)) ? MASK : maskSecrets(value, isKnown).value;

/** The secrets of a value, each with the words of its key: who was shown them knows them wherever they stand. */
export function secretsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const isNoted: IsKnown = (secret) => {
    found.add(secret);
    return true;
  };
  holdsSecret(value, isNoted);
  return found;
}

/** Of one field, without a look at what stands below it. */
export const isHidden = (key: string, value: unknown, isKnown: IsKnown = isNeverKnown): boolean =>
  value !== null && value !== '' && value !== MASK && isSecretKey(key) && !isKnown(secretOf(key, value));

/** The same for a parsed value and for one out of a text, however either writes its key. */
const secretOf = (key: string, value: unknown): string => `${wordsOf(key).join(' ')} ${JSON.stringify(value, digitsAsText)}`;

/** Numbers that keep their digits are objects where they were read so; both kinds write themselves. */
const digitsAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'number' || (value instanceof Object && !Array.isArray(value) && !isPlain(value)) ? `${value as number}` : value;

/** What is asked of each secret that is found; it ends with the first that is not known. */
function holdsSecret(part: unknown, isKnown: IsKnown): boolean {
  if (typeof part === 'string') return maskText(part, isKnown) !== part;
  if (Array.isArray(part)) return part.some((one) => holdsSecret(one, isKnown));
  return isPlain(part) && Object.keys(part).some((key) => isHidden(key, part[key], isKnown) || holdsSecret(part[key], isKnown));
}

/** Numbers that keep their digits are objects too, but none with keys that people wrote. */
const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

/** A text is looked through where it may hold JSON with such a key; most hold no key at all. */
const maskText = (text: string, isKnown: IsKnown): string => (text.includes(':') ? maskJson(text, isKnown) : text);

/** The same for JSON as text, of which the end may be missing, and for what stands as JSON in other text. */
export function maskJson(text: string, isKnown: IsKnown = isNeverKnown): string {
  // Most texts have no such key anywhere. One that is written with escapes is seen when it is read.
  if (!HINT.test(text) && !text.includes('\\u')) return text;
  let out = '';
  let reached = 0;
  const replace = (from: number, to: number, by: string) => {
    out += text.slice(reached, from) + by;
    reached = to;
  };
  for (let at = text.indexOf('"'); at >= 0 && at < text.length; ) {
    const end = endOfString(text, at);
    const written = text.slice(at + 1, end);
    const colon = pastSpace(text, end + 1);
    if (text[colon] !== ':') {
      const masked = maskWritten(written, isKnown);
      if (masked !== written) replace(at + 1, end, masked);
      // In text that is no JSON, what ends here may be what begins here.
      at = end;
      if (text.indexOf('"', at + 1) < 0) break;
      continue;
    }
    const from = pastSpace(text, colon + 1);
    const key = HINT.test(written) || written.includes('\\') ? (plainOf(written) ?? written) : '';
    const to = isSecretKey(key) ? endOfValue(text, from) : from;
    const isSecret = to > from && isHidden(key, valueOf(text.slice(from, to).trim()), isKnown);
    if (isSecret) replace(from, to, `"${MASK}"`);
    at = text.indexOf('"', isSecret ? to : from);
  }
  return out + text.slice(reached);
}

/** JSON that stands in a string within JSON: a string as it is written, what it hides written the same way. */
function maskWritten(written: string, isKnown: IsKnown): string {
  if (!written.includes('\\')) return written;
  const plain = plainOf(written);
  if (plain === undefined) return written;
  const masked = maskText(plain, isKnown);
  return masked === plain ? written : JSON.stringify(masked).slice(1, -1);
}

/** The longest escape. */
const ESCAPE_CHARS = 6;

/** What a string says, as it is written between its quotes; its end may be missing, in the middle of an escape. */
function plainOf(written: string): string | undefined {
  const text = written.replaceAll(/[\n\r\t]/g, ' ');
  for (let less = 0; less < ESCAPE_CHARS && less <= text.length; less += 1) {
    try {
      return String(JSON.parse(`"${text.slice(0, text.length - less)}"`));
    } catch {
      // One sign less.
    }
  }
  return undefined;
}

function valueOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

function pastSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
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
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (first - 1 > from && text[first - 1] === '\\') first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}
