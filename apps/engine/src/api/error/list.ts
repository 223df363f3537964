import type { ErrorGroup } from '../model/error-groups.ts';
import { groupErrors } from '../model/error-groups.ts';
import { namespaceInput, procedure } from '../procedure.ts';
import type { ErrorSurvey } from './survey.ts';
import { surveyErrors } from './survey.ts';

const BUCKETS = 24;
const HOUR = 3_600_000;
const GROUPS_MAX = 200;

export type ErrorRow = Omit<ErrorGroup, 'occurrences'>;
/** What the answer stands on: it is a look at the newest, not at everything. */
export type LookedAt = Omit<ErrorSurvey, 'occurrences' | 'held'>;
export interface ErrorList {
  readonly rows: readonly ErrorRow[];
  readonly looked: LookedAt;
  /** Of the trends: milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** The errors of a namespace, the one of the most runs first. */
export const list = procedure.input(namespaceInput).query(async ({ ctx, input }): Promise<ErrorList> => {
  const survey = await surveyErrors(ctx, input.namespace, Date.now);
  const { groups, looked, from, to } = grouped(survey);
  return { rows: groups.slice(0, GROUPS_MAX).map(({ occurrences: _all, ...row }) => row), looked, from, to };
});

/** All trends of one look share one span: from the oldest failure to now, an hour at least. */
export function grouped({ occurrences, held: _held, ...looked }: ErrorSurvey) {
  const to = looked.at;
  const from = Math.min(to - HOUR, ...occurrences.map(({ at }) => at));
  return { groups: groupErrors(occurrences, { from, to, buckets: BUCKETS }), looked, from, to };
}
