/** What the form was filled with from elsewhere, and what of it may be shown. */
import type { Draft } from './draft.ts';

export interface Filled {
  readonly fields: Partial<Draft>;
  /** For the audit: `event 1`, `template weekly`. */
  readonly from: string;
  /** Whose start it was. */
  readonly run?: { readonly workflowId: string; readonly runId: string };
}

export const NOT_FILLED: Filled = { fields: {}, from: '' };

const JSON_KEYS = ['input', 'firstInput', 'memo', 'attributes', 'headers'] as const;

/** The fields that stay shut: as they were filled, with something in them that `mask` hides. */
export function shutFields(draft: Draft, { fields }: Filled, mask: (text: string) => string): Partial<Draft> {
  const shut = JSON_KEYS.filter((key) => draft[key] === fields[key]).map((key) => [key, mask(draft[key])] as const);
  return Object.fromEntries(shut.filter(([key, masked]) => masked !== draft[key]));
}
