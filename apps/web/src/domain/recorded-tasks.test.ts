import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history } from './fixtures.ts';
import { recordedTasks } from './recorded-tasks.ts';

describe('recordedTasks', () => {
  it('ties what woke a task to what it commanded', () => {
    const events = history(
      { type: 'WorkflowExecutionStarted', name: 'OrderFlow' },
      { type: 'WorkflowTaskScheduled' },
      { type: 'WorkflowTaskStarted', ref: 2 },
      { type: 'WorkflowTaskCompleted', ref: 2 },
      { type: 'ActivityTaskScheduled', name: 'a', key: '1', taskId: 4 },
      { type: 'ActivityTaskStarted', ref: 5, attempt: 1 },
      { type: 'ActivityTaskCompleted', ref: 5 },
      { type: 'WorkflowTaskScheduled' },
      { type: 'WorkflowTaskStarted', ref: 8 },
      { type: 'WorkflowTaskCompleted', ref: 8 },
    );
    const tasks = recordedTasks(events, groupEvents(events));
    expect(tasks.map(({ wokeBy, commands }) => [wokeBy.map((one) => one.what), commands.map((group) => group.name)])).toEqual([
      [['start'], ['a']],
      [['a completed'], []],
    ]);
  });
});
