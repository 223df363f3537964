import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, pendingActivity, T0 } from './fixtures.ts';
import type { RunEvent } from './run-event.ts';
import { nextStepSort, sortSteps, stepCells } from './step-cells.ts';
import { layoutRows } from './timeline-layout.ts';

type Part = Partial<RunEvent> & { readonly type: string; readonly after?: number };
const now = T0 + 60_000;
const rowsOf = (parts: readonly Part[], expanded?: ReadonlySet<string>) =>
  layoutRows(groupEvents(history(...parts)).groups, { now, ...(expanded && { expanded }) });
const cellsOf = (...parts: readonly Part[]) => rowsOf(parts).map((row) => stepCells(row, now));

const scheduled = (name: string): Part => ({ type: 'ActivityTaskScheduled', name, key: name });
const started = (ref: number, after: number, attempt = 1): Part => ({ type: 'ActivityTaskStarted', ref, attempt, after, worker: 'w1' });
const completed = (ref: number, after: number): Part => ({ type: 'ActivityTaskCompleted', ref, after });

describe('stepCells', () => {
  it('parts waiting from running, and leaves out what is not known', () => {
    expect(cellsOf(scheduled('pay'), started(1, 400), completed(1, 1_000))[0]).toMatchObject({
      word: 'Completed',
      openedAt: T0,
      waitedMs: 400,
      ranMs: 1_000,
      attempts: 1,
      worker: 'w1',
    });
    expect(cellsOf(scheduled('pay'), started(1, 9_000, 3), completed(1, 500))[0]).toMatchObject({
      waitedMs: undefined,
      ranMs: 500,
      attempts: 3,
    });
    expect(cellsOf(scheduled('pay'))[0]).toMatchObject({ word: 'Waiting', waitedMs: 60_000, ranMs: undefined });
    const retrying = groupEvents(history({ ...scheduled('pay'), key: '1' }), [pendingActivity({ attempt: 3, nextAt: now + 5_000 })]);
    expect(layoutRows(retrying.groups, { now }).map((row) => stepCells(row, now))[0]).toMatchObject({
      word: 'Retrying',
      waitedMs: undefined,
      ranMs: undefined,
      attempts: 3,
    });
    expect(cellsOf({ type: 'TimerStarted', key: '1', delayMs: 90_000 })[0]).toMatchObject({ ranMs: 60_000, attempts: undefined });
    expect(cellsOf({ type: 'MarkerRecorded', name: 'patch' })[0]).toMatchObject({ word: 'Recorded', ranMs: undefined });
  });

  it('says of several what is usual, in sum what they were tried, and by how many', () => {
    const five = Array.from({ length: 5 }, (_, index): Part[] => [
      scheduled('pay'),
      { ...started(index * 3 + 1, 100, index === 0 ? 4 : 1), worker: `w${index % 2}` },
      index === 1 ? { type: 'ActivityTaskFailed', ref: index * 3 + 1, after: 50 } : completed(index * 3 + 1, 200 + index),
    ]).flat();
    expect(cellsOf(...five)[0]).toMatchObject({ word: '1 failed', openedAt: T0, waitedMs: 100, ranMs: 202, attempts: 8, workers: 2 });
    expect(cellsOf(...five.slice(0, 13))[0]).toMatchObject({ word: '1 failed, 4 of 5' });
    const signals = Array.from({ length: 5 }, (): Part => ({ type: 'WorkflowExecutionSignaled', name: 'approve' }));
    expect(cellsOf(...signals)[0]).toMatchObject({ word: 'Received', ranMs: undefined, attempts: undefined });
  });
});

describe('sortSteps', () => {
  const parts = [
    scheduled('a'),
    started(1, 10),
    completed(1, 500),
    scheduled('b'),
    started(4, 10),
    scheduled('c'),
    started(6, 10),
    completed(6, 900),
    { type: 'MarkerRecorded', name: 'd' },
  ];
  const names = (...sort: readonly [column: 'ran' | 'step', isDescending: boolean]) =>
    sortSteps(rowsOf(parts), { column: sort[0], isDescending: sort[1] }).map(({ group }) => group.name);

  it('has what still runs as the longest and what says nothing last, whichever way', () => {
    expect(names('ran', true)).toEqual(['b', 'c', 'a', 'd']);
    expect(names('ran', false)).toEqual(['a', 'c', 'b', 'd']);
    expect(names('step', true)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('leaves the members of an open row under it', () => {
    const woven = [scheduled('z'), ...Array.from({ length: 5 }, () => scheduled('m'))];
    const sorted = sortSteps(rowsOf(woven, new Set(['w2'])), { column: 'step', isDescending: false });
    expect(sorted.map(({ group, level }) => [group.id, level])).toEqual([
      [2, 1],
      [2, 2],
      [3, 2],
      [4, 2],
      [5, 2],
      [6, 2],
      [1, 1],
    ]);
  });

  it('goes one way, the other, and back to how the rows were', () => {
    const once = nextStepSort(undefined, 'ran');
    const twice = nextStepSort(once, 'ran');
    expect([once, twice, nextStepSort(twice, 'ran')]).toEqual([
      { column: 'ran', isDescending: true },
      { column: 'ran', isDescending: false },
      undefined,
    ]);
  });
});
