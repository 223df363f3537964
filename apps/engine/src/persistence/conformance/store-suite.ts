/** What every store must do; each adapter runs all of it. */
import { describe } from 'vitest';
import type { Store } from '../ports/store.ts';
import { describeAudit } from './audit-suite.ts';
import { describeBatches } from './batch-suite.ts';
import { describeDeployments } from './deployment-suite.ts';
import { describeNamespaces } from './namespace-suite.ts';
import { describeHistory } from './history-suite.ts';
import { describeRuns } from './run-suite.ts';
import { describeSchedules } from './schedule-suite.ts';
import { describeTaskQueues } from './task-queue-suite.ts';
import { describeViews } from './view-suite.ts';
import { describeVisibility } from './visibility-suite.ts';

/** `open` gives an empty store that the test may keep; whoever opened it closes it. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    describeRuns(open);
    describeHistory(open);
    describeVisibility(open);
    describeNamespaces(open);
    describeSchedules(open);
    describeTaskQueues(open);
    describeDeployments(open);
    describeBatches(open);
    describeAudit(open);
    describeViews(open);
  });
}
