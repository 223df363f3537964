/** The list-filter language: a subset of SQL's WHERE. Names and types are settled here, so that nothing unknown gets any further. */
import type { ComparisonOperator, Filter, FilterField, FilterValue, SystemField } from './filter.ts';
import type { AttributeScope, AttributeType } from './search-attributes.ts';
import { attributeTypeOf, systemAttributeTypes } from './search-attributes.ts';
import type { Token } from './tokens.ts';
import { QueryFault, syntaxError, tokenize } from './tokens.ts';
import { toFilterValue } from './values.ts';

export interface Query {
  /** Absent when everything is asked for. */
  readonly filter: Filter | undefined;
  /** The only field that may be grouped by. */
  readonly groupBy: 'ExecutionStatus' | undefined;
}

/** Throws a QueryFault that names the place and what was found there. */
export function parseQuery(text: string, scope: AttributeScope): Query {
  return new Parser(tokenize(text), { scope, text }).query();
}

interface Source {
  readonly scope: AttributeScope;
  readonly text: string;
}

const operators: ReadonlySet<string> = new Set(['=', '!=', '<>', '<', '<=', '>', '>=']);
const DEPTH_MAX = 100;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly source: Source,
  ) {}

  query(): Query {
    const filter =
      this.peek().kind === 'end' || this.isWord('group') || this.isWord('order') || this.isWord('limit') ? undefined : this.or();
    const groupBy = this.takeWord('group') ? this.group() : undefined;
    if (this.isWord('order')) throw new QueryFault("operation is not supported: 'ORDER BY' clause", this.peek().position);
    if (this.isWord('limit')) throw new QueryFault("operation is not supported: 'LIMIT' clause", this.peek().position);
    if (this.peek().kind !== 'end') throw this.unexpected();
    return { filter, groupBy };
  }

  private group(): 'ExecutionStatus' {
    if (!this.takeWord('by')) throw this.unexpected();
    const name = this.next();
    if (name.kind !== 'name') throw syntaxError(name.position, name.text);
    if (this.isSymbol(','))
      throw new QueryFault("operation is not supported: 'GROUP BY' clause supports only a single field", name.position);
    if (name.text !== 'ExecutionStatus') {
      throw new QueryFault("operation is not supported: 'GROUP BY' clause is only supported for ExecutionStatus", name.position);
    }
    return 'ExecutionStatus';
  }

  private or(): Filter {
    const operands = [this.and()];
    while (this.takeWord('or') || this.takeSymbol('||')) operands.push(this.and());
    return single(operands, 'or');
  }

  private and(): Filter {
    const operands = [this.not()];
    while (this.takeWord('and') || this.takeSymbol('&&')) operands.push(this.not());
    return single(operands, 'and');
  }

  private not(): Filter {
    this.depth += 1;
    if (this.depth > DEPTH_MAX) throw new QueryFault(`invalid expression: nested deeper than ${DEPTH_MAX}`, this.peek().position);
    const filter = this.takeWord('not') ? ({ kind: 'not', operand: this.not() } as const) : this.primary();
    this.depth -= 1;
    return filter;
  }

  private primary(): Filter {
    if (this.takeSymbol('(')) {
      const filter = this.or();
      if (!this.takeSymbol(')')) throw this.unexpected();
      return filter;
    }
    return this.condition();
  }

  private condition(): Filter {
    const name = this.next();
    if (name.kind !== 'name')
      throw name.kind === 'end'
        ? syntaxError(name.position, '')
        : new QueryFault('invalid expression: a name must stand on the left of a comparison', name.position);
    if (this.peek().kind === 'end') throw new QueryFault('invalid expression: incomplete expression', name.position);
    const { field, type } = this.resolve(name);
    if (this.takeWord('is')) return this.isNull(field);
    const negated = this.takeWord('not');
    if (this.takeWord('between')) return this.between({ field, type, negated });
    if (this.takeWord('in')) return this.in({ field, type, negated });
    if (this.takeWord('starts_with')) return this.startsWith({ field, type, negated });
    const operator = this.next();
    if (negated || operator.kind !== 'symbol' || !operators.has(operator.text)) throw this.badOperator(name, operator);
    return this.comparison({ field, type, negated: false }, operator);
  }

  private resolve(name: Token): { readonly field: FilterField; readonly type: AttributeType } {
    if (Object.hasOwn(systemAttributeTypes, name.text)) {
      const system = name.text as SystemField;
      return { field: { kind: 'system', name: system }, type: systemAttributeTypes[system] };
    }
    const type = attributeTypeOf(name.text, this.source.scope);
    if (type === undefined)
      throw new QueryFault(`invalid expression: column name '${name.text}' is not a valid search attribute`, name.position);
    return { field: { kind: 'attribute', name: name.text, type }, type };
  }

  private isNull(field: FilterField): Filter {
    const negated = this.takeWord('not');
    if (!this.takeWord('null')) throw this.unexpected();
    return { kind: 'isNull', field, negated };
  }

  private between({ field, type, negated }: Term): Filter {
    if (type === 'Bool' || type === 'KeywordList' || type === 'Text') throw this.refusedOperator('between', { field, type });
    const low = this.value({ field, type });
    if (!this.takeWord('and')) throw this.unexpected();
    return { kind: 'between', field, low, high: this.value({ field, type }), negated };
  }

  private in({ field, type, negated }: Term): Filter {
    if (type === 'Text') throw this.refusedOperator('in', { field, type });
    if (!this.takeSymbol('(')) throw this.unexpected();
    const values = [this.value({ field, type })];
    while (this.takeSymbol(',')) values.push(this.value({ field, type }));
    if (!this.takeSymbol(')')) throw this.unexpected();
    return { kind: 'in', field, values, negated };
  }

  private startsWith({ field, type, negated }: Term): Filter {
    if (type !== 'Keyword' || field.name === 'ExecutionStatus') throw this.refusedOperator('starts_with', { field, type });
    const prefix = this.next();
    if (prefix.kind !== 'string') throw new QueryFault("invalid expression: 'starts_with' takes a string in quotes", prefix.position);
    return { kind: 'startsWith', field, prefix: prefix.text, negated };
  }

  private comparison({ field, type }: Term, token: Token): Filter {
    const operator = (token.text === '<>' ? '!=' : token.text) as ComparisonOperator;
    const isEquality = operator === '=' || operator === '!=';
    if (!isEquality && (type === 'KeywordList' || type === 'Text')) throw this.refusedOperator(operator, { field, type });
    return { kind: 'compare', field, operator, value: this.value({ field, type }) };
  }

  private value({ field, type }: Pick<Term, 'field' | 'type'>): FilterValue {
    const token = this.next();
    const isLiteral = token.kind === 'string' || token.kind === 'number' || /^(true|false)$/i.test(token.text);
    if (token.kind === 'name' && !isLiteral) {
      const reason = `operation is not supported: column name on the right side of comparison expression (did you forget to quote '${token.text}'?)`;
      throw new QueryFault(reason, token.position);
    }
    if (!isLiteral) throw syntaxError(token.position, token.text);
    return toFilterValue(token, { name: field.name, type });
  }

  private refusedOperator(operator: string, { field, type }: Pick<Term, 'field' | 'type'>): QueryFault {
    return new QueryFault(
      `invalid expression: operator '${operator}' not supported for ${type} type search attribute '${field.name}'`,
      this.peek().position,
    );
  }

  private badOperator(name: Token, operator: Token): QueryFault {
    if (operator.kind === 'end') return new QueryFault('invalid expression: incomplete expression', name.position);
    const word = operator.text.toLowerCase();
    const value = this.peek();
    const clause = [name.text, word, value.kind === 'string' ? `'${value.text}'` : value.text].join(' ').trim();
    return new QueryFault(`invalid expression: invalid operator '${word}' in \`${clause}\``, operator.position);
  }

  private unexpected(): QueryFault {
    const { position, text } = this.peek();
    return syntaxError(position, text);
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '', position: this.source.text.length + 1 };
  }

  private next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  private isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text.toLowerCase() === word;
  }

  private takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.at += 1;
    return true;
  }

  private isSymbol(symbol: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.text === symbol;
  }

  private takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.at += 1;
    return true;
  }
}

interface Term {
  readonly field: FilterField;
  readonly type: AttributeType;
  readonly negated: boolean;
}

function single(operands: readonly Filter[], kind: 'and' | 'or'): Filter {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind, operands };
}
