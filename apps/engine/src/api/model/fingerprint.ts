/** Which failures are one and the same error: by type, by what does not vary in the message, and by where it was thrown. */
import { frameKey, topFrame } from './stack-frame.ts';

export interface FailureChain {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: FailureChain;
}

export interface Fingerprint {
  /** 16 hexadecimal digits; stands in addresses. */
  readonly id: string;
  readonly type: string;
  /** The message with `#` for numbers and `…` for what else varies. */
  readonly template: string;
}

/** The innermost failure: what the author's own code said. */
export function rootOf(failure: FailureChain): FailureChain {
  let found = failure;
  while (found.cause !== undefined) found = found.cause;
  return found;
}

/** `where` is the activity or the workflow; it tells errors apart that have no stack of their author, such as timeouts. */
export function fingerprintOf(failure: FailureChain, where: string): Fingerprint {
  const root = rootOf(failure);
  const template = templateOf(root.message);
  const frame = topFrame(root.stack);
  const place = frame === undefined ? `in ${where}` : `at ${frameKey(frame)}`;
  return { id: hash(`${root.type}\n${template}\n${place}`), type: root.type, template };
}

const CHARS_MAX = 300;
const VARIES = '…';
/** In their order: each takes what the ones before left. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, VARIES],
  [/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?/g, VARIES],
  [/"(?:[^"\\]|\\.)*"|`[^`]*`|“[^”]*”|‘[^’]*’|(?<!\w)'(?:[^'\\]|\\.)*'(?!\w)/g, `“${VARIES}”`],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, VARIES],
  [/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b|\[[0-9a-f:]{3,}\](:\d+)?/gi, VARIES],
  [/\b0x[0-9a-f]+\b/gi, VARIES],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, VARIES],
  [/\?[\w.%~-]+=[^\s)]*/g, `?${VARIES}`],
];
/** Versions and codes are part of what an error is. */
const IS_NAME = /^(v\d{1,3}|[A-Z]{1,8}\d{1,6}|[a-z]+(?:8|16|32|64|256|512)|utf-8|http\/?[123])$/i;
const CODE_BEFORE = /\b(?:status|code|http|errno|error|sqlstate)(?:\s+code)?\s*[:=#]?\s*$/i;
const STATUS = /^[1-5]\d\d$/;

/** What is left of a message once everything is taken out that is another one each time. */
export function templateOf(message: string): string {
  const line = message.trim().split('\n', 1)[0] ?? '';
  const cut = RULES.reduce((text, [pattern, mark]) => text.replace(pattern, mark), line.slice(0, CHARS_MAX * 2));
  const replaced = cut.replace(WORD, (word: string, at: number) => (/\d/.test(word) ? wordOf(word, cut, at) : word));
  return replaced.replace(/#(?:[ \u00a0,.]#)+/g, '#').slice(0, CHARS_MAX);
}

const WORD = /[\p{L}\d_](?:[\p{L}\d_-]*[\p{L}\d_])?/gu;

function wordOf(word: string, text: string, at: number): string {
  if (/^\d{3}$/.test(word) && STATUS.test(word) && (at === 0 || CODE_BEFORE.test(text.slice(0, at)))) return word;
  const number = /^\d+(\p{L}{0,3})$/u.exec(word);
  if (number) return `#${number[1] ?? ''}`;
  return IS_NAME.test(word) ? word : VARIES;
}

/** FNV-1a, twice with different beginnings: enough to tell apart what one page shows. */
function hash(text: string): string {
  return [0x811c9dc5, 0x9747b28c]
    .map((seed) => {
      let value = seed;
      for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
      return (value >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
