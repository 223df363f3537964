import type { BaselineRow, Outside } from '../../domain/step-baseline.ts';
import { groupLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';

/** In what a step is not as usual, as the rest of a sentence that begins with its name; empty when it is. */
export const outsideWords = (row: BaselineRow): string => row.outside.map((one) => WORDS[one](row)).join(', ');

const over = (value: number | undefined, p95: number | undefined): string =>
  `${formatDuration(value ?? 0)}, where 95% take at most ${formatDuration(p95 ?? 0)}`;

const WORDS: Readonly<Record<Outside, (row: BaselineRow) => string>> = {
  new: () => 'is in none of the other runs',
  absent: ({ baseline }) => `is not in this run, but in ${baseline?.runs ?? 0} of the others`,
  status: ({ group }) => (group === undefined ? '' : groupLook(group.status).word.toLowerCase()),
  duration: ({ duration, baseline }) => `took ${over(duration, baseline?.duration?.p95)}`,
  wait: ({ wait, baseline }) => `waited ${over(wait, baseline?.wait?.p95)}`,
  attempts: ({ group, baseline }) => `attempt ${group?.attempt ?? 1}, where 95% need at most ${baseline?.attempts?.p95 ?? 1}`,
};

/** `reserveItem 3`, where there are several of the name. */
export const stepName = ({ name, turn }: BaselineRow): string => (turn === 1 ? name : `${name} ${turn}`);
