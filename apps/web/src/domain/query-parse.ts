/** A list filter as a tree, with the place of every part. It reads what servers of the protocol read; what a name or a value means is checked elsewhere. */
import type { QueryToken } from './query-tokens.ts';
import { queryTokens } from './query-tokens.ts';

export interface QueryFault {
  readonly from: number;
  readonly to: number;
  /** A sentence for people. */
  readonly message: string;
  /** The text only ends too early: whoever is writing will go on. */
  readonly isUnfinished?: boolean;
}

export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type QueryOperator =
  | Comparison
  | 'in'
  | 'not in'
  | 'between'
  | 'not between'
  | 'starts_with'
  | 'not starts_with'
  | 'is null'
  | 'is not null';

interface Placed {
  /** Brackets around it included. */
  readonly from: number;
  readonly to: number;
}

export interface QueryCondition extends Placed {
  readonly kind: 'condition';
  readonly field: QueryToken;
  readonly operator: QueryOperator;
  readonly operatorAt: Placed;
  readonly values: readonly QueryToken[];
}

export type QueryNode =
  | QueryCondition
  | (Placed & { readonly kind: 'and' | 'or'; readonly operands: readonly QueryNode[] })
  | (Placed & { readonly kind: 'not'; readonly operand: QueryNode });

export interface ParsedQuery {
  /** Absent when nothing is filtered, and when the text cannot be read. */
  readonly node: QueryNode | undefined;
  readonly fault: QueryFault | undefined;
}

const DEPTH_MAX = 100;

class Unreadable extends Error {
  constructor(readonly fault: QueryFault) {
    super(fault.message);
  }
}

export function parseListQuery(text: string): ParsedQuery {
  const tokens = queryTokens(text);
  if (tokens.length === 0) return { node: undefined, fault: undefined };
  try {
    return { node: new Reader(tokens, text.length).all(), fault: undefined };
  } catch (error) {
    if (error instanceof Unreadable) return { node: undefined, fault: error.fault };
    throw error;
  }
}

class Reader {
  #at = 0;
  #depth = 0;

  constructor(
    private readonly tokens: readonly QueryToken[],
    private readonly end: number,
  ) {}

  all(): QueryNode {
    const node = this.#or();
    const rest = this.#peek();
    if (rest !== undefined) throw this.#fault(this.#afterAll(rest), rest);
    return node;
  }

