import { describe, expect, it } from 'vitest';
import type { ReplayReport, TaskLane } from './replay-report.ts';
import { countRows, parseReport, replaySections } from './replay-report.ts';

const lane = (index: number, ...statuses: TaskLane['rows'][number]['status'][]): TaskLane => ({
  index,
  startedEventId: index * 3,
  jobs: [],
  rows: statuses.map((status) => ({ status })),
});
const report = (part: Partial<ReplayReport>): ReplayReport => ({
  format: 'replay-report/1',
  verdict: 'ok',
  summary: '',
  execution: { workflowId: 'w', runId: 'r', workflowType: 't' },
  code: {},
  history: { events: 30 },
  tasks: { total: 6, matched: 6 },
  lanes: [],
  hints: [],
  ...part,
});

describe('replaySections', () => {
  it('folds what is identical and opens the divergence with its neighbour', () => {
    const sections = replaySections(
      report({
        verdict: 'nondeterminism',
        tasks: { total: 6, matched: 4, failedIndex: 5 },
        lanes: [lane(1, 'same', 'same'), lane(2, 'same'), lane(3), lane(4, 'same'), lane(5, 'missing')],
      }),
    );
    expect(
      sections.map((one) =>
        one.kind === 'lane'
          ? [one.kind, one.lane.index, one.isDiverged]
          : one.kind === 'same'
            ? [one.kind, one.first.index, one.last.index]
            : [one.kind, one.from, one.to],
      ),
    ).toEqual([
      ['same', 1, 3],
      ['lane', 4, false],
      ['lane', 5, true],
      ['unseen', 6, 6],
    ]);
  });

  it('says which earlier tasks a short report leaves out', () => {
    expect(replaySections(report({ lanes: [lane(4, 'same'), lane(5, 'same'), lane(6, 'same')] }))[0]).toEqual({
      kind: 'unseen',
      from: 1,
      to: 3,
    });
  });
});

describe('countRows', () => {
  it('parts drift from divergence', () => {
    const rows: TaskLane = {
      ...lane(1),
      rows: [
        { status: 'changed', fields: [{ path: 'timeout', matters: false }] },
        { status: 'changed', fields: [{ path: 'type', matters: true }] },
      ],
    };
    expect(countRows(report({ verdict: 'nondeterminism', lanes: [rows] }))).toEqual({ diverged: 1, drift: 1 });
  });
});

describe('parseReport', () => {
  it('draws no report of another format', () => {
    expect(parseReport({ format: 'replay-report/2', verdict: 'ok', lanes: [], tasks: {} })).toBeUndefined();
    expect(parseReport('no')).toBeUndefined();
    expect(parseReport(report({}))?.verdict).toBe('ok');
  });
});
