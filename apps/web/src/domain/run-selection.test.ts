import { describe, expect, it } from 'vitest';
import type { RunSelection } from './run-selection.ts';
import { chooseRange, everything, isWholePage, noSelection, togglePage, toggleRun } from './run-selection.ts';

const rows = ['a', 'b', 'c', 'd'].map((runId) => ({ workflowId: `w-${runId}`, runId, status: 'Running' }));
const row = (index: number) => rows[index] ?? { workflowId: '', runId: '', status: '' };
const ids = (selection: RunSelection) => [...selection.runs.keys()].sort().join('');

describe('a selection of runs', () => {
  it('takes a run and leaves it again', () => {
    const one = toggleRun(noSelection, rows, row(1));
    expect(ids(one)).toBe('b');
    expect(ids(toggleRun(one, rows, row(1)))).toBe('');
  });

  it('takes a range in either direction from the run chosen last', () => {
    const down = chooseRange(toggleRun(noSelection, rows, row(1)), rows, row(3));
    expect(ids(down)).toBe('bcd');
    expect(ids(chooseRange(toggleRun(noSelection, rows, row(2)), rows, row(0)))).toBe('abc');
  });

  it('leaves a range when the last click left a run', () => {
    const all = togglePage(noSelection, rows);
    expect(ids(chooseRange(toggleRun(all, rows, row(0)), rows, row(2)))).toBe('d');
  });

  it('takes the run alone when the anchor is gone from the list', () => {
    const gone = toggleRun(noSelection, rows, { workflowId: 'w', runId: 'z', status: 'Running' });
    expect(ids(chooseRange(gone, rows, row(0)))).toBe('az');
  });

  it('takes a page and then nothing', () => {
    const page = togglePage(noSelection, rows);
    expect(isWholePage(page, rows)).toBe(true);
    expect(ids(togglePage(page, rows))).toBe('');
  });

  it('is the rest of the page when one of everything is left', () => {
    const rest = toggleRun(everything, rows, row(0));
    expect(rest.isEverything).toBe(false);
    expect(ids(rest)).toBe('bcd');
  });
});
