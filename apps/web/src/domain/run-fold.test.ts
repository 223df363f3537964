import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, wideHistory } from './fixtures.ts';
import { eventOfRow, toHistoryEvent } from './history-event.ts';
import { patchOf } from './patch-marker.ts';
import type { Body } from './payload-json.ts';
import type { RunEvent } from './run-event.ts';
import { RunFold } from './run-fold.ts';
import { compareStates } from './state-difference.ts';
import type { StateView } from './state-view.ts';
import { stateView } from './state-view.ts';

const bodies = new Map<number, Body>();
const foldOf = (events: readonly RunEvent[], whole: ReadonlyMap<number, Body> = bodies): RunFold =>
  new RunFold({
    eventOf: (row, rows) => {
      const body = whole.get(row.id);
      return body === undefined ? eventOfRow(row, rows) : toHistoryEvent(body);
    },
    patchOf: (row) => patchOf(whole.get(row.id)),
  }).grow(events);

const factsOf = (view: StateView): Record<string, string> => Object.fromEntries(view.facts.map((fact) => [fact.name, fact.text]));
const openOf = (view: StateView): string[] => view.open.map((thing) => `${thing.kind} ${thing.name}: ${thing.phase}`);

const order = history(
  { type: 'WorkflowExecutionStarted', name: 'OrderFlow' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 2, worker: 'w1' },
  { type: 'WorkflowTaskCompleted', ref: 2, worker: 'w1', build: '7f3c' },
  { type: 'ActivityTaskScheduled', name: 'chargeCard', key: '1', taskId: 4 },
  { type: 'TimerStarted', key: 'hold', taskId: 4, delayMs: 60_000 },
  { type: 'StartChildWorkflowExecutionInitiated', name: 'Review', key: 'rev-1', taskId: 4 },
  { type: 'WorkflowExecutionSignaled', name: 'approve' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'ActivityTaskStarted', ref: 5, attempt: 3, worker: 'w2' },
  { type: 'ActivityTaskCompleted', ref: 5 },
  { type: 'WorkflowTaskStarted', ref: 9, worker: 'w1' },
  { type: 'WorkflowTaskCompleted', ref: 9, worker: 'w1', build: '8a1d' },
  { type: 'TimerCanceled', key: 'hold', ref: 6, taskId: 13 },
  { type: 'WorkflowExecutionUpdateAccepted', key: 'u1', name: 'changeAddress', taskId: 13 },
  { type: 'WorkflowExecutionUpdateCompleted', ref: 15, taskId: 13 },
  { type: 'WorkflowExecutionCompleted', taskId: 13 },
);

