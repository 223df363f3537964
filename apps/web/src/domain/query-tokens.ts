/** The words of a list filter, each with its place; whatever is typed has tokens, so that a half-written filter can be helped with. */

export interface QueryToken {
  /** `open`: a quote that is not closed. `bad`: a sign that no filter has. */
  readonly kind: 'name' | 'string' | 'number' | 'symbol' | 'open' | 'bad';
  /** Of a string what it holds, else what is written. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const SPACE = /^\s+/;
const PLAIN = [
  ['number', /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(?![\w.])/],
  ['name', /^[A-Za-z_][\w.-]*/],
  ['symbol', /^(<=|>=|!=|<>|=|<|>|\(|\)|,|&&|\|\|)/],
] as const;

export function queryTokens(query: string): readonly QueryToken[] {
  const tokens: QueryToken[] = [];
  for (let at = 0; at < query.length; ) {
    const rest = query.slice(at);
    const space = SPACE.exec(rest)?.[0].length ?? 0;
    if (space > 0) at += space;
    else {
      const token = first(rest, at);
      tokens.push(token);
      at = token.to;
    }
  }
  return tokens;
}

function first(rest: string, at: number): QueryToken {
  if (/^['"`]/.test(rest)) return quoted(rest, at);
  for (const [kind, pattern] of PLAIN) {
    const text = pattern.exec(rest)?.[0];
    if (text !== undefined) return { kind, text, from: at, to: at + text.length };
  }
  return { kind: 'bad', text: rest.charAt(0), from: at, to: at + 1 };
}

/** Single and double quotes hold strings, backticks names; a doubled quote or a backslash takes the next character as it is. */
function quoted(rest: string, at: number): QueryToken {
  const quote = rest.charAt(0);
  let text = '';
  for (let index = 1; index < rest.length; index += 1) {
    const char = rest.charAt(index);
    if ((char === '\\' && quote !== '`') || (char === quote && rest.charAt(index + 1) === quote)) {
      index += 1;
      text += rest.charAt(index);
    } else if (char === quote) return { kind: quote === '`' ? 'name' : 'string', text, from: at, to: at + index + 1 };
    else text += char;
  }
  return { kind: 'open', text, from: at, to: at + rest.length };
}

export const quoteText = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
