import { describe, expect, it } from 'vitest';
import type { CommandSide, EventSide, LaneRow, ReplayReport, TaskLane } from './replay-report.ts';
import { replaySections } from './replay-report.ts';
import { differenceOf, replayStops } from './replay-stops.ts';

const event = (name: string, more: Partial<EventSide> = {}): EventSide => ({
  eventId: 5,
  type: 'ActivityTaskScheduled',
  label: name,
  attributes: { activityType: name, seq: 1 },
  wouldBe: 'scheduleActivity',
  ...more,
});
const command = (name: string, more: Partial<CommandSide> = {}): CommandSide => ({
  index: 0,
  kind: 'scheduleActivity',
  label: name,
  attributes: { activityType: name, seq: 1 },
  stack: [],
  ...more,
});
const field = (path: string, matters: boolean) => ({ path, expected: 1, actual: 2, matters });
const same: LaneRow = { status: 'same', event: event('a'), command: command('a') };
const drift: LaneRow = { status: 'changed', event: event('a'), command: command('a'), fields: [field('startToCloseMs', false)] };
const moved: LaneRow = { status: 'moved', command: command('a'), movedFrom: 1 };
const lane = (index: number, rows: readonly LaneRow[]): TaskLane => ({ index, startedEventId: index * 3, time: '', jobs: [], rows });

describe('a row', () => {
  it('differs hard, softly, in its place, in its name alone, or not at all', () => {
    expect(differenceOf(same)).toBeUndefined();
    expect(differenceOf(drift)).toBe('drift');
    expect(differenceOf(moved)).toBe('moved');
    expect(differenceOf({ status: 'missing', event: event('a') })).toBe('diverged');
    expect(differenceOf({ status: 'missing', event: event('a'), command: command('b') })).toBe('renamed');
    expect(differenceOf({ status: 'missing', event: event('a'), command: command('b', { kind: 'startTimer' }) })).toBe('diverged');
    const elsewhere = command('b', { attributes: { activityType: 'b', seq: 2 } });
    expect(differenceOf({ status: 'missing', event: event('a'), command: elsewhere })).toBe('diverged');
  });
});

describe('the rows to look at', () => {
  const report = (failedIndex: number | undefined, lanes: readonly TaskLane[]): ReplayReport => ({
    format: 'replay-report/1',
    verdict: failedIndex === undefined ? 'ok' : 'nondeterminism',
    summary: '',
    execution: { namespace: 'n', workflowId: 'w', runId: 'r', workflowType: 't' },
    code: { bundleHash: '', sdk: { name: '', version: '' } },
    history: { source: 'server', events: 1 },
    tasks: { total: lanes.length, matched: 0, ...(failedIndex === undefined ? {} : { failedIndex }) },
    lanes,
    hints: [],
  });

  it('come in their order and end with the divergence', () => {
    const hard: LaneRow = { status: 'missing', event: event('b') };
    const sections = replaySections(
      report(4, [lane(1, [same]), lane(2, [same, drift]), lane(3, [moved]), lane(4, [drift, hard, drift]), lane(5, [drift])]),
    );
    expect(replayStops(sections).map(({ id, difference }) => `${id} ${difference}`)).toEqual([
      '2.1 drift',
      '3.0 moved',
      '4.0 drift',
      '4.1 diverged',
    ]);
  });

  it('of ten thousand tasks are found at once', () => {
    const lanes = Array.from({ length: 10_000 }, (_, at) => lane(at + 1, at % 2 === 0 ? [same, same, same] : [same, drift]));
    const stops = replayStops(replaySections(report(undefined, lanes)));
    expect(stops).toHaveLength(5000);
    expect(stops.at(-1)?.id).toBe('10000.1');
  });
});
