/** Why an open run is where it is: the most important reason first. */
import type { Finding, Severity } from './finding.ts';
import type { RunFacts } from './run-facts.ts';
import { whyActivities } from './why-activities.ts';
import { whyRun } from './why-run.ts';
import { whyTask } from './why-task.ts';
import { whyWaits } from './why-waits.ts';

const RANK: Readonly<Record<Severity, number>> = { stuck: 0, slow: 1, waiting: 2 };

/**
 * Never empty for an open run: one that nothing is pending for waits for a message. Reasons of one severity keep the order of the rules,
 * from what holds the whole run to what holds a part of it.
 */
export function decideWhy(facts: RunFacts): readonly Finding[] {
  const found = [...whyRun(facts), ...whyTask(facts), ...whyActivities(facts), ...whyWaits(facts)];
  return found.toSorted((one, other) => RANK[one.severity] - RANK[other.severity]);
}
