/** What passes too quickly on a whole engine to be asked about; the other situations are in test/behaviour/why.test.ts. */
import { describe, expect, it } from 'vitest';
import { decideWhy } from './decide-why.ts';
import type { RunFacts, RunInside } from './run-facts.ts';
import { closestName } from './why-queue.ts';

const NOW = 1_000_000;
const inside: RunInside = {
  timers: [],
  externals: [],
  updates: [],
  buffered: 0,
  firstTask: undefined,
  taskWorker: '',
  sticky: undefined,
  isPartial: false,
};
const idle: RunFacts = {
  now: NOW,
  namespace: { name: 'default', state: 'registered' },
  workflowId: 'order-1',
  runId: 'run-1',
  type: 'Order',
  queue: 'orders',
  startedAt: NOW - 60_000,
  pause: undefined,
  task: undefined,
  taskTimeoutMs: 10_000,
  taskFailure: undefined,
  reportedProblems: [],
  pin: undefined,
  activities: [],
  children: [],
  cancel: undefined,
  expiresAt: undefined,
  inside,
  workflowQueues: new Map(),
  activityQueues: new Map(),
  workers: undefined,
  polledQueues: [],
};
const codes = (over: Partial<RunFacts>) => decideWhy({ ...idle, ...over }).map(({ code }) => code);
const scheduled = { isStarted: false, attempt: 1, scheduledAt: NOW - 10_000, startedAt: undefined };
const timer = { id: '7', label: '', eventId: 5, firesAt: NOW + 1000 };

describe('decideWhy', () => {
  it.for<[string, Partial<RunFacts>, readonly string[]]>([
    ['nothing is pending', {}, ['message']],
    [
      'a child has not started',
      { children: [{ workflowId: 'c', runId: '', type: 'C', eventId: 5, finding: undefined }] },
      ['child-starting'],
    ],
    [
      'a signal is on its way',
      { inside: { ...inside, externals: [{ kind: 'signal', eventId: 5, workflowId: 'other', name: 'go' }] } },
      ['external-signal'],
    ],
    [
      'a cancel request is on its way',
      { inside: { ...inside, externals: [{ kind: 'cancel', eventId: 5, workflowId: 'other', name: '' }] } },
      ['external-cancel'],
    ],
    ['its namespace goes', { namespace: { name: 'old', state: 'deleted' } }, ['namespace-deleted', 'message']],
    ['problems were reported', { reportedProblems: ['category=WorkflowTaskFailed', 'cause=Panic'] }, ['problems-reported', 'message']],
    ['the server says nothing of its queue', { task: scheduled }, ['task-waiting']],
    ['it is paused while a task waits', { task: scheduled, pause: { at: NOW, identity: '', reason: '' } }, ['run-paused']],
    [
      'what is stuck comes before what waits',
      { inside: { ...inside, timers: [timer] }, reportedProblems: ['cause=Panic'] },
      ['problems-reported', 'timer'],
    ],
  ])('%s', ([_name, over, expected]) => {
    expect(codes(over)).toEqual(expected);
  });

  it('gives a parent the severity of the child that holds it up', () => {
    const [finding] = decideWhy({ ...idle, pause: { at: NOW, identity: 'ops', reason: '' } });
    const children = [{ workflowId: 'c', runId: 'r', type: 'Child', eventId: 5, finding }];
    expect(decideWhy({ ...idle, children })).toMatchObject([{ code: 'child', severity: 'stuck' }]);
  });

  it.for([
    'no workflow of the type Order is registered with this worker; known: Refund',
    "Failed to initialize workflow of type 'Order': no such function is exported by the workflow bundle",
    'Workflow class Order is not registered on this worker, available workflows: Refund',
    'unable to find workflow type: Order. Supported types: [Refund]',
  ])('knows that a worker has no code for the type: %s', (message) => {
    const taskFailure = { eventId: 4, at: NOW - 5000, cause: 'WorkflowWorkerUnhandledFailure', message, worker: 'w' };
    expect(codes({ task: { ...scheduled, attempt: 3 }, taskFailure })).toEqual(['task-type-missing']);
  });

  it('does not call a timer by a number that an SDK gave it', () => {
    const [finding] = decideWhy({ ...idle, inside: { ...inside, timers: [timer] } });
    expect(finding?.sentence.slice(0, 2)).toEqual(['Waiting for ', { strong: 'a timer' }]);
  });
});

describe('closestName', () => {
  it.for<[string, readonly string[], string | undefined]>([
    ['orders', ['order', 'mail'], 'order'],
    ['Orders', ['orders'], 'orders'],
    ['orders', ['payments'], undefined],
    ['ab', ['cd'], undefined],
    ['orders-eu', ['orders-us', 'order-eu'], 'order-eu'],
    ['orders', ['orders'], undefined],
  ])('%s among %j is taken for %s', ([name, polled, expected]) => {
    expect(closestName(name, polled)).toBe(expected);
  });
});
