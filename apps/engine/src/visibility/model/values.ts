/** The values of a filter, in the types they are compared in. */
import { api } from '@tidemark/protocol/api';
import type { FilterValue } from './filter.ts';
import { instantOf } from './rfc3339.ts';
import type { AttributeType } from './search-attributes.ts';
import type { Token } from './tokens.ts';
import { QueryFault } from './tokens.ts';
import { wordsOf } from './words.ts';

const statuses = api.enums.v1.WorkflowExecutionStatus as unknown as Readonly<Record<string, number>>;
const statusByName = new Map<string, number>();
for (const [name, number] of Object.entries(statuses)) {
  if (typeof number !== 'number' || number === 0) continue;
  const short = name
    .replace('WORKFLOW_EXECUTION_STATUS_', '')
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_match, _bar, letter: string) => letter.toUpperCase());
  statusByName.set(name, number).set(short, number);
}

const NANOS_PER_MS = 1e6;
const WHOLE = /^[+-]?\d+$/;
const DURATION = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h|d))+)$/;

export interface Column {
  readonly name: string;
  readonly type: AttributeType;
}

export function toFilterValue(token: Token, column: Column): FilterValue {
  if (column.name === 'ExecutionStatus') return statusOf(token);
  if (column.name === 'ExecutionDuration') return durationOf(token);
  switch (column.type) {
    case 'Keyword':
      return token.text;
    case 'KeywordList':
      return stringOf(token);
    case 'Text':
      stringOf(token);
      if (wordsOf(token.text).length === 0) throw wrong(token, column);
      return token.text;
    case 'Bool':
      return truthOf(token, column);
    case 'Int':
    case 'Double':
      return numberOf(token, column);
    case 'Datetime':
      return timeOf(token);
  }
}

function statusOf(token: Token): number {
  const status = token.kind === 'number' ? Number(token.text) : statusByName.get(token.text);
  if (status === undefined || ![...statusByName.values()].includes(status)) {
    throw new QueryFault(`invalid expression: invalid ExecutionStatus value '${token.text}'`, token.position);
  }
  return status;
}

/** As a word, or as 1 and 0. In quotes it is a string, which no boolean equals. */
function truthOf(token: Token, column: Column): FilterValue {
  if (token.kind === 'string') return token.text;
  if (token.kind === 'name') return token.text.toLowerCase() === 'true';
  if (token.text !== '0' && token.text !== '1') throw wrong(token, column);
  return token.text === '1';
}

function numberOf(token: Token, column: Column): number {
  const number = Number(token.text);
  if (token.text.trim() === '' || !Number.isFinite(number)) throw wrong(token, column);
  return number;
}

/** Where numbers and truths do not stand for their text. */
function stringOf({ kind, text, position }: Token): string {
  if (kind !== 'string') throw new QueryFault(`invalid expression: unexpected value type (expected string, got ${text})`, position);
  return text;
}

/** A time with its zone, or whole nanoseconds since the epoch. */
function timeOf({ kind, text, position }: Token): number {
  const at = kind === 'number' && WHOLE.test(text) ? Number(text) / NANOS_PER_MS : instantOf(text);
  if (at === undefined) throw new QueryFault(`invalid expression: unable to parse datetime '${text}'`, position);
  return at;
}

const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9, d: 86_400e9 };

/** Nanoseconds: as a number, as `1h30m`, or as `hh:mm:ss`. */
function durationOf(token: Token): number {
  if (WHOLE.test(token.text)) return Number(token.text);
  const clock = /^(\d+):([0-5]\d):([0-5]\d)$/.exec(token.text);
  if (clock !== null) return (Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3])) * 1e9;
  const [, sign, parts] = DURATION.exec(token.text) ?? [];
  if (parts === undefined) {
    throw new QueryFault(`invalid expression: invalid value for ExecutionDuration: '${token.text}'`, token.position);
  }
  let total = 0;
  for (const [, amount, unit] of parts.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h|d)/g)) total += Number(amount) * (units[unit ?? ''] ?? 0);
  return sign === '-' ? -total : total;
}

const wrong = (token: Token, { name, type }: Column): QueryFault =>
  new QueryFault(`invalid expression: invalid value '${token.text}' for search attribute '${name}' of type ${type}`, token.position);
