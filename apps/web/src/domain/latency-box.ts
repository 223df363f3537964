/** From a box of the picture of durations to words, and to conditions that list exactly its runs. Milliseconds throughout. */
import type { LatencyCell, LatencyGrid } from '@tidemark/engine/api/model/latency-grid';
import { conjunctsOf, isBareOr } from './query-chips.ts';
import type { QueryNode } from './query-parse.ts';
import { parseListQuery } from './query-parse.ts';
import { quoteText } from './query-tokens.ts';

export type { LatencyGrid };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const COLUMNS = 48;

export interface CellPlace {
  readonly column: number;
  readonly row: number;
}

/** Two of its corners, whichever. */
export interface CellBox {
  readonly anchor: CellPlace;
  readonly at: CellPlace;
}

export type CellEdges = Pick<LatencyGrid, 'from' | 'width' | 'columns' | 'edges'>;

export interface BoxFacts {
  /** Times of closing; the first is in the box, the last is not. */
  readonly from: number;
  readonly to: number;
  /** Durations; the first is in the box, the last is not. */
  readonly shortest: number;
  readonly longest: number;
  readonly runs: number;
  readonly bad: number;
  readonly exemplars: LatencyCell['exemplars'];
}

/** Corners as the lowest and the highest place. */
export const cornersOf = ({ anchor, at }: CellBox) => ({
  left: Math.min(anchor.column, at.column),
  right: Math.max(anchor.column, at.column),
  low: Math.min(anchor.row, at.row),
  high: Math.max(anchor.row, at.row),
});

/** Inside the picture. */
export function clampPlace({ columns, edges }: CellEdges, { column, row }: CellPlace): CellPlace {
  return { column: Math.max(0, Math.min(columns - 1, column)), row: Math.max(0, Math.min(edges.length - 2, row)) };
}

export function boxFacts(grid: CellEdges & Pick<LatencyGrid, 'cells'>, box: CellBox): BoxFacts {
  const { left, right, low, high } = cornersOf(box);
  const within = grid.cells.filter(({ column, row }) => column >= left && column <= right && row >= low && row <= high);
  return {
    from: grid.from + left * grid.width,
    to: grid.from + (right + 1) * grid.width,
    shortest: grid.edges[low] ?? 0,
    longest: grid.edges[high + 1] ?? 0,
    runs: within.reduce((sum, { runs }) => sum + runs, 0),
    bad: within.reduce((sum, { bad }) => sum + bad, 0),
    exemplars: within.flatMap(({ exemplars }) => exemplars).slice(0, 3),
  };
}

const UNITS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [1_000, 's'],
] as const;

/** The edges of rows are whole in their unit. */
function split(ms: number): readonly [count: number, unit: string] {
  const [size, unit] = UNITS.find(([one]) => ms >= one && ms % one === 0) ?? [1, 'ms'];
  return [ms / size, unit];
}

/** An edge on its axis: `512 ms`, `4 s`, `2 min`. */
export const edgeWords = (ms: number): string => (ms === 0 ? '0' : split(ms).join(' '));

/** `4–8 s`, `32 s–1 min`, `under 1 ms`. */
export function spanWords(shortest: number, longest: number): string {
  if (shortest === 0) return `under ${edgeWords(longest)}`;
  const [low, lowUnit] = split(shortest);
  const [high, highUnit] = split(longest);
  return lowUnit === highUnit ? `${low}–${high} ${highUnit}` : `${low} ${lowUnit}–${high} ${highUnit}`;
}

/** As every server of the protocol reads a duration: it knows no days. */
function durationText(ms: number): string {
  if (ms >= HOUR && ms % HOUR === 0) return `${ms / HOUR}h`;
  if (ms >= MINUTE && ms % MINUTE === 0) return `${ms / MINUTE}m`;
  return ms >= 1_000 && ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

/** The list's text with the box in it. A box that was there before gives way: it is what this one was drawn in. */
export function queryOfBox(text: string, { from, to, shortest, longest }: BoxFacts): string {
  const moment = (ms: number) => quoteText(new Date(ms).toISOString());
  const rest = withoutBox(text);
  return [
    ...(rest === '' ? [] : [rest]),
    `CloseTime >= ${moment(from)}`,
    `CloseTime < ${moment(to)}`,
    ...(shortest === 0 ? [] : [`ExecutionDuration >= ${quoteText(durationText(shortest))}`]),
    `ExecutionDuration < ${quoteText(durationText(longest))}`,
  ].join(' AND ');
}

const isOfBox = (node: QueryNode): boolean =>
  node.kind === 'condition' && (node.field.text === 'CloseTime' || node.field.text === 'ExecutionDuration');

/** What else the text asks for, fit to be joined by AND. A text that cannot be read stays as it is. */
export function withoutBox(text: string): string {
  const { node } = parseListQuery(text);
  if (node === undefined) return text.trim();
  return conjunctsOf(node)
    .filter((part) => !isOfBox(part))
    .map((part) => (isBareOr(part) ? `(${text.slice(part.from, part.to)})` : text.slice(part.from, part.to)))
    .join(' AND ');
}

export function hasBox(text: string): boolean {
  const { node } = parseListQuery(text);
  return node !== undefined && conjunctsOf(node).some(isOfBox);
}

interface Filter {
  readonly query: string;
  readonly startedFrom?: number;
  readonly startedTo?: number;
}

/** The times of closing to look at: those the text names, else since the first start that is asked for, else the last day; to the end of a minute. */
export function latencySpan({ query, startedFrom }: Filter, now: number): { from: number; to: number; columns: number } {
  const named = closeBounds(query);
  const to = named.to ?? (Math.floor(now / MINUTE) + 1) * MINUTE;
  const from = named.from ?? startedFrom ?? to - DAY;
  return { from: Math.min(from, to - COLUMNS), to, columns: COLUMNS };
}

function closeBounds(text: string): { readonly from: number | undefined; readonly to: number | undefined } {
  const { node } = parseListQuery(text);
  const bounds = (node === undefined ? [] : conjunctsOf(node)).flatMap((part) => {
    const at = part.kind === 'condition' && part.field.text === 'CloseTime' ? Date.parse(part.values[0]?.text ?? '') : Number.NaN;
    return part.kind === 'condition' && !Number.isNaN(at) ? [{ operator: part.operator, at }] : [];
  });
  return {
    from: bounds.find(({ operator }) => operator === '>=' || operator === '>')?.at,
    to: bounds.find(({ operator }) => operator === '<' || operator === '<=')?.at,
  };
}
