import { describe, expect, it } from 'vitest';
import type { ReplayReport, TaskLane } from './replay-report.ts';
import { countRows, divergenceSentence, parseReport, replaySections, sideName } from './replay-report.ts';

const lane = (index: number, ...statuses: TaskLane['rows'][number]['status'][]): TaskLane => ({
  index,
  startedEventId: index * 3,
  time: '2026-05-15T11:58:24Z',
  jobs: [],
  rows: statuses.map((status) => ({ status })),
});
const report = (part: Partial<ReplayReport>): ReplayReport => ({
  format: 'replay-report/1',
  verdict: 'ok',
  summary: '',
  execution: { namespace: 'n', workflowId: 'w', runId: 'r', workflowType: 't' },
  code: { bundleHash: 'b', sdk: { name: 'tidemark', version: '1' } },
  history: { source: 'server', events: 30 },
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
          ? [one.kind, one.lane.index, one.reach]
          : one.kind === 'same'
            ? [one.kind, one.first.index, one.last.index]
            : [one.kind, one.from, one.to],
      ),
    ).toEqual([
      ['same', 1, 3],
      ['lane', 4, 'replayed'],
      ['lane', 5, 'stopped'],
      ['unseen', 6, 6],
    ]);
  });

  it('counts what the code wrote in identical tasks', () => {
    const line = { level: 'info', message: 'hello' };
    const lanes = [{ ...lane(1, 'same'), logs: [line, line] }, lane(2, 'same'), { ...lane(3, 'same'), logs: [line] }];
    expect(replaySections(report({ lanes }))[0]).toMatchObject({ kind: 'same', commands: 3, lines: 3 });
  });

  it('says which earlier tasks a short report leaves out', () => {
    expect(replaySections(report({ lanes: [lane(4, 'same'), lane(5, 'same'), lane(6, 'same')] }))[0]).toEqual({
      kind: 'unseen',
      from: 1,
      to: 3,
    });
  });
});

describe('the task at which the replay stopped', () => {
  const event = (eventId: number) => ({ eventId, type: 'TimerStarted', label: '', attributes: {}, wouldBe: 'startTimer' as const });
  const command = { index: 0, kind: 'scheduleActivity' as const, label: '', attributes: {}, stack: [] };
  const sections = replaySections(
    report({
      verdict: 'nondeterminism',
      tasks: { total: 3, matched: 1, failedIndex: 2 },
      lanes: [
        lane(1, 'same'),
        {
          ...lane(2),
          rows: [
            { status: 'missing', event: event(11) },
            { status: 'extra', command },
            { status: 'skipped', event: event(12) },
          ],
        },
        lane(3),
      ],
    }),
  );

  it('has both sides in one row', () => {
    const stopped = sections.find((one) => one.kind === 'lane' && one.reach === 'stopped');
    expect(stopped).toMatchObject({
      lane: {
        rows: [
          { status: 'missing', event: { eventId: 11 }, command },
          { status: 'skipped', event: { eventId: 12 } },
        ],
      },
    });
  });

  it('is followed by tasks that were not replayed, whatever they hold', () => {
    expect(sections.at(-1)).toMatchObject({ kind: 'lane', reach: 'not-reached', lane: { index: 3 } });
  });
});

describe('sideName', () => {
  it.each([
    ['chargeCard', { activityType: 'chargeCard', activityId: '2' }],
    ['timer 2.0 s', { timerId: '1', ms: 2000 }],
    ['asked to cancel timer #1', { seq: '1' }],
  ])('is %s', (name, attributes) => {
    expect(sideName({ label: 'asked to cancel timer #1', attributes })).toBe(name);
  });
});

describe('divergenceSentence', () => {
  it.each([
    ['Task 2 (event 11): history started timer #1', 'History started timer #1'],
    ['The whole history replays.', 'The whole history replays.'],
  ])('reads %s', (summary, sentence) => {
    expect(divergenceSentence({ summary })).toBe(sentence);
  });
});

describe('countRows', () => {
  it('parts drift from divergence', () => {
    const rows: TaskLane = {
      ...lane(1),
      rows: [
        { status: 'changed', fields: [{ path: 'timeout', expected: 1, actual: 2, matters: false }] },
        { status: 'changed', fields: [{ path: 'type', expected: 'a', actual: 'b', matters: true }] },
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
