/** What a list filter says wrongly, told before it is sent. The server has the last word: what is not known here is let through. */
import { RUN_STATUSES } from './status.ts';
import type { QueryCondition, QueryFault, QueryNode, QueryOperator } from './query-parse.ts';
import { parseListQuery } from './query-parse.ts';
import type { QueryToken } from './query-tokens.ts';

export interface QueryAttribute {
  readonly name: string;
  /** `Keyword`, `Text`, `KeywordList`, `Int`, `Double`, `Bool`, `Datetime`; others are let through. */
  readonly type: string;
}

const EQUAL = ['=', '!='] as const;
const ORDER = ['<', '<=', '>', '>='] as const;
const LIST = ['in', 'not in'] as const;
const NULLS = ['is null', 'is not null'] as const;
const BETWEEN = ['between', 'not between'] as const;
const PREFIX = ['starts_with', 'not starts_with'] as const;
const NUMBERS = [...EQUAL, ...ORDER, ...BETWEEN, ...LIST, ...NULLS];

const OPERATORS: Readonly<Record<string, readonly QueryOperator[]>> = {
  Keyword: [...EQUAL, ...PREFIX, ...LIST, ...ORDER, ...BETWEEN, ...NULLS],
  Text: [...EQUAL, ...NULLS],
  KeywordList: [...EQUAL, ...LIST, ...NULLS],
  Bool: [...EQUAL, ...LIST, ...NULLS],
  Int: NUMBERS,
  Double: NUMBERS,
  Datetime: NUMBERS,
};

/** Which operators an attribute may have, the usual ones first; undefined when its type is not known. */
export function operatorsOf({ name, type }: QueryAttribute): readonly QueryOperator[] | undefined {
  return name === 'ExecutionStatus' ? [...EQUAL, ...LIST, ...NULLS] : OPERATORS[type];
}

/** `attributes` are all that the server knows; empty when it does not say, and then no name is doubted. */
export function faultsOfQuery(text: string, attributes: readonly QueryAttribute[]): readonly QueryFault[] {
  const { node, fault } = parseListQuery(text);
  if (fault !== undefined) return [fault];
  return node === undefined ? [] : conditionsOf(node).flatMap((one) => faultOfCondition(one, attributes) ?? []);
}

export function conditionsOf(node: QueryNode): readonly QueryCondition[] {
  if (node.kind === 'condition') return [node];
  return node.kind === 'not' ? conditionsOf(node.operand) : node.operands.flatMap(conditionsOf);
}

function faultOfCondition(
  { field, operator, operatorAt, values }: QueryCondition,
  attributes: readonly QueryAttribute[],
): QueryFault | undefined {
  if (attributes.length === 0) return undefined;
  const attribute = attributes.find(({ name }) => name === field.text);
  if (attribute === undefined) return { from: field.from, to: field.to, message: unknownName(field.text, attributes) };
  const allowed = operatorsOf(attribute);
  if (allowed !== undefined && !allowed.includes(operator)) {
    const message = `${attribute.name} is a ${attribute.type}, which takes ${allowed.map((one) => one.toUpperCase()).join(' ')}.`;
    return { ...operatorAt, message };
  }
  for (const value of values) {
    const message = faultOfValue(attribute, operator, value);
    if (message !== undefined) return { from: value.from, to: value.to, message };
  }
  return undefined;
}

function unknownName(name: string, attributes: readonly QueryAttribute[]): string {
  const near = attributes
    .map((one) => ({ name: one.name, distance: editDistance(one.name.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const hint = near !== undefined && near.distance <= Math.max(2, name.length / 4) ? ` Did you mean ${near.name}?` : '';
  return `There is no attribute ${name} in this namespace.${hint}`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function faultOfValue({ name, type }: QueryAttribute, operator: QueryOperator, { kind, text }: QueryToken): string | undefined {
  if (name === 'ExecutionDuration') return undefined;
  if (operator.endsWith('starts_with')) return kind === 'string' ? undefined : 'STARTS_WITH takes a text in quotes.';
  if (name === 'ExecutionStatus')
    return kind === 'number' || RUN_STATUSES.some((one) => one === text)
      ? undefined
      : `There is no status ${text}; there are ${RUN_STATUSES.join(', ')}.`;
  switch (type) {
    case 'Int':
    case 'Double':
      return text.trim() !== '' && Number.isFinite(Number(text))
        ? undefined
        : `${name} is a number; ${text === '' ? 'this' : text} is none.`;
    case 'Bool':
      return /^(true|false)$/i.test(text) ? undefined : `${name} is true or false.`;
    case 'Datetime':
      return kind === 'number' || (ZONED.test(text) && !Number.isNaN(Date.parse(text)))
        ? undefined
        : `${name} is a moment with its zone: '2026-05-01T00:00:00Z'.`;
    case 'Text':
    case 'KeywordList':
      return kind === 'string' ? undefined : `${name} holds texts; they stand in quotes.`;
    default:
      return undefined;
  }
}

/**
 * Where in the text a server's own refusal points, as far as it says: the words it quotes, else all of it.
 * Positions are of the whole question, in which the text is the last part.
 */
export function placeOfRefusal(message: string, text: string): { readonly from: number; readonly to: number } {
  for (const [, quoted] of message.matchAll(/['"`“]([^'"`”]+)['"`”]/g)) {
    const from = quoted === undefined ? -1 : text.indexOf(quoted);
    if (quoted !== undefined && from >= 0) return { from, to: from + quoted.length };
  }
  return { from: 0, to: text.length };
}