  #afterAll({ kind, text }: QueryToken): string {
    if (kind === 'symbol' && text === ')') return 'No bracket is open here.';
    if (kind === 'name' && /^(order|limit|group)$/i.test(text))
      return `${text.toUpperCase()} is no part of a filter: servers list runs in their own order.`;
    return 'AND or OR is missing before this.';
  }

  #or(): QueryNode {
    return this.#joined('or', '||', () => this.#joined('and', '&&', () => this.#not()));
  }

  #joined(kind: 'and' | 'or', sign: string, read: () => QueryNode): QueryNode {
    const first = read();
    const operands = [first];
    while (this.#takeWord(kind) || this.#takeSymbol(sign)) operands.push(read());
    const last = operands.at(-1) ?? first;
    return operands.length === 1 ? first : { kind, operands, from: first.from, to: last.to };
  }

  #not(): QueryNode {
    this.#depth += 1;
    const begin = this.#peek();
    if (this.#depth > DEPTH_MAX) throw this.#fault(`Nested deeper than ${DEPTH_MAX}.`, begin);
    let node: QueryNode;
    if (this.#takeWord('not')) {
      const operand = this.#not();
      node = { kind: 'not', operand, from: begin?.from ?? 0, to: operand.to };
    } else if (this.#takeSymbol('(')) {
      const inner = this.#or();
      const close = this.#peek();
      if (!this.#takeSymbol(')'))
        throw this.#fault(
          close === undefined ? 'A bracket is not closed.' : 'AND, OR or a closing bracket is missing before this.',
          close ?? begin,
        );
      node = { ...inner, from: begin?.from ?? 0, to: close?.to ?? this.end };
    } else node = this.#condition();
    this.#depth -= 1;
    return node;
  }

  #condition(): QueryNode {
    const field = this.#next('The name of an attribute is missing.');
    if (field.kind !== 'name') throw this.#fault(this.#noName(field), field);
    const begin = this.#next(`An operator is missing after ${field.text}.`);
    const { operator, to } = this.#operator(field, begin);
    const operatorAt = { from: begin.from, to };
    const values = this.#values(operator);
    return { kind: 'condition', field, operator, operatorAt, values, from: field.from, to: this.#lastEnd() };
  }

  #noName({ kind, text }: QueryToken): string {
    if (kind === 'open') return 'This quote is not closed.';
    return kind === 'string' || kind === 'number'
      ? 'The name of an attribute stands on the left of a comparison.'
      : `“${text}” cannot stand here; the name of an attribute is missing.`;
  }

  #operator(field: QueryToken, token: QueryToken): { readonly operator: QueryOperator; readonly to: number } {
    if (token.kind === 'symbol') {
      const sign = token.text === '<>' ? '!=' : token.text;
      const comparison = COMPARISONS.find((one) => one === sign);
      if (comparison !== undefined) return { operator: comparison, to: token.to };
    }
    const word = token.kind === 'name' ? token.text.toLowerCase() : '';
    if (word === 'is') {
      const isNot = this.#takeWord('not');
      if (!this.#takeWord('null')) throw this.#fault('IS is followed by NULL or NOT NULL.', this.#peek() ?? token);
      return { operator: isNot ? 'is not null' : 'is null', to: this.#lastEnd() };
    }
    const negated = word === 'not';
    const verb = negated ? this.#next('IN, BETWEEN or STARTS_WITH is missing after NOT.') : token;
    const name = verb.kind === 'name' ? verb.text.toLowerCase() : '';
    if (name === 'in' || name === 'between' || name === 'starts_with') return { operator: negated ? `not ${name}` : name, to: verb.to };
    throw this.#fault(
      name === 'like'
        ? 'There is no LIKE; STARTS_WITH finds a prefix.'
        : `“${verb.text}” is not an operator that may follow ${field.text}.`,
      verb,
    );
  }

  #values(operator: QueryOperator): readonly QueryToken[] {
    switch (operator) {
      case 'is null':
      case 'is not null':
        return [];
      case 'in':
      case 'not in': {
        if (!this.#takeSymbol('(')) throw this.#fault('IN is followed by values in brackets.', this.#peek());
        const values = [this.#value()];
        while (this.#takeSymbol(',')) values.push(this.#value());
        if (!this.#takeSymbol(')')) throw this.#fault('A comma or the closing bracket of IN is missing here.', this.#peek());
        return values;
      }
      case 'between':
      case 'not between': {
        const low = this.#value();
        if (!this.#takeWord('and')) throw this.#fault('BETWEEN takes two values with AND between them.', this.#peek());
        return [low, this.#value()];
      }
      default:
        return [this.#value()];
    }
  }

  #value(): QueryToken {
    const token = this.#next('A value is missing.');
    if (token.kind === 'string' || token.kind === 'number') return token;
    if (token.kind === 'open') throw this.#fault('This quote is not closed.', token);
    if (token.kind === 'name')
      return /^(true|false)$/i.test(token.text) ? token : this.#refuse(`Texts stand in quotes: '${token.text}'.`, token);
    return this.#refuse(`“${token.text}” is not a value.`, token);
  }

  #refuse(message: string, token: QueryToken): never {
    throw this.#fault(message, token);
  }

  /** At the end of the text the last word stands for what is missing after it. */
  #fault(message: string, token: QueryToken | undefined): Unreadable {
    const at = token ?? this.tokens.at(-1);
    const isUnfinished = token === undefined || token.kind === 'open';
    return new Unreadable({ from: at?.from ?? 0, to: at?.to ?? this.end, message, ...(isUnfinished ? { isUnfinished } : {}) });
  }

  #peek(): QueryToken | undefined {
    return this.tokens[this.#at];
  }

  #next(missing: string): QueryToken {
    const token = this.#peek();
    if (token === undefined) throw this.#fault(missing, undefined);
    this.#at += 1;
    return token;
  }

  #lastEnd(): number {
    return this.tokens[this.#at - 1]?.to ?? 0;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    const found = token?.kind === 'name' && token.text.toLowerCase() === word;
    if (found) this.#at += 1;
    return found;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    const found = token?.kind === 'symbol' && token.text === symbol;
    if (found) this.#at += 1;
    return found;
  }
}
