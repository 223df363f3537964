import { describe, expect, it } from 'vitest';
import type { LaneRow, ReplayReport, SourceFrame, TaskLane } from './report-types.ts';
import { withinBytes } from './within-bytes.ts';

const at: SourceFrame = { file: 'a.ts', line: 2, column: 1, snippet: { firstLine: 1, lines: ['öffne', 'b'], mark: 2 } };
const row = (status: LaneRow['status']): LaneRow => ({
  status,
  command: { index: 0, kind: 'startTimer', label: 'timer', attributes: {}, stack: [at] },
});
const lane = (index: number, status: LaneRow['status'] = 'same'): TaskLane => ({
  index,
  startedEventId: index * 5,
  time: '2026-05-01T08:00:00.000Z',
  jobs: [],
  rows: [row(status)],
});
const report = (tasks: number, stopped?: number): ReplayReport => ({
  format: 'replay-report/1',
  verdict: stopped === undefined ? 'ok' : 'nondeterminism',
  summary: '',
  execution: { namespace: 'n', workflowId: 'w', runId: 'r', workflowType: 't' },
  code: { bundleHash: '', sdk: { name: '', version: '' } },
  history: { source: 'file', events: tasks * 5 },
  tasks: { total: tasks, matched: tasks, ...(stopped === undefined ? {} : { failedIndex: stopped }) },
  lanes: Array.from({ length: tasks }, (_, index) => lane(index + 1, index + 1 === stopped ? 'missing' : 'same')),
  hints: [],
});
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

describe('withinBytes', () => {
  it('leaves a report alone that is small enough', () => {
    const whole = report(5);
    expect(withinBytes(whole, bytes(whole))).toBe(whole);
  });

  it('drops the source beside what is the same first', () => {
    const whole = report(5, 3);
    const cut = withinBytes(whole, bytes(whole) - 1);
    expect(cut.lanes.map(({ rows }) => rows[0]?.command?.stack[0]?.snippet !== undefined)).toEqual([false, false, true, false, false]);
    expect(cut.truncated).toBeUndefined();
  });

  it('keeps the lanes around the one at which the replay stopped, as many as fit, and says how many do not', () => {
    const max = 6_000;
    const cut = withinBytes(report(1000, 700), max);
    expect(bytes(cut)).toBeLessThanOrEqual(max);
    const indices = cut.lanes.map(({ index }) => index);
    expect(indices).toEqual(Array.from({ length: indices.length }, (_, index) => (indices[0] ?? 0) + index));
    expect(indices.length).toBeGreaterThan(10);
    expect(Math.abs((indices[0] ?? 0) + (indices.at(-1) ?? 0) - 1400)).toBeLessThanOrEqual(2);
    expect(cut.truncated).toEqual({ omittedTasks: 1000 - indices.length, omittedFields: 0 });
  });

  it('keeps the first lanes where nothing differs, the last ones where the end differs, and none where none fits', () => {
    expect(withinBytes(report(1000), 5_000).lanes[0]?.index).toBe(1);
    expect(withinBytes(report(1000, 1000), 5_000).lanes.at(-1)?.index).toBe(1000);
    expect(withinBytes(report(1000, 500), 10)).toMatchObject({ lanes: [], truncated: { omittedTasks: 1000 } });
  });
});
