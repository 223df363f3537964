/** What the form of a namespace holds, and the request it makes when nothing is wrong with it. */
import { formatSpan, parseDuration } from '../../lib/duration.ts';

export interface NamespaceDraft {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly retention: string;
  /** One `key=value` a line. */
  readonly data: string;
}
export type NamespaceErrors = Partial<Record<keyof NamespaceDraft | 'send', string>>;

export const EMPTY_NAMESPACE: NamespaceDraft = { name: '', description: '', owner: '', retention: '3d', data: '' };

export interface StoredNamespace {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly retentionMs: number | null;
  readonly data: Readonly<Record<string, string>>;
}

export const draftOf = (stored: StoredNamespace): NamespaceDraft => ({
  name: stored.name,
  description: stored.description,
  owner: stored.owner,
  retention: formatSpan(stored.retentionMs ?? 0),
  data: Object.entries(stored.data)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n'),
});

export interface NamespaceRequest {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly retentionMs: number;
  readonly data: Record<string, string>;
}

/** `stored` is what is there already: the protocol can change its words, not take them away. */
export function checkNamespace(
  draft: NamespaceDraft,
  stored?: StoredNamespace,
): { readonly errors: NamespaceErrors; readonly request?: NamespaceRequest } {
  const errors: NamespaceErrors = {};
  if (draft.name.trim() === '') errors.name = 'A namespace needs a name.';
  const retentionMs = parseDuration(draft.retention);
  if (retentionMs === undefined || retentionMs <= 0) errors.retention = 'Write a time as 12h, 3d or 30d.';
  const lines = draft.data.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => line.indexOf('=') < 1)) errors.data = 'Write one key=value a line.';
  const data = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()] as const),
  );
  const lost = Object.keys(stored?.data ?? {}).filter((key) => !(key in data));
  if (lost.length > 0 && !errors.data) errors.data = `A key can be changed, not taken away: ${lost.join(', ')}.`;
  if (stored?.description && draft.description.trim() === '') errors.description = 'It can be changed, not taken away.';
  if (stored?.owner && draft.owner.trim() === '') errors.owner = 'It can be changed, not taken away.';
  if (Object.keys(errors).length > 0 || retentionMs === undefined) return { errors };
  return {
    errors,
    request: { name: draft.name.trim(), description: draft.description.trim(), owner: draft.owner.trim(), retentionMs, data },
  };
}
