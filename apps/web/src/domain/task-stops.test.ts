import { expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history } from './fixtures.ts';
import { nextStop, stopAt, taskStops } from './task-stops.ts';

const events = history(
  { type: 'WorkflowExecutionStarted' },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 2 },
  { type: 'WorkflowTaskCompleted', ref: 2 },
  { type: 'ActivityTaskScheduled', name: 'a', key: '1', taskId: 4 },
  { type: 'TimerStarted', key: 't', taskId: 4 },
  { type: 'WorkflowTaskScheduled' },
  { type: 'WorkflowTaskStarted', ref: 7 },
  { type: 'WorkflowTaskFailed', ref: 7 },
  { type: 'TimerFired', key: 't', ref: 6 },
  { type: 'WorkflowTaskScheduled' },
);
const stops = taskStops(groupEvents(events).tasks, events);

it('stops after the commands of a task, or at its bad end; an open task is no stop', () => {
  expect(stops).toEqual([
    { index: 1, at: 6, endId: 4, isBad: false },
    { index: 2, at: 9, endId: 9, isBad: true },
  ]);
  expect([3, 4, 5, 8, 9, 11].map((at) => stopAt(stops, at)?.index)).toEqual([undefined, 1, 1, 1, 2, 2]);
});

it('steps from stop to stop and ends at the ends', () => {
  const last = events.length;
  expect([1, 6, 9, 11].map((at) => nextStop(stops, at, { by: 1, last }))).toEqual([6, 9, 11, 11]);
  expect([11, 9, 6, 1].map((at) => nextStop(stops, at, { by: -1, last }))).toEqual([9, 6, 1, 1]);
});