describe('the fold of a run', () => {
  const fold = foldOf(order);
  const at = (id: number): StateView => stateView(fold.at(id));

  it('knows what is open after each event', () => {
    expect(at(0).open).toEqual([]);
    expect(openOf(at(8))).toEqual(['activity chargeCard: scheduled', 'timer hold: not fired', 'child Review: initiated, not started yet']);
    expect(openOf(at(10))[0]).toBe('activity chargeCard: attempt 3 on w2');
    expect(openOf(at(15))).toEqual(['child Review: initiated, not started yet', 'update changeAddress: accepted, not completed']);
    expect(openOf(at(17))).toEqual(['child Review: left open']);
    expect(at(17).notes).toEqual([]);
  });

  it('knows the task in flight, the signals no code has seen, the build and the end', () => {
    expect(factsOf(at(9))).toMatchObject({
      current: 'scheduled, waits for a worker',
      'not seen by code': 'approve',
      build: '7f3c',
      status: 'Running',
    });
    expect(factsOf(at(12))).toMatchObject({ current: 'started on w1', 'not seen by code': 'none', 'signals received': '1' });
    expect(factsOf(at(17))).toMatchObject({ current: 'none', build: '8a1d', status: 'Completed', completed: '2' });
  });

  it('knows what the server said of the size of the history, and since when it asks to continue as new', () => {
    const asked = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'WorkflowTaskScheduled' },
      { type: 'WorkflowTaskStarted', ref: 2, historyBytes: 5_000_000, suggestsNew: true },
    );
    const facts = stateView(foldOf(asked).at(3)).facts.filter((fact) => ['history size', 'continue-as-new'].includes(fact.name));
    expect(facts.map(({ text, eventId }) => [text, eventId])).toEqual([
      ['5.0 MB', 3],
      ['suggested', 3],
    ]);
    expect(factsOf(stateView(foldOf(asked).at(2)))).toMatchObject({ 'history size': 'not said', 'continue-as-new': 'not suggested' });
  });

  it('is the same wherever one comes from', () => {
    const straight = Array.from(order, (_event, index) => stateView(foldOf(order).at(index + 1)));
    for (const id of [17, 3, 9, 10, 9, 1, 16, 17]) expect(at(id)).toEqual(straight[id - 1]);
  });

  it('says what is new, what stands otherwise and how things ended', () => {
    const compared = compareStates(at(9), at(14), { groups: groupEvents(order), events: order });
    expect(compared.things.map(({ thing, change, note, endId }) => [thing.name, change, note, endId])).toEqual([
      ['Review', undefined, undefined, undefined],
      ['chargeCard', 'gone', 'completed', 11],
      ['hold', 'gone', 'canceled', 14],
    ]);
    expect(compared.facts.filter((one) => one.change).map(({ fact, was }) => [fact.name, was])).toContainEqual(['build', '7f3c']);
    const back = compareStates(at(14), at(4), { groups: groupEvents(order), events: order });
    expect(back.things.map(({ thing, note }) => [thing.name, note])).toEqual([['Review', 'not there yet']]);
  });

  it('reads attributes, memos and patches from the bodies it is given', () => {
    const events = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'UpsertWorkflowSearchAttributes' },
      { type: 'MarkerRecorded', name: 'core_patch' },
      { type: 'WorkflowPropertiesModified' },
    );
    const whole = new Map<number, Body>([
      [
        1,
        {
          eventId: 1,
          eventType: 'WorkflowExecutionStarted',
          workflowExecutionStartedEventAttributes: { memo: { fields: { channel: 'web' } }, attempt: 2 },
        },
      ],
      [
        2,
        {
          eventId: 2,
          eventType: 'UpsertWorkflowSearchAttributes',
          upsertWorkflowSearchAttributesEventAttributes: { searchAttributes: { indexedFields: { OrderStatus: 'REVIEW' } } },
        },
      ],
      [
        3,
        {
          markerRecordedEventAttributes: { markerName: 'core_patch', details: { 'patch-data': [{ id: 'v2-pricing', deprecated: false }] } },
        },
      ],
      [
        4,
        {
          eventId: 4,
          eventType: 'WorkflowPropertiesModified',
          workflowPropertiesModifiedEventAttributes: { upsertedMemo: { fields: { channel: null, by: 'r.osei' } } },
        },
      ],
    ]);
    // The marker itself tells the fold nothing.
    whole.set(3, { ...whole.get(3), eventId: 3, eventType: 'MarkerRecorded' });
    const view = stateView(foldOf(events, whole).at(4));
    expect(view.notes).toEqual([]);
    expect(factsOf(view)).toMatchObject({ OrderStatus: '"REVIEW"', by: '"r.osei"', patches: 'v2-pricing', attempt: '2' });
    expect(factsOf(view)['channel']).toBeUndefined();
  });

  it('leaves out what it does not know and says so', () => {
    const odd = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'FromTomorrow' },
      { type: 'ActivityTaskCompleted', ref: 99 },
      { type: 'TimerStarted', key: 't', delayMs: 5 },
    );
    const view = stateView(foldOf(odd).at(4));
    expect(view.notes).toEqual([
      'Event 2 is a FromTomorrow, which this console does not know; it is left out.',
      'Event 3, ActivityTaskCompleted, does not fit what came before it: no activity is pending under event 99.',
    ]);
    expect(openOf(view)).toEqual(['timer t: not fired']);
    expect(stateView(foldOf(odd).at(1)).notes).toEqual([]);
  });

  it('steps anywhere in a long history by a few hundred events, and grows with it', () => {
    const events = wideHistory(17_000);
    let applied = 0;
    const long = new RunFold({
      eventOf: (row, rows) => {
        applied += 1;
        return eventOfRow(row, rows);
      },
      patchOf: () => undefined,
    }).grow(events.slice(0, 51_000));
    expect(stateView(long.at(51_000)).notes).toEqual([]);
    expect(applied).toBe(51_000);
    for (const id of [25_000, 24_999, 1, 50_999, 51_000]) {
      applied = 0;
      expect(stateView(long.at(id)).at).toBe(id);
      expect(applied).toBeLessThanOrEqual(512);
    }
    applied = 0;
    expect(stateView(long.grow(events).at(events.length)).status).toBe('Completed');
    expect(applied).toBe(events.length - 51_000);
  });
});
