/** Between the chips of the list and one text: what chips can say is edited as chips, everything else stays a text as it was written. */
import type { QueryCondition, QueryNode } from './query-parse.ts';
import { parseListQuery } from './query-parse.ts';
import type { QueryToken } from './query-tokens.ts';
import { quoteText } from './query-tokens.ts';
import type { RunStatus } from './status.ts';
import { isRunStatus } from './status.ts';

export interface QueryChips {
  readonly status: readonly RunStatus[];
  readonly type: string;
  readonly queue: string;
  /** Milliseconds since the epoch, both included. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface ChipsAndText {
  readonly chips: QueryChips;
  /** What no chip says. */
  readonly rest: string;
}

export const noChips: QueryChips = { status: [], type: '', queue: '', from: null, to: null };

/** One text that means the same. */
export function textOfChips({ chips, rest }: ChipsAndText): string {
  const { status, type, queue, from, to } = chips;
  const parts = [
    ...(status.length === 0
      ? []
      : [
          status.length === 1
            ? `ExecutionStatus = ${status.map(quoteText).join('')}`
            : `ExecutionStatus IN (${status.map(quoteText).join(', ')})`,
        ]),
    ...(type === '' ? [] : [`WorkflowType = ${quoteText(type)}`]),
    ...(queue === '' ? [] : [`TaskQueue = ${quoteText(queue)}`]),
    ...(from === null ? [] : [`StartTime >= ${quoteText(new Date(from).toISOString())}`]),
    ...(to === null ? [] : [`StartTime <= ${quoteText(new Date(to).toISOString())}`]),
  ];
  if (rest.trim() === '') return parts.join(' AND ');
  return [...parts, parts.length > 0 && isOpenEnded(rest) ? `(${rest})` : rest].join(' AND ');
}

/** A text that cannot be read is kept whole. */
export function chipsOfText(text: string): ChipsAndText {
  const { node } = parseListQuery(text);
  if (node === undefined) return { chips: noChips, rest: text.trim() };
  let chips = noChips;
  const rest: QueryNode[] = [];
  for (const part of conjunctsOf(node)) {
    const taken = part.kind === 'condition' ? withCondition(chips, part) : undefined;
    if (taken === undefined) rest.push(part);
    else chips = taken;
  }
  return { chips, rest: rest.map((part) => text.slice(part.from, part.to)).join(' AND ') };
}

/** Brackets around an AND change nothing, so what is in them counts too. */
export const conjunctsOf = (node: QueryNode): readonly QueryNode[] => (node.kind === 'and' ? node.operands.flatMap(conjunctsOf) : [node]);

/** An OR without brackets of its own. */
export const isBareOr = (node: QueryNode | undefined): boolean => node?.kind === 'or' && node.from === node.operands[0]?.from;

/** What cannot be read may hold anything. */
function isOpenEnded(text: string): boolean {
  const { node, fault } = parseListQuery(text);
  return fault !== undefined || isBareOr(node);
}

/** The chips with one condition more; undefined when no chip says it, or when the chip says something already. */
function withCondition(chips: QueryChips, { field, operator, values }: QueryCondition): QueryChips | undefined {
  const [first, second] = values;
  switch (field.text) {
    case 'WorkflowType':
      return chips.type === '' && operator === '=' ? withText(chips, 'type', first) : undefined;
    case 'TaskQueue':
      return chips.queue === '' && operator === '=' ? withText(chips, 'queue', first) : undefined;
    case 'ExecutionStatus': {
      const names = values.map(({ text }) => text).filter(isRunStatus);
      const isTaken = chips.status.length > 0 || (operator !== '=' && operator !== 'in') || names.length < values.length;
      return isTaken ? undefined : { ...chips, status: [...new Set(names)] };
    }
    case 'StartTime': {
      if (operator === '>=' && chips.from === null) return withMoment(chips, 'from', first);
      if (operator === '<=' && chips.to === null) return withMoment(chips, 'to', first);
      if (operator !== 'between' || chips.from !== null || chips.to !== null) return undefined;
      const begun = withMoment(chips, 'from', first);
      return begun && withMoment(begun, 'to', second);
    }
    default:
      return undefined;
  }
}

const TEXT_MAX = 255;

function withText(chips: QueryChips, chip: 'type' | 'queue', value: QueryToken | undefined): QueryChips | undefined {
  if (value?.kind !== 'string' || value.text === '' || value.text.length > TEXT_MAX) return undefined;
  return { ...chips, [chip]: value.text };
}

/** Chips count milliseconds, so that nothing finer may be lost. */
const MILLIS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

function withMoment(chips: QueryChips, chip: 'from' | 'to', value: QueryToken | undefined): QueryChips | undefined {
  const at = value?.kind === 'string' && MILLIS.test(value.text) ? Date.parse(value.text) : Number.NaN;
  return Number.isNaN(at) ? undefined : { ...chips, [chip]: at };
}
