/** What every reason about an activity is shown with. */
import type { Evidence } from './finding.ts';
import { firstLineOf } from './finding.ts';
import type { ActivityFacts } from './run-facts.ts';

export const idOf = ({ id }: ActivityFacts): Evidence => ({ name: 'Activity', value: [id] });

export function attemptEvidence({ attempt, attemptsMax, failure }: ActivityFacts): readonly Evidence[] {
  if (attempt < 2) return [];
  return [
    { name: 'Attempt', value: [attemptsMax > 0 ? `${attempt} of ${attemptsMax}` : `${attempt}, no maximum`] },
    ...(failure === undefined ? [] : [{ name: 'Last failure', value: [failureText(failure)] }]),
  ];
}

const failureText = ({ type, message }: NonNullable<ActivityFacts['failure']>): string =>
  firstLineOf(message ? (type && type !== 'Error' ? `${type}: ${message}` : message) : type);
