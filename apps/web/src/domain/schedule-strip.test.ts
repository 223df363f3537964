import { describe, expect, it } from 'vitest';
import { compileTimes, EMPTY_SPEC } from './schedule-spec.ts';
import type { StripAction, StripOptions } from './schedule-strip.ts';
import { actionLines, cellLook, stripCells } from './schedule-strip.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 4, 1, 12);
const at = (minute: number): number => START + minute * MINUTE;
const action = (minute: number, part: Partial<StripAction> = {}): StripAction => ({
  scheduledAt: at(minute),
  startedAt: at(minute) + 20,
  workflowId: `run-${minute}`,
  runId: `r${minute}`,
  status: 'Completed',
  ...part,
});

function cells(part: Partial<StripOptions>) {
  const compiled = compileTimes({ ...EMPTY_SPEC, intervals: [{ everyMs: MINUTE, offsetMs: 0 }] });
  if (!compiled.ok) throw new Error(compiled.message);
  return stripCells({ recent: [], times: compiled.between, since: 0, jitterMs: 0, now: at(5.5), cellsMax: 10, ...part });
}
const told = (part: Partial<StripOptions>) => cells(part).map((cell) => `${cell.kind} ${(cell.at - START) / MINUTE}`);

describe('stripCells', () => {
  it('puts a hollow cell where the spec has a time and no run was started', () =>
    expect(told({ recent: [action(1), action(2), action(4)] })).toEqual(['run 1', 'run 2', 'skipped 3', 'run 4', 'skipped 5']));
  it('knows nothing of what was before the oldest action, nor of another spec', () => {
    expect(told({})).toEqual([]);
    expect(told({ recent: [action(1), action(4)], since: at(3) })).toEqual(['run 1', 'run 4', 'skipped 5']);
  });
  it('waits until a time has settled', () => expect(told({ recent: [action(4)], now: at(5) + 2_000 })).toEqual(['run 4']));
  it('keeps runs of other times: those that were triggered', () =>
    expect(told({ recent: [action(4), action(4.5)], now: at(4.8) })).toEqual(['run 4', 'run 4.5']));
  it('says how late a run was, jitter aside', () => {
    const late = action(4, { startedAt: at(4) + 30_000 });
    expect(cells({ recent: [late], now: at(4.9) })).toMatchObject([{ lateMs: 30_000 }]);
    expect(cells({ recent: [late], now: at(4.9), jitterMs: 40_000 })).toMatchObject([{ lateMs: 0 }]);
  });
  it('keeps the newest', () => expect(told({ recent: [action(1), action(5)], cellsMax: 2 })).toEqual(['skipped 4', 'run 5']));
  it('has a look for what a server does not follow', () => {
    const [open, ended] = cells({ recent: [action(4, { status: 'Unspecified' }), action(5, { status: 'Failed' })] }).map(cellLook);
    expect([open?.word, ended?.word]).toEqual(['Started', 'Failed']);
  });
});

describe('actionLines', () => {
  it('makes one line of times without a run that follow each other', () => {
    const lines = actionLines(cells({ recent: [action(1), action(4)] }));
    expect(lines).toMatchObject([
      { kind: 'skipped', count: 1, at: at(5) },
      { kind: 'run', at: at(4) },
      { kind: 'skipped', count: 2, at: at(2), until: at(3) },
      { kind: 'run', at: at(1) },
    ]);
  });
});

describe('compileTimes', () => {
  it('says what is wrong in the engine’s words', () =>
    expect(compileTimes({ ...EMPTY_SPEC, timezone: 'Mars/Olympus' })).toEqual({ ok: false, message: 'unknown time zone Mars/Olympus' }));
  it('keeps the wall clock of a zone over a change of the clock', () => {
    const nine = { second: '', minute: '', hour: '9', dayOfMonth: '', month: '', dayOfWeek: '', year: '', comment: '' };
    const compiled = compileTimes({ ...EMPTY_SPEC, calendars: [nine], timezone: 'Europe/Berlin' });
    const times = compiled.ok ? compiled.between(Date.UTC(2026, 2, 28), Date.UTC(2026, 2, 30), 10) : [];
    expect(times.map((time) => new Date(time).toISOString())).toEqual(['2026-03-28T08:00:00.000Z', '2026-03-29T07:00:00.000Z']);
  });
});
