import { describe, expect, it } from 'vitest';
import { history, T0 } from './fixtures.ts';
import type { RunEvent } from './run-event.ts';
import type { SampledSteps } from './sampled-steps.ts';
import { stepsOf } from './sampled-steps.ts';
import { stepTable } from './step-table.ts';
import { cellsWords, sampledWords, shareWords } from './step-words.ts';

type Part = Partial<RunEvent> & { readonly type: string; readonly after?: number };
interface Ran {
  readonly queue?: string;
  readonly wait?: number;
  readonly run?: number;
  readonly end?: string;
  readonly attempt?: number;
}
const activity = (name: string, id: number, { queue = 'q', wait = 10, run = 100, end = 'Completed', attempt = 1 }: Ran = {}) => [
  { type: 'ActivityTaskScheduled', name, key: `${name}${id}`, queue, after: 0 },
  { type: 'ActivityTaskStarted', ref: id, attempt, after: wait },
  { type: `ActivityTask${end}`, ref: id, after: run },
];
function runs(...all: readonly { readonly type: string; readonly parts: readonly Part[] }[]): readonly SampledSteps[] {
  const sampled = all.map(({ type, parts }, index) => {
    const rows = history({ type: 'WorkflowExecutionStarted' }, ...parts, { type: 'WorkflowExecutionCompleted', after: 0 });
    return { workflowId: `w${index}`, runId: `r${index}`, type, status: 'Completed', startedAt: T0, closedAt: T0, rows };
  });
  return stepsOf({ runs: sampled });
}
const sample = runs(
  { type: 'Order', parts: [...activity('charge', 2, { run: 900 }), ...activity('mail', 5, { queue: 'mails', wait: 40 })] },
  { type: 'Order', parts: [...activity('charge', 2, { run: 1_900, attempt: 3 }), { type: 'WorkflowExecutionSignaled', name: 'go' }] },
  { type: 'Order', parts: activity('charge', 2, { run: 4_990, end: 'Failed' }) },
  { type: 'Refund', parts: [...activity('charge', 2), { type: 'ActivityTaskScheduled', name: 'charge', key: 'open', queue: 'q' }] },
);

describe('stepTable', () => {
  it('tells what steps took by the type of their run, the slowest first', () => {
    const { rows } = stepTable(sample);
    expect(rows.map(({ workflowType, name, steps, runs: count }) => [workflowType, name, steps, count])).toEqual([
      ['Order', 'charge', 3, 3],
      ['Order', 'mail', 1, 1],
      // The one that the run left open when it ended is not counted.
      ['Refund', 'charge', 1, 1],
    ]);
    expect(rows[0]).toMatchObject({
      duration: { p50: 1_910, p95: 5_000, p99: 5_000 },
      // What was tried again hides when it was first taken.
      wait: { count: 2, p95: 10 },
      work: { count: 3, p50: 1_900 },
      failed: 1 / 3,
      retried: 1 / 3,
    });
  });

  it('tells what share of the critical paths of its runs each step is', () => {
    const task = (id: number) => [
      { type: 'WorkflowTaskScheduled', after: 0 },
      { type: 'WorkflowTaskStarted', ref: id, after: 0 },
      { type: 'WorkflowTaskCompleted', ref: id, after: 0 },
    ];
    const short = { type: 'ActivityTaskScheduled', name: 'mail', key: 'mail', queue: 'q', taskId: 4, after: 0 };
    const long = { type: 'ActivityTaskScheduled', name: 'charge', key: 'charge', queue: 'q', taskId: 4, after: 0 };
    const ends = [
      { type: 'ActivityTaskStarted', ref: 5, attempt: 1, after: 0 },
      { type: 'ActivityTaskCompleted', ref: 5, after: 100 },
      { type: 'ActivityTaskStarted', ref: 6, attempt: 1, after: 0 },
      { type: 'ActivityTaskCompleted', ref: 6, after: 900 },
    ];
    const [only] = runs({ type: 'Order', parts: [...task(2), short, long, ...ends, ...task(11)] });
    const closing = only?.run.rows.at(-1);
    if (only === undefined || closing === undefined) throw new Error('no run');
    // Upserts are left out of a sample: ids have gaps.
    const rows = [...only.run.rows.slice(0, -1), { ...closing, id: closing.id + 1, taskId: 13 }];
    const table = stepTable(stepsOf({ runs: [{ ...only.run, closedAt: closing.at, rows }] }));
    expect(table.rows.map(({ name, pathShare }) => [name, pathShare])).toEqual([
      ['charge', 1],
      ['mail', 0],
    ]);
    expect(stepTable(sample).rows.map(({ pathShare }) => pathShare)).toEqual([undefined, undefined, undefined]);
  });

  it('keeps to the activities of a queue, whichever workflow asked for them', () => {
    expect(stepTable(sample, 'q').rows.map(({ name, steps }) => [name, steps])).toEqual([['charge', 4]]);
    expect(stepTable(sample, 'mails').rows.map(({ name, wait }) => [name, wait?.p50])).toEqual([['mail', 40]]);
    expect(stepTable(sample, 'other')).toEqual({ rows: [], edges: [] });
  });

  it('counts every step in one column of a scale that all rows share', () => {
    const { rows, edges } = stepTable(sample);
    expect(edges).toEqual([100, 200, 500, 1_000, 2_000, 5_000]);
    expect(rows.map(({ cells }) => cells)).toEqual([
      [0, 0, 1, 1, 0, 1],
      [1, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0],
    ]);
    expect(cellsWords(rows[0]?.cells ?? [], edges)).toBe('1 from 500 ms to 1.0 s, 1 from 1.0 s to 2.0 s, 1 at least 5.0 s');
  });

  it('has no more columns than fit, the shortest steps in the first', () => {
    const wide = runs({ type: 'T', parts: [...activity('a', 2, { wait: 0, run: 1 }), ...activity('b', 5, { run: 86_400_000 })] });
    const { rows, edges } = stepTable(wide);
    expect(edges).toHaveLength(14);
    expect(rows.map(({ cells }) => cells.reduce((sum, count) => sum + count, 0))).toEqual([1, 1]);
    expect(cellsWords(rows[1]?.cells ?? [], edges)).toMatch(/^1 less than /);
  });
});

it('words say shares and samples as they are', () => {
  expect([0, 0.004, 0.126, 1].map(shareWords)).toEqual(['0%', '<1%', '13%', '100%']);
  expect([sampledWords(1, false), sampledWords(40, true)]).toEqual(['1 closed run', 'the newest 40 closed runs']);
});
