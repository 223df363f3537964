/** The words of a list filter, each with its place. */
export type Token =
  | { readonly kind: 'name' | 'string' | 'number' | 'symbol'; readonly text: string; readonly position: number }
  | { readonly kind: 'end'; readonly text: ''; readonly position: number };

/** A filter that cannot be read. `position` counts characters from 1. */
export class QueryFault extends Error {
  override readonly name = 'QueryFault';
  constructor(
    message: string,
    readonly position?: number,
  ) {
    super(message);
  }
}

const SYMBOL = /^(<=|>=|!=|<>|=|<|>|\(|\)|,|&&|\|\|)/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(?![\w.])/;
const NAME = /^[A-Za-z_][\w.-]*/;

export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const rest = query.slice(at);
    const space = /^\s+/.exec(rest);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const { token, length } = next(rest, at + 1);
    tokens.push(token);
    at += length;
  }
  tokens.push({ kind: 'end', text: '', position: query.length + 1 });
  return tokens;
}

function next(rest: string, position: number): { readonly token: Token; readonly length: number } {
  const first = rest.charAt(0);
  if (first === "'" || first === '"' || first === '`') return quoted(rest, position);
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['name', NAME],
    ['symbol', SYMBOL],
  ] as const) {
    const found = pattern.exec(rest);
    if (found !== null) return { token: { kind, text: found[0], position }, length: found[0].length };
  }
  throw syntaxError(position, first);
}

/** Both kinds of quotes hold strings; a doubled quote or a backslash takes the next character as it is. Backticks hold names. */
function quoted(rest: string, position: number): { readonly token: Token; readonly length: number } {
  const quote = rest.charAt(0);
  let text = '';
  for (let at = 1; at < rest.length; at += 1) {
    const char = rest.charAt(at);
    const isEscape = (char === '\\' && quote !== '`') || (char === quote && rest.charAt(at + 1) === quote);
    if (isEscape) {
      at += 1;
      text += rest.charAt(at);
    } else if (char === quote) {
      return { token: { kind: quote === '`' ? 'name' : 'string', text, position }, length: at + 1 };
    } else {
      text += char;
    }
  }
  throw syntaxError(position + rest.length, text);
}

export const syntaxError = (position: number, near: string): QueryFault =>
  new QueryFault(`malformed SQL query: syntax error at position ${position}${near === '' ? '' : ` near '${near}'`}`, position);
