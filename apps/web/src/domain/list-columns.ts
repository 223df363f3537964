/** The columns of the list: which there are, which are shown, in what order and how wide. */
import { keysOf } from '../lib/keys-of.ts';
import { formatBytes } from '../lib/number.ts';

const KNOWN = {
  status: { label: 'Status', width: 136, isNumber: false },
  id: { label: 'Workflow ID', width: 240, isNumber: false },
  type: { label: 'Type', width: 200, isNumber: false },
  started: { label: 'Started', width: 124, isNumber: true },
  duration: { label: 'Duration', width: 84, isNumber: true },
  waiting: { label: 'Waiting on', width: 300, isNumber: false },
  queue: { label: 'Task queue', width: 170, isNumber: false },
  events: { label: 'Events', width: 84, isNumber: true },
  closed: { label: 'Closed', width: 124, isNumber: true },
  bytes: { label: 'History size', width: 100, isNumber: true },
  run: { label: 'Run ID', width: 200, isNumber: false },
  parent: { label: 'Parent', width: 180, isNumber: false },
} as const;

export type KnownColumn = keyof typeof KNOWN;
/** `attr:Region` shows a search attribute, `memo:note` a field of the memo, `memo:note.by` what stands inside it. */
export type FieldColumn = `attr:${string}` | `memo:${string}`;
/** `input:customer.id` shows what a run was given, `result:total` what it answered. */
export type ValueColumn = `input:${string}` | `result:${string}`;
export type ColumnId = KnownColumn | FieldColumn | ValueColumn;

export interface ListColumn {
  readonly id: ColumnId;
  readonly label: string;
  /** Pixels, before anybody drags. */
  readonly width: number;
  readonly isNumber: boolean;
}

export const KNOWN_COLUMNS = keysOf(KNOWN);
export const DEFAULT_COLUMNS: readonly ColumnId[] = ['status', 'id', 'type', 'started', 'duration', 'waiting', 'queue', 'events'];
const COLUMNS_MAX = 24;
const FIELD_PX = 150;
export const WIDTH = { min: 56, max: 800, step: 16 } as const;

/** Comes with the row. */
export const isField = (id: ColumnId): id is FieldColumn => /^(attr|memo):/.test(id);
/** Is read in the history of the run, for the rows on the screen alone. */
export const isValue = (id: ColumnId): id is ValueColumn => /^(input|result):/.test(id);
const isKnown = (id: string): id is KnownColumn => Object.hasOwn(KNOWN, id);
const isColumn = (id: string): id is ColumnId => isKnown(id) || /^(attr|memo|input|result):./.test(id);

export function columnOf(id: ColumnId): ListColumn {
  if (isKnown(id)) return { id, ...KNOWN[id] };
  return { id, label: id.slice(id.indexOf(':') + 1), width: FIELD_PX, isNumber: false };
}

const KINDS: Readonly<Record<string, string>> = { attr: 'search attribute', memo: 'memo', input: 'input', result: 'result' };

/** What a column is a part of, in words; undefined for what every run has. */
export const kindOf = (id: ColumnId): string | undefined => (isKnown(id) ? undefined : KINDS[id.slice(0, id.indexOf(':'))]);

/** From the address. What is not a column is left out; a list without an id could not be opened, so it is always there. */
export function readColumns(words: readonly string[]): readonly ColumnId[] {
  const ids = [...new Set(words)].filter(isColumn).slice(0, COLUMNS_MAX);
  if (ids.length === 0) return DEFAULT_COLUMNS;
  return ids.includes('id') ? ids : ['id', ...ids];
}

export const toggleColumn = (ids: readonly ColumnId[], id: ColumnId): readonly ColumnId[] =>
  readColumns(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);

/** One place towards the start (-1) or the end (1); at the edge it stays. */
export function moveColumn(ids: readonly ColumnId[], id: ColumnId, by: -1 | 1): readonly ColumnId[] {
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  const moved = ids.filter((one) => one !== id);
  moved.splice(to, 0, id);
  return moved;
}

export const isDefault = (ids: readonly ColumnId[]): boolean => ids.join() === DEFAULT_COLUMNS.join();
export const fitWidth = (width: number): number => Math.round(Math.min(WIDTH.max, Math.max(WIDTH.min, width)));

/** What is said of a run even where there is room for nothing else. */
const ALWAYS: ReadonlySet<ColumnId> = new Set(['status', 'id']);

/** As many of the first columns as have room beside each other; the id and the status are always among them. Pixels. */
export function columnsWithin(ids: readonly ColumnId[], widthOf: (id: ColumnId) => number, room: number): readonly ColumnId[] {
  let left = room - ids.filter((id) => ALWAYS.has(id)).reduce((sum, id) => sum + widthOf(id), 0);
  const others = ids.filter((id) => !ALWAYS.has(id));
  const end = others.findIndex((id) => (left -= widthOf(id)) < 0);
  const dropped = new Set(end < 0 ? [] : others.slice(end));
  return ids.filter((id) => !dropped.has(id));
}

/** What stands for a payload that the api could not read. */
const isOpaque = (value: unknown): value is { readonly $payload: string; readonly bytes: number } =>
  typeof value === 'object' && value !== null && '$payload' in value && 'bytes' in value && typeof value.bytes === 'number';

/** One line for a cell; texts stand bare, everything else as JSON. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (isOpaque(value)) return `${value.$payload}, ${formatBytes(value.bytes)}`;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  return JSON.stringify(value);
}
