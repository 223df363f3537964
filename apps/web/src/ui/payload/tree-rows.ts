/** JSON as the rows of a tree: only what is open has rows, so a big value costs what is looked at. */
import { MASK } from '@tidemark/engine/api/model/secrets';
import { digitsOf } from '../../lib/exact-json.ts';

export interface TreeRow {
  /** From the root: `.items[3].sku`. */
  readonly path: string;
  readonly depth: number;
  readonly name: string;
  readonly value: unknown;
  /** How many parts it has; undefined for what has none. */
  readonly size?: number;
  readonly isArray: boolean;
}

const CHARS_MAX = 400;

export const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null && digitsOf(value) === undefined;

function partsOf(value: object): readonly (readonly [string, unknown])[] {
  return Array.isArray(value) ? value.map((one, index) => [String(index), one] as const) : Object.entries(value);
}

const pathOf = (parent: object, path: string, key: string): string => (Array.isArray(parent) ? `${path}[${key}]` : `${path}.${key}`);

const isNeverHidden = (): boolean => false;

/** The rows of everything that is open. What `isHidden` is one row that says so, whatever is in it. */
export function treeRows(
  root: unknown,
  isOpen: (path: string) => boolean,
  isHidden: (key: string, value: unknown) => boolean = isNeverHidden,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = ({ name, value, path, depth }: Pick<TreeRow, 'name' | 'value' | 'path' | 'depth'>) => {
    if (!isNode(value)) {
      rows.push({ path, depth, name, value, isArray: false });
      return;
    }
    const parts = partsOf(value);
    rows.push({ path, depth, name, value, size: parts.length, isArray: Array.isArray(value) });
    if (!isOpen(path)) return;
    for (const [key, part] of parts) {
      const shown = !Array.isArray(value) && isHidden(key, part) ? MASK : part;
      add({ name: key, value: shown, path: pathOf(value, path, key), depth: depth + 1 });
    }
  };
  add({ name: '', value: root, path: '', depth: 0 });
  return rows;
}

/** Level by level, as long as the rows stay few: enough to see the shape of a value. */
export function openAtFirst(root: unknown, rowsMax: number): Set<string> {
  const open = new Set<string>();
  let level: { readonly value: object; readonly path: string }[] = isNode(root) ? [{ value: root, path: '' }] : [];
  let rows = 1;
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { value, path } of level) {
      const parts = partsOf(value);
      // The root is opened whatever its size: only what is on the screen is drawn.
      if (path !== '' && rows + parts.length > rowsMax) continue;
      open.add(path);
      rows += parts.length;
      for (const [key, part] of parts) if (isNode(part)) next.push({ value: part, path: pathOf(value, path, key) });
    }
    level = rows > rowsMax ? [] : next;
  }
  return open;
}

/** A leaf as JSON writes it, cut where it is long; the text shows it whole. */
export function leafText(value: unknown): string {
  const digits = digitsOf(value);
  if (digits !== undefined) return digits;
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX - 1)}…` : text;
}
