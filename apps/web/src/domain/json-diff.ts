/** What two values of JSON differ in, place by place. */
import { isSecretKey } from '@tidemark/engine/api/model/secrets';

export interface JsonChange {
  /** `items[2].price`; empty for the value itself. */
  readonly path: string;
  /** The last field on the way there; empty where there is none. */
  readonly key: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Undefined when it was added. */
  readonly before: unknown;
  /** Undefined when it was removed. */
  readonly after: unknown;
}

export interface JsonDiff {
  readonly changes: readonly JsonChange[];
  /** There are more than are listed. */
  readonly isCut: boolean;
}

export const CHANGES_MAX = 200;
const DEPTH_MAX = 40;
type Fields = Readonly<Record<string, unknown>>;

/** `undefined` stands for a value that is not there. Lists are compared place by place, and what keys call a secret is one place. */
export function jsonDiff(before: unknown, after: unknown): JsonDiff {
  const changes: JsonChange[] = [];
  walk({ path: '', key: '', before, after, depth: 0 }, changes);
  return { changes: changes.slice(0, CHANGES_MAX), isCut: changes.length > CHANGES_MAX };
}

interface Place {
  readonly path: string;
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly depth: number;
}

function walk({ path, key, before, after, depth }: Place, changes: JsonChange[]): void {
  if (changes.length > CHANGES_MAX || Object.is(before, after)) return;
  if (before === undefined || after === undefined) {
    changes.push({ path, key, kind: before === undefined ? 'added' : 'removed', before, after });
    return;
  }
  const isWhole = isSecretKey(key) || depth === DEPTH_MAX;
  const parts = partsOf(before, after);
  if (parts === undefined || isWhole) {
    if (parts === undefined || JSON.stringify(before) !== JSON.stringify(after))
      changes.push({ path, key, kind: 'changed', before, after });
    return;
  }
  for (const part of parts)
    walk({ ...part, path: path + (part.path.startsWith('.') && path === '' ? part.path.slice(1) : part.path), depth: depth + 1 }, changes);
}

type Part = Omit<Place, 'depth'>;

/** The parts of two lists or of two objects; undefined when they are not of one kind. */
function partsOf(before: unknown, after: unknown): Part[] | undefined {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [a, b]: readonly (readonly unknown[])[] = [before, after];
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => ({
      path: `[${index}]`,
      key: '',
      before: a?.[index],
      after: b?.[index],
    }));
  }
  if (!isFields(before) || !isFields(after)) return undefined;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].map((name) => ({
    path: /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`,
    key: name,
    before: Object.hasOwn(before, name) ? before[name] : undefined,
    after: Object.hasOwn(after, name) ? after[name] : undefined,
  }));
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
