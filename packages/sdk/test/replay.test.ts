import { api } from '@tidemark/protocol/api';
import { describe, expect, it } from 'vitest';
import { Replayer } from '../src/worker/replayer.ts';
import type { ReplayReport } from '../src/replay/report-types.ts';
import { readHistory } from './history-file.ts';

async function replay(version: string, history: string): Promise<ReplayReport> {
  await using replayer = new Replayer({ workflows: new URL(`./fixtures/versions/${version}.ts`, import.meta.url) });
  return replayer.replay(readHistory(history));
}

const statuses = (report: ReplayReport) => report.lanes.map(({ rows }) => rows.map(({ status }) => status));

describe('the code that recorded a history', () => {
  it.each(['stock-completed', 'stock-open'])('replays %s', async (history) => {
    const report = await replay('original', history);
    expect(report).toMatchObject({ verdict: 'ok', hints: [] });
    expect(report.tasks.matched).toBe(report.tasks.total);
    expect(statuses(report).flat()).not.toContain('missing');
  });

  it('is told in every task what woke it', async () => {
    const report = await replay('original', 'stock-completed');
    expect(report.lanes.map(({ jobs }) => jobs.map(({ label }) => label))).toEqual([
      ['start Stock'],
      ['TimerFired #1'],
      ['ActivityCompleted reserveStock #1'],
      ['signal approve'],
      ['ActivityCompleted chargeCard #2'],
    ]);
  });
});

describe('what the code waits for', () => {
  it('is listed with its line where the replay ended before it came', async () => {
    const events = readHistory('stock-completed').events;
    await using replayer = new Replayer({ workflows: new URL('./fixtures/versions/original.ts', import.meta.url) });
    const report = await replayer.replay({ ...readHistory('stock-completed'), events: events.slice(0, 5) });
    expect(report.waits).toMatchObject([{ kind: 'timer', eventId: 5, name: '', at: { file: 'test/fixtures/versions/original.ts' } }]);
  });

  it('is nothing when the run has ended', async () => {
    expect((await replay('original', 'stock-completed')).waits).toEqual([]);
  });
});

describe('what the code wrote', () => {
  it('is told task by task, with its line, and not without end', async () => {
    const { lanes } = await replay('talking', 'stock-completed');
    expect(lanes.map(({ logs }) => logs?.length ?? 0)).toEqual([20, 0, 0, 1, 0]);
    expect(lanes[0]?.logs?.[0]).toEqual({
      level: 'info',
      message: 'an order',
      attributes: expect.stringContaining('"cause":"none"'),
      at: expect.objectContaining({ file: 'test/fixtures/versions/talking.ts', line: 21 }),
    });
    expect(lanes[3]?.logs).toMatchObject([{ level: 'info', message: 'approved {"by":"hand"}', at: { line: 11 } }]);
  });
});

describe('a condition', () => {
  it('that does not hold yet is told at the end of its task, by its text and its line', async () => {
    const { lanes, conditions } = await replay('original', 'stock-open');
    const waits = { label: 'this.approved', at: { file: 'test/fixtures/versions/original.ts', line: 22 } };
    expect(lanes.at(-1)?.conditions).toMatchObject([waits]);
    expect(lanes[0]).not.toHaveProperty('conditions');
    expect(conditions).toMatchObject([waits]);
    expect(conditions?.[0]?.at).not.toHaveProperty('snippet');
  });

  it('is none any more when the run has ended', async () => {
    expect((await replay('original', 'stock-completed')).conditions).toEqual([]);
  });
});

