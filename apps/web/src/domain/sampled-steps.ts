/** A sample of closed runs, each as its steps. */
import type { RunSample, SampledRun } from '@tidemark/engine/api/model/run-sample';
import { plural } from '../lib/number.ts';
import type { Group } from './event-groups.ts';
import { groupEvents } from './event-groups.ts';

export type { RunSample } from '@tidemark/engine/api/model/run-sample';

export interface SampledSteps {
  readonly run: SampledRun;
  readonly groups: readonly Group[];
}

export const stepsOf = ({ runs }: RunSample): readonly SampledSteps[] => runs.map((run) => ({ run, groups: groupEvents(run.rows).groups }));

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
