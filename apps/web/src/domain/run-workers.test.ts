import { expect, it } from 'vitest';
import type { RunEvent } from './run-event.ts';
import { runWorkers } from './run-workers.ts';

const event = (id: number, type: string, more: Partial<RunEvent> = {}): RunEvent => ({ id, type, at: id * 10, bytes: 1, ...more });
const events: readonly RunEvent[] = [
  event(2, 'WorkflowTaskScheduled'),
  event(3, 'WorkflowTaskStarted', { ref: 2, worker: 'one' }),
  event(4, 'WorkflowTaskCompleted', { ref: 2, worker: 'one', build: 'b1', sdk: 'temporal-go 1.2.3' }),
  event(5, 'ActivityTaskScheduled'),
  event(6, 'ActivityTaskStarted', { ref: 5, worker: 'two' }),
  event(7, 'ActivityTaskCompleted', { ref: 5, worker: 'person' }),
  event(9, 'WorkflowTaskStarted', { ref: 8, worker: 'one' }),
  event(10, 'WorkflowTaskCompleted', { ref: 8, worker: 'one', build: 'b2' }),
];

it('counts who really ran it, and says who polls without having done so', () => {
  const rows = runWorkers({
    events,
    pending: [],
    unwritten: [{ worker: 'gone', build: 'b0', activityAttempts: 4, taskAttempts: 1, firstAt: 61, lastAt: 64 }],
    queues: [
      {
        queue: 'orders',
        pollers: [
          { identity: 'one', build: 'b2' },
          { identity: 'idle', build: null },
        ],
      },
    ],
  });
  expect(rows).toEqual([
    {
      identity: 'one',
      builds: ['b1', 'b2'],
      sdk: 'temporal-go 1.2.3',
      workflowTasks: 2,
      activities: 0,
      unwritten: 0,
      firstAt: 30,
      lastAt: 100,
      polls: ['orders'],
    },
    { identity: 'two', builds: [], sdk: '', workflowTasks: 0, activities: 1, unwritten: 0, firstAt: 60, lastAt: 70, polls: [] },
    { identity: 'gone', builds: ['b0'], sdk: '', workflowTasks: 0, activities: 0, unwritten: 5, firstAt: 61, lastAt: 64, polls: [] },
    {
      identity: 'idle',
      builds: [],
      sdk: '',
      workflowTasks: 0,
      activities: 0,
      unwritten: 0,
      firstAt: undefined,
      lastAt: undefined,
      polls: ['orders'],
    },
  ]);
});