describe('changed code', () => {
  const at = (version: string, line: number) => `test/fixtures/versions/${version}.ts:${line}`;

  it.each([
    [
      'renamed',
      'different-identity',
      `Task 2 (event 10): history scheduled activity "reserveStock" (#1), but the code at ${at('renamed', 21)} in run scheduled activity "holdStock" (#1) instead.`,
    ],
    [
      'activity-first',
      'different-kind',
      `Task 1 (event 5): history started timer #1 (50 ms), but the code at ${at('activity-first', 20)} in run scheduled activity "reserveStock" (#1) instead.`,
    ],
    [
      'one-more',
      'extra-command',
      `Task 2: the code at ${at('one-more', 23)} in run scheduled activity "holdStock" (#2), but history holds nothing there.`,
    ],
    ['without-timer', 'missing-command', 'Task 1 (event 5): history started timer #1 (50 ms); the code produced nothing more.'],
    [
      'without-patch',
      'patch-missing',
      `Task 4 (event 21): history recorded patch "charge-later", but the code at ${at('without-patch', 24)} in run scheduled activity "chargeCard" (#2) instead.`,
    ],
    [
      'other-ending',
      'different-ending',
      `Task 5 (event 29): history completed the workflow, but the code at ${at('other-ending', 25)} in run failed the workflow instead.`,
    ],
  ])('%s is found as %s, with its sentence and its line', async (version, kind, sentence) => {
    const report = await replay(version, 'stock-completed');
    expect(report.verdict).toBe('nondeterminism');
    expect(report.divergence?.kind).toBe(kind);
    expect(report.summary).toBe(sentence);
    expect(report.lanes).toHaveLength(5);
    expect(report.hints.length).toBeGreaterThan(0);
  });

  it('shows the source around the line', async () => {
    const report = await replay('renamed', 'stock-completed');
    const [frame] = report.divergence?.actual?.stack ?? [];
    expect(frame?.snippet?.lines[frame.line - frame.snippet.firstLine]).toContain('holdStock');
    expect(statuses(report)).toEqual([['same'], ['missing', 'extra'], [], ['skipped', 'skipped', 'skipped', 'skipped'], ['skipped']]);
  });

  it('that fails by itself is a task failure, not a divergence', async () => {
    const report = await replay('broken', 'stock-open');
    expect(report).toMatchObject({ verdict: 'task-failure', error: { type: 'TypeError', message: 'a mistake in the code' } });
    expect(report.error?.stack[0]).toMatchObject({ file: 'test/fixtures/versions/broken.ts', line: 22 });
  });
});

describe('a task that goes on failing', () => {
  const failing = async (version: string, upTo: number) => {
    const { events, ...run } = readHistory('stock-completed');
    const told = events.slice(0, upTo);
    const failed = api.history.v1.HistoryEvent.fromObject({ eventId: upTo + 1, eventType: 'EVENT_TYPE_WORKFLOW_TASK_FAILED' });
    await using replayer = new Replayer({ workflows: new URL(`./fixtures/versions/${version}.ts`, import.meta.url) });
    return replayer.replay({ ...run, events: [...told, failed] });
  };

  it('is run as well, and told by its error and line', async () => {
    const report = await failing('broken', 14);
    expect(report).toMatchObject({
      verdict: 'task-failure',
      summary: 'Task 3: the code failed at test/fixtures/versions/broken.ts:22 with TypeError: a mistake in the code',
      tasks: { total: 3, matched: 2, failedIndex: 3 },
    });
    expect(report.lanes.at(-1)?.jobs.map(({ label }) => label)).toEqual(['ActivityCompleted reserveStock #1']);
  });

  it('is said not to fail on code that is mended', async () => {
    expect(await failing('original', 14)).toMatchObject({
      verdict: 'ok',
      summary: 'All 2 tasks replay the same against this code; the task that failed does not fail on it.',
    });
    expect((await failing('original', 3)).summary).toBe(
      'No task has ended yet that this code could be held against; the task that failed does not fail on it.',
    );
  });
});

it('a history with a gap is called invalid', async () => {
  await using replayer = new Replayer({ workflows: new URL('./fixtures/versions/original.ts', import.meta.url) });
  const { events, ...rest } = readHistory('stock-open');
  const report = await replayer.replay({ ...rest, events: events.filter((_event, index) => index !== 3) });
  expect(report).toMatchObject({
    verdict: 'invalid-history',
    summary: 'The history cannot be replayed: history jumps from event 3 to event 5.',
  });
});

it('a history the official TypeScript SDK recorded replays against the same program', async () => {
  await using replayer = new Replayer({ workflows: new URL('./fixtures/parity.ts', import.meta.url) });
  expect(await replayer.replay(readHistory('official-parity'))).toMatchObject({ verdict: 'ok' });
});
