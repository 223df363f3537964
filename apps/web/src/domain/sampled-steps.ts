/** A sample of closed runs, each as its steps. */
import type { RunSample, SampledRun } from '@tidemark/engine/api/model/run-sample';
import { plural } from '../lib/number.ts';
import type { CriticalPath } from './critical-path.ts';
import { criticalPath } from './critical-path.ts';
import type { Group } from './event-groups.ts';
import { groupEvents } from './event-groups.ts';
import type { RunEvent } from './run-event.ts';

export type { RunSample } from '@tidemark/engine/api/model/run-sample';

export interface SampledSteps {
  readonly run: SampledRun;
  readonly groups: readonly Group[];
  /** Undefined where the sample was read without the workflow tasks. */
  readonly path: CriticalPath | undefined;
}

export const stepsOf = ({ runs }: Pick<RunSample, 'runs'>): readonly SampledSteps[] =>
  runs.map((run) => {
    const groups = groupEvents(run.rows);
    const events = groups.tasks.length === 0 ? [] : dense(run.rows);
    return { run, groups: groups.groups, path: events.length === 0 ? undefined : criticalPath({ events, groups, end: run.closedAt }) };
  });

/** Each event in the place of its id; what the sample leaves out is nothing that anybody waits for. */
function dense(rows: readonly RunEvent[]): readonly RunEvent[] {
  const all: RunEvent[] = [];
  for (const row of rows) {
    while (all.length < row.id - 1) all.push({ id: all.length + 1, type: '', at: row.at, bytes: 0 });
    all.push(row);
  }
  return all;
}

/** What the sample is not, as sentences; empty where it is all there is. */
export function sampleLimits({ tooLong, unread, hasMore }: RunSample): string {
  return [
    hasMore ? 'There are older ones too.' : '',
    tooLong > 0 ? `${plural(tooLong, 'run was', 'runs were')} too long to read for this.` : '',
    unread > 0 ? `${plural(unread, 'run was', 'runs were')} not read in time.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
