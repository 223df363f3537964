import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, T0 } from './fixtures.ts';
import type { RunEvent } from './run-event.ts';
import type { SampledSteps } from './sampled-steps.ts';
import { sampleLimits, stepsOf } from './sampled-steps.ts';
import { spreadOf } from './spread.ts';
import { compareWithBaseline, usualOf } from './step-baseline.ts';

const begun = [{ type: 'WorkflowExecutionStarted' }] as const;
const step = (name: string, id: number, { wait = 10, run = 100, end = 'ActivityTaskCompleted', attempt = 1 } = {}) => [
  { type: 'ActivityTaskScheduled', name, key: name, after: 0 },
  { type: 'ActivityTaskStarted', ref: id, attempt, after: wait },
  { type: end, ref: id, after: run },
];
const done = { type: 'WorkflowExecutionCompleted', after: 0 } as const;
const subject = (events: readonly RunEvent[], isOpen = false) => ({
  groups: groupEvents(events).groups,
  end: events.at(-1)?.at ?? T0,
  isOpen,
});
const sampled = (rows: readonly RunEvent[]): SampledSteps => {
  const run = { workflowId: 'w', runId: 'r', type: 'T', status: 'Completed', startedAt: T0, closedAt: rows.at(-1)?.at ?? T0, rows };
  return stepsOf({ runs: [run] })[0] ?? { run, groups: [], path: undefined };
};
/** Twenty runs: `reserve` twice, then `charge`, each a little longer than the one before. */
const usual = Array.from({ length: 20 }, (_, index) =>
  sampled(
    history(
      ...begun,
      ...step('reserve', 2, { run: 100 + index }),
      ...step('reserve', 5, { run: 200 + index }),
      ...step('charge', 8, { run: 1_000 + index * 10, attempt: index === 19 ? 2 : 1 }),
      done,
    ),
  ),
);
const outsides = (events: readonly RunEvent[], isOpen = false, sample = usual) =>
  compareWithBaseline(subject(events, isOpen), usualOf(sample)).map(({ name, turn, outside }) => [`${name} ${turn}`, ...outside]);

describe('compareWithBaseline', () => {
  it('knows what is usual for each step, by its turn among its namesakes', () => {
    const rows = compareWithBaseline(
      subject(history(...begun, ...step('reserve', 2), ...step('reserve', 5), ...step('charge', 8))),
      usualOf(usual),
    );
    expect(rows.map(({ turn, baseline }) => [turn, baseline?.runs, baseline?.duration?.p50, baseline?.duration?.p95])).toEqual([
      [1, 20, 119, 128],
      [2, 20, 219, 228],
      // The one that was tried again waited unseen.
      [1, 20, 1_100, 1_190],
    ]);
    expect(rows.map(({ baseline }) => baseline?.wait?.p95)).toEqual([10, 10, 10]);
    expect(rows[2]?.baseline?.attempts).toMatchObject({ count: 20, p95: 1, p99: 2 });
  });

  it('marks what is outside of p95, and nothing for a moment more', () => {
    const longer = history(
      ...begun,
      ...step('reserve', 2, { run: 340 }),
      ...step('reserve', 5, { wait: 400, run: 50 }),
      ...step('charge', 8, { run: 1_500, attempt: 4 }),
      done,
    );
    expect(outsides(longer)).toEqual([['reserve 1'], ['reserve 2', 'wait'], ['charge 1', 'duration', 'attempts']]);
    const failed = history(...begun, ...step('reserve', 2), ...step('reserve', 5), ...step('charge', 8, { end: 'ActivityTaskFailed' }), {
      type: 'WorkflowExecutionFailed',
    });
    expect(outsides(failed)).toEqual([['reserve 1'], ['reserve 2'], ['charge 1', 'status']]);
  });

  it('names steps that the others have not, and those that only the others have, in their place', () => {
    const other = history(...begun, ...step('reserve', 2), ...step('score', 5), ...step('charge', 8), done);
    expect(outsides(other)).toEqual([['reserve 1'], ['score 1', 'new'], ['reserve 2', 'absent'], ['charge 1']]);
  });

  it('holds a turn that no other run came to against its namesakes', () => {
    const more = (run: number) =>
      history(...begun, ...step('reserve', 2), ...step('reserve', 5), ...step('reserve', 8, { run }), ...step('charge', 11), done);
    expect(outsides(more(300))[2]).toEqual(['reserve 3']);
    expect(outsides(more(900))[2]).toEqual(['reserve 3', 'duration']);
  });

  it('misses nothing in an open run, nor what few of the others did', () => {
    expect(outsides(history(...begun, ...step('reserve', 2)), true)).toEqual([['reserve 1']]);
    const few = [...usual, ...Array.from({ length: 4 }, () => sampled(history(...begun, ...step('audit', 2), done)))];
    const plain = history(...begun, ...step('reserve', 2), ...step('reserve', 5), ...step('charge', 8), done);
    expect(outsides(plain, false, few).map(([name]) => name)).toEqual(['reserve 1', 'reserve 2', 'charge 1']);
  });

  it('measures an open step up to now', () => {
    const open = history(...begun, { type: 'ActivityTaskScheduled', name: 'charge', key: 'c', after: 0 });
    const at = { ...subject(open, true), end: T0 + 5_000 };
    expect(compareWithBaseline(at, usualOf(usual))[0]).toMatchObject({ duration: 5_000, outside: ['duration'] });
  });

  it('does not measure a timer that was not needed', () => {
    const deadline = (after: number) => [
      { type: 'TimerStarted', key: 'd', label: 'deadline', after: 0 },
      { type: 'TimerCanceled', key: 'd', ref: 2, after },
    ];
    const others = Array.from({ length: 5 }, () => sampled(history(...begun, ...deadline(100), done)));
    const [row] = compareWithBaseline(subject(history(...begun, ...deadline(90_000), done)), usualOf(others));
    expect(row).toMatchObject({ name: 'deadline', outside: [], baseline: { runs: 5, duration: undefined } });
  });

  it('tells of no news where there are hardly others', () => {
    const other = history(...begun, ...step('score', 2), done);
    expect(outsides(other, false, usual.slice(0, 2))).toEqual([['score 1']]);
    expect(outsides(other, false, [])).toEqual([['score 1']]);
  });
});

describe('a sample', () => {
  it('says what it is not', () => {
    expect(sampleLimits({ runs: [], tooLong: 0, unread: 0, hasMore: false })).toBe('');
    expect(sampleLimits({ runs: [], tooLong: 1, unread: 2, hasMore: true })).toBe(
      'There are older ones too. 1 run was too long to read for this. 2 runs were not read in time.',
    );
  });

  it('is spread by nearest rank', () => {
    expect(spreadOf([])).toBeUndefined();
    expect(spreadOf([5])).toEqual({ count: 1, p50: 5, p95: 5, p99: 5 });
    expect(spreadOf(Array.from({ length: 100 }, (_, index) => 100 - index))).toEqual({ count: 100, p50: 50, p95: 95, p99: 99 });
  });
});
