/** A whole engine on the memory store, with its timers and movers, and the calls that a test makes of it as a client and as a worker. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { OperatorServiceClient, WorkflowMethods, WorkflowServiceClient } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import type { TidemarkService } from '../../src/api/model/tidemark-service.ts';
import { inProcessClients } from '../../src/frontend/in-process.ts';
import type { Limits } from '../../src/kernel/limits.ts';
import { defaultLimits } from '../../src/kernel/limits.ts';
import { openMemoryStore } from '../../src/persistence/memory/memory-store.ts';
import type { Store } from '../../src/persistence/ports/store.ts';
import { startEngine } from '../../src/server/start-engine.ts';

type Request<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['request'];
type Response<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['response'];
export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
export type WorkflowTask = Response<'pollWorkflowTaskQueue'>;
export type ActivityTask = Response<'pollActivityTaskQueue'>;
type Command = temporal.api.command.v1.ICommand;

const { EventType, HistoryEventFilterType } = api.enums.v1;

export const NAMESPACE = 'default';
const POLL_MS = 10_000;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Without a run id: the current run. */
export interface RunName {
  readonly workflowId: string;
  readonly runId?: string;
}

export interface StartedRun {
  readonly workflowId: string;
  readonly runId: string;
  /** A queue of this run alone, unless the request named one. */
  readonly taskQueue: string;
}

export interface WholeEngine {
  readonly workflow: WorkflowServiceClient;
  readonly operator: OperatorServiceClient;
  /** What the console's api is told beyond the protocol. */
  readonly tidemark: TidemarkService;
  /** Starts a run with an id and a task queue of its own; `over` replaces fields of the request. */
  start(over?: Partial<Request<'startWorkflowExecution'>>): Promise<StartedRun>;
  /** The next workflow task of a queue. Throws when none comes within ten seconds. */
  workflowTask(taskQueue: string): Promise<WorkflowTask>;
  /** Answers a workflow task; `over` adds fields to the request. */
  complete(
    task: WorkflowTask,
    commands?: readonly Command[],
    over?: Partial<Request<'respondWorkflowTaskCompleted'>>,
  ): Promise<Response<'respondWorkflowTaskCompleted'>>;
  /** Takes the next workflow task of a queue and answers it with these commands. */
  step(taskQueue: string, ...commands: readonly Command[]): Promise<WorkflowTask>;
  /** The next activity task of a queue. Throws when none comes within ten seconds. */
  activityTask(taskQueue: string): Promise<ActivityTask>;
  /** Whether a poll of this length, in milliseconds, comes back with nothing. No poll may be shorter than two seconds. */
  isIdle(taskQueue: string, kind: 'workflow' | 'activity', ms?: number): Promise<boolean>;
  describe(execution: RunName): Promise<Response<'describeWorkflowExecution'>>;
  history(execution: RunName): Promise<readonly HistoryEvent[]>;
  /** Waits until the run closes, and returns the event that closed it. */
  closed(execution: RunName): Promise<HistoryEvent>;
  stop(): Promise<void>;
}

/** Also with a store of an engine that was stopped, to see it go on. */
export async function openWholeEngine(options: { readonly limits?: Partial<Limits>; readonly store?: Store } = {}): Promise<WholeEngine> {
  const running = await startEngine({
    store: options.store ?? openMemoryStore(),
    logger: quiet,
    ip: '127.0.0.1',
    port: 0,
    namespaces: [NAMESPACE],
    searchAttributes: {},
    limits: { ...defaultLimits, ...options.limits },
  });
  const { workflow, operator } = inProcessClients(running.frontend);
  const within = (ms: number) => ({ deadline: Date.now() + ms });
  const pollWorkflow = (name: string, ms: number) =>
    workflow.pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue: { name }, identity: 'test' }, within(ms));
  const pollActivity = (name: string, ms: number) =>
    workflow.pollActivityTaskQueue({ namespace: NAMESPACE, taskQueue: { name }, identity: 'test' }, within(ms));
  const taken = <Task extends { readonly taskToken: Uint8Array }>(task: Task, taskQueue: string): Task => {
    if (task.taskToken.length === 0) throw new Error(`no task came to ${taskQueue}`);
    return task;
  };
  const whole: WholeEngine = {
    workflow,
    operator,
    tidemark: running.tidemark,
    async start(over = {}) {
      const id = randomUUID();
      const request = { workflowId: id, requestId: randomUUID(), workflowType: { name: 'Order' }, taskQueue: { name: id }, ...over };
      const { runId } = await workflow.startWorkflowExecution({ namespace: NAMESPACE, identity: 'test', ...request });
      return { workflowId: request.workflowId ?? '', runId, taskQueue: request.taskQueue?.name ?? '' };
    },
    workflowTask: async (taskQueue) => taken(await pollWorkflow(taskQueue, POLL_MS), taskQueue),
    complete: ({ taskToken }, commands = [], over = {}) =>
      workflow.respondWorkflowTaskCompleted({ namespace: NAMESPACE, identity: 'test', taskToken, commands: [...commands], ...over }),
    async step(taskQueue, ...commands) {
      const task = await whole.workflowTask(taskQueue);
      await whole.complete(task, commands);
      return task;
    },
    activityTask: async (taskQueue) => taken(await pollActivity(taskQueue, POLL_MS), taskQueue),
    async isIdle(taskQueue, kind, ms = 2100) {
      const poll = kind === 'workflow' ? pollWorkflow : pollActivity;
      return (await poll(taskQueue, ms)).taskToken.length === 0;
    },
    describe: ({ workflowId, runId = '' }) =>
      workflow.describeWorkflowExecution({ namespace: NAMESPACE, execution: { workflowId, runId } }, within(POLL_MS)),
    async history({ workflowId, runId = '' }) {
      const { history } = await workflow.getWorkflowExecutionHistory({ namespace: NAMESPACE, execution: { workflowId, runId } });
      return history?.events ?? [];
    },
    async closed({ workflowId, runId = '' }) {
      const { history } = await workflow.getWorkflowExecutionHistory(
        {
          namespace: NAMESPACE,
          execution: { workflowId, runId },
          waitNewEvent: true,
          historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
        },
        within(POLL_MS),
      );
      const event = history?.events?.[0];
      if (event === undefined) throw new Error(`${workflowId} did not close`);
      return event;
    },
    stop: () => running.stop(1000),
  };
  return whole;
}

const PREFIX = 'EVENT_TYPE_';

/** The types of events in order, without their common prefix, as in `WORKFLOW_EXECUTION_STARTED`. */
export const namesOf = (events: readonly HistoryEvent[]): readonly string[] =>
  events.map(({ eventType }) => (EventType[eventType ?? 0] ?? '').slice(PREFIX.length));

/** The first event of a type, named without the prefix. Throws when there is none. */
export function eventOf(events: readonly HistoryEvent[], name: string): HistoryEvent {
  const found = events.find((_event, at) => namesOf(events)[at] === name);
  if (found === undefined) throw new Error(`no ${name} among ${namesOf(events).join(', ')}`);
  return found;
}
