/** Budgets of things that are not there, or that nothing here can show yet. They count as missed. */
import type { Measured } from './budget.ts';

export const unmeasured: readonly Measured[] = [
  {
    item: 'Timeline: grouping and layout of 50k in a worker',
    budget: 60,
    unit: 'ms',
    value: undefined,
    note: 'done on the page’s own thread; its time is within “all of it”',
  },
  {
    item: 'Replay: 10,000 tasks to the first divergence',
    budget: 300,
    unit: 'ms',
    value: undefined,
    note: 'needs a worker that answers with so long a report',
  },
];
