import { describe, expect, it } from 'vitest';
import { buffersOf, columnsOf, rowsOf } from './event-columns.ts';
import { groupEvents } from './event-groups.ts';
import { wideHistory } from './fixtures.ts';
import type { RunEvent } from './run-event.ts';

const NAMES = [
  ...([
    'id',
    'type',
    'at',
    'bytes',
    'ref',
    'taskId',
    'name',
    'key',
    'attempt',
    'worker',
    'build',
    'queue',
    'delayMs',
    'timeoutType',
  ] as const),
  ...(['cause', 'failure', 'runId', 'label', 'text', 'patch', 'historyBytes', 'sdk', 'suggestsNew'] as const),
];
const plain = (event: RunEvent) => Object.fromEntries(NAMES.filter((name) => event[name] !== undefined).map((name) => [name, event[name]]));
/** What arrives in another thread. */
const sent = (events: readonly RunEvent[]) => {
  const columns = columnsOf(events);
  return rowsOf(structuredClone(columns, { transfer: buffersOf(columns) }));
};

const FULL: RunEvent = {
  id: 7,
  type: 'ActivityTaskFailed',
  at: 1793491433816.25,
  bytes: 0,
  ref: 5,
  taskId: 4,
  name: '',
  key: 'k',
  attempt: 0,
  worker: 'w',
  build: 'b',
  queue: 'q',
  delayMs: 0.5,
  timeoutType: 'StartToClose',
  cause: 'c',
  failure: { message: 'no', type: 'T', cause: { message: 'inner', type: 'U' } },
  runId: 'r',
  label: 'l',
  text: '{}',
  patch: 'p',
  historyBytes: 5_000_000_000,
  sdk: 's',
  suggestsNew: false,
};

describe('event columns', () => {
  it('give each row all that it had and nothing else, in another thread', () => {
    const events: RunEvent[] = [
      { id: 1, type: 'MarkerRecorded', at: 1, bytes: 3 },
      FULL,
      { id: 8, type: 'TimerFired', at: 2, bytes: 3, text: '' },
    ];
    expect(sent(events).map(plain)).toEqual(events);
  });

  it('are grouped like the events they were made of', () => {
    const events = wideHistory(50);
    const seen = groupEvents(sent(events));
    const known = groupEvents(events);
    expect(seen.groups).toEqual(known.groups);
    expect(seen.tasks).toEqual(known.tasks);
  });

  it('hold nothing of no events', () => {
    expect(rowsOf(columnsOf([]))).toEqual([]);
  });
});
