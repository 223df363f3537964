import type { BaselineRow, Outside } from '../../domain/step-baseline.ts';
import { groupLook } from '../../domain/status.ts';
import type { Spread } from '../../domain/spread.ts';
import { formatDuration } from '../../lib/duration.ts';

/** In what a step is not as usual, as the rest of a sentence that begins with its name; empty when it is. */
export const outsideWords = (row: BaselineRow): string => row.outside.map((one) => WORDS[one](row)).join(', ');

/** `95% at most 5.1 s`; of fewer than twenty the longest. */
export const mostWords = ({ count, p95 }: Spread): string =>
  isAll(count) ? `the longest ${formatDuration(p95)}` : `95% at most ${formatDuration(p95)}`;

/** Of so few the 95th in a hundred is the last. */
const isAll = (count: number): boolean => count < 20;

const over = (value = 0, usual?: Spread): string => {
  const most = formatDuration(usual?.p95 ?? 0);
  return `${formatDuration(value)}, where ${isAll(usual?.count ?? 0) ? `none of the others took more than ${most}` : `95% take at most ${most}`}`;
};

const WORDS: Readonly<Record<Outside, (row: BaselineRow) => string>> = {
  new: () => 'is in none of the other runs',
  absent: ({ baseline }) => `is not in this run, but in ${baseline?.runs ?? 0} of the others`,
  status: ({ group }) => (group === undefined ? '' : groupLook(group.status).word.toLowerCase()),
  duration: ({ duration, baseline }) => `took ${over(duration, baseline?.duration)}`,
  wait: ({ wait, baseline }) => `waited ${over(wait, baseline?.wait)}`,
  attempts: ({ group, baseline }) => {
    const { count = 0, p95 = 1 } = baseline?.attempts ?? {};
    return `attempt ${group?.attempt ?? 1}, where ${isAll(count) ? `none of the others needed more than ${p95}` : `95% need at most ${p95}`}`;
  },
};

/** `reserveItem 3`, where there are several of the name. */
export const stepName = ({ name, turn }: BaselineRow): string => (turn === 1 ? name : `${name} ${turn}`);
