import { describe, expect, it } from 'vitest';
import type { Attempt, Attempts, Streak } from './attempts.ts';
import { attemptLines, changeAt, indexAttempts } from './attempts.ts';

const attempt = (ordinal: number, failure: number, outcome: Attempt['outcome'] = 'failed'): Attempt => ({
  ordinal,
  number: ordinal,
  scheduledAt: ordinal * 100,
  startedAt: ordinal * 100,
  endedAt: ordinal * 100 + 50,
  worker: 'w',
  build: '',
  outcome,
  cause: '',
  failure,
});
const triedOf = (attempts: readonly Attempt[], streaks: readonly Streak[], over: Partial<Attempts> = {}): Attempts => ({
  scheduledEventId: 5,
  lastEventId: 5,
  total: attempts.at(-1)?.ordinal ?? 0,
  failed: attempts.length,
  isOver: false,
  attempts,
  streaks,
  streaksTotal: streaks.length,
  failures: ['a', 'b'].map((message) => ({ message, type: 'Error' })),
  ...over,
});
const shown = (of: Attempts, opened: readonly number[] = []): readonly string[] =>
  attemptLines(of, new Set(opened)).map((line) =>
    line.kind === 'attempt' ? `#${line.attempt.ordinal}` : line.kind === 'alike' ? `same ×${line.count}` : `gap ${line.from}-${line.to}`,
  );

describe('attemptLines', () => {
  const fourteen = triedOf(
    [...Array.from({ length: 14 }, (_, at) => attempt(at + 1, 0)), attempt(15, 1)],
    [
      { from: 1, to: 14, failure: 0 },
      { from: 15, to: 15, failure: 1 },
    ],
  );

  it('shows of failures that are alike the newest, and the others behind a line', () => {
    expect(shown(fourteen)).toEqual(['#15', '#14', 'same ×13']);
    expect(shown(fourteen, [1])).toHaveLength(3 + 13);
  });

  it('keeps two of a kind as they are', () => {
    expect(shown(triedOf([attempt(1, 0), attempt(2, 0)], [{ from: 1, to: 2, failure: 0 }]))).toEqual(['#2', '#1']);
  });

  it('says where attempts were not kept, unless they are alike anyway', () => {
    const kept = [1, 2, 3, 30, 31];
    const same = triedOf(
      kept.map((one) => attempt(one, 0)),
      [{ from: 1, to: 31, failure: 0 }],
    );
    expect(shown(same)).toEqual(['#31', 'same ×30']);
    expect(shown(same, [1])).toEqual(['#31', 'same ×30', '#30', 'gap 4-29', '#3', '#2', '#1']);
    const changing = triedOf(
      kept.map((one) => attempt(one, one % 2)),
      kept.map((one) => ({ from: one, to: one, failure: one % 2 })),
    );
    expect(shown(changing)).toEqual(['#31', '#30', 'gap 4-29', '#3', '#2', '#1']);
  });

  it('tells of attempts that did not fail', () => {
    expect(shown(triedOf([attempt(1, 0), attempt(2, -1, 'running')], [{ from: 1, to: 1, failure: 0 }]))).toEqual(['#2', '#1']);
  });

  it('knows which failure came before', () => {
    expect(changeAt(fourteen, 15)?.before).toMatchObject({ streak: { from: 1, to: 14 }, failure: { message: 'a' } });
    expect(changeAt(fourteen, 3)).toEqual({ streak: { from: 1, to: 14, failure: 0 }, before: undefined });
  });
});

it('finds the row of failed tasks by any of its tasks', () => {
  const index = indexAttempts({ activities: [], activitiesLeftOut: 0, unwritten: [], tasks: [triedOf([], [], { lastEventId: 9 })] });
  expect([4, 5, 9, 10].map((id) => index.ofTask(id) !== undefined)).toEqual([false, true, true, false]);
});
