/** What may be written next in a list filter, from what stands before the cursor. */
import type { QueryAttribute } from './query-check.ts';
import { operatorsOf } from './query-check.ts';
import { COMPARISONS } from './query-parse.ts';
import type { QueryToken } from './query-tokens.ts';
import { queryTokens, quoteText } from './query-tokens.ts';
import { RUN_STATUSES } from './status.ts';

export interface QueryOption {
  readonly text: string;
  /** Beside it: a type, or what a value means. */
  readonly detail?: string;
  readonly kind: 'attribute' | 'operator' | 'value' | 'joint';
}

export interface QueryCompletion {
  /** What an option replaces, up to the cursor. */
  readonly from: number;
  readonly options: readonly QueryOption[];
}

export interface QueryKnowledge {
  readonly attributes: readonly QueryAttribute[];
  readonly types: readonly string[];
  readonly queues: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What the grammar expects, and of which attribute. */
type Expected =
  | { readonly what: 'attribute' }
  | { readonly what: 'operator'; readonly of: string }
  | { readonly what: 'value'; readonly of: string }
  | { readonly what: 'word'; readonly words: readonly string[] };

const JOINTS = ['AND', 'OR'];
const isWordChar = /[\w.-]/;

export function completeQuery(text: string, cursor: number, known: QueryKnowledge): QueryCompletion | undefined {
  const before = text.slice(0, cursor);
  const tokens = queryTokens(before);
  const last = tokens.at(-1);
  // The word under the cursor is what is being completed, so it is not looked at.
  const isPartial =
    last !== undefined && last.to === cursor && (last.kind === 'open' || last.kind === 'string' || isWordChar.test(before.at(-1) ?? ''));
  const read = isPartial ? tokens.slice(0, -1) : tokens;
  const expected = expectedAfter(read);
  if (expected === undefined) return undefined;
  // A string that is closed is done.
  if (isPartial && last.kind === 'string') return undefined;
  const from = isPartial ? last.from : cursor;
  const options = optionsFor(expected, known);
  const typed = isPartial ? last.text.toLowerCase() : '';
  const fitting = options.filter((one) => one.text.toLowerCase().replace(/^'/, '').includes(typed));
  return fitting.length === 0 ? undefined : { from, options: fitting };
}

const lower = (token: QueryToken | undefined): string =>
  token?.kind === 'name' || token?.kind === 'symbol' ? token.text.toLowerCase() : '';

/** Walks over whole conditions; undefined where nothing can be said. */
function expectedAfter(tokens: readonly QueryToken[]): Expected | undefined {
  let at = 0;
  let isAfterCondition = false;
  while (at < tokens.length) {
    const word = lower(tokens[at]);
    if (isAfterCondition) {
      if (word === 'and' || word === 'or' || word === '&&' || word === '||') isAfterCondition = false;
      else if (word !== ')') return undefined;
      at += 1;
    } else if (word === '(' || word === 'not') at += 1;
    else {
      const condition = conditionAt(tokens, at);
      if (condition === undefined || typeof condition !== 'number') return condition;
      at = condition;
      isAfterCondition = true;
    }
  }
  return isAfterCondition ? { what: 'word', words: JOINTS } : { what: 'attribute' };
}

/** Where the condition ends, or what is missing of it. */
function conditionAt(tokens: readonly QueryToken[], start: number): number | Expected | undefined {
  const field = tokens[start];
  if (field?.kind !== 'name') return undefined;
  const of = field.text;
  let at = start + 1;
  if (at >= tokens.length) return { what: 'operator', of };
  const verb = lower(tokens[at]);
  if (verb === 'is') {
    if (lower(tokens[at + 1]) === 'not') at += 1;
    else if (tokens[at + 1] === undefined) return { what: 'word', words: ['NULL', 'NOT NULL'] };
    return tokens[at + 1] === undefined ? { what: 'word', words: ['NULL'] } : at + 2;
  }
  if (verb === 'not') at += 1;
  const name = lower(tokens[at]);
  if (name === '') return tokens[at] === undefined ? { what: 'word', words: ['IN', 'BETWEEN', 'STARTS_WITH'] } : undefined;
  at += 1;
  if (name === 'in') return listAt(tokens, at, of);
  if (name === 'between') return spanAt(tokens, at, of);
  const isKnown = name === 'starts_with' || name === '<>' || COMPARISONS.some((one) => one === name);
  if (!isKnown) return undefined;
  return tokens[at] === undefined ? { what: 'value', of } : at + 1;
}

function listAt(tokens: readonly QueryToken[], start: number, of: string): number | Expected | undefined {
  if (tokens[start] === undefined) return { what: 'word', words: ['('] };
  for (let at = start + 1; ; at += 2) {
    if (tokens[at] === undefined) return { what: 'value', of };
    const sign = lower(tokens[at + 1]);
    if (tokens[at + 1] === undefined) return { what: 'word', words: [',', ')'] };
    if (sign === ')') return at + 2;
    if (sign !== ',') return undefined;
  }
}

function spanAt(tokens: readonly QueryToken[], start: number, of: string): number | Expected | undefined {
  if (tokens[start] === undefined) return { what: 'value', of };
  if (tokens[start + 1] === undefined) return { what: 'word', words: ['AND'] };
  if (lower(tokens[start + 1]) !== 'and') return undefined;
  return tokens[start + 2] === undefined ? { what: 'value', of } : start + 3;
}

function optionsFor(expected: Expected, known: QueryKnowledge): readonly QueryOption[] {
  switch (expected.what) {
    case 'attribute':
      return known.attributes.map(({ name, type }) => ({ text: name, detail: type, kind: 'attribute' }));
    case 'word':
      return expected.words.map((text) => ({ text, kind: 'joint' }));
    case 'operator': {
      const attribute = known.attributes.find(({ name }) => name === expected.of);
      const operators = (attribute && operatorsOf(attribute)) ?? [];
      return operators.map((one) => ({ text: one.toUpperCase(), detail: OPERATOR_WORDS[one] ?? '', kind: 'operator' }));
    }
    case 'value':
      return valuesOf(expected.of, known);
  }
}

const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'is not',
  '<': 'less, before',
  '<=': 'at most',
  '>': 'more, after',
  '>=': 'at least',
  in: 'is one of',
  'not in': 'is none of',
  between: 'from and to',
  'not between': 'outside of',
  starts_with: 'prefix',
  'not starts_with': 'another prefix',
  'is null': 'is not set',
  'is not null': 'is set',
};

const HOUR = 3_600_000;
const MOMENTS = [
  ['an hour ago', HOUR],
  ['a day ago', 24 * HOUR],
  ['a week ago', 168 * HOUR],
] as const;

function valuesOf(name: string, { attributes, types, queues, now }: QueryKnowledge): readonly QueryOption[] {
  const texts = (all: readonly string[]): readonly QueryOption[] => all.map((one) => ({ text: quoteText(one), kind: 'value' }));
  if (name === 'ExecutionStatus') return texts(RUN_STATUSES);
  if (name === 'WorkflowType') return texts(types);
  if (name === 'TaskQueue') return texts(queues);
  switch (attributes.find((one) => one.name === name)?.type) {
    case 'Bool':
      return ['true', 'false'].map((text) => ({ text, kind: 'value' }));
    case 'Datetime':
      return MOMENTS.map(([detail, ago]) => ({ text: quoteText(momentText(now() - ago)), detail, kind: 'value' }));
    default:
      return [];
  }
}

/** Whole seconds are enough for people. */
const momentText = (at: number): string => new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z');
