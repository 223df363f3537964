/** A worker without an SDK: it plays one small workflow over the wire and remembers what it was told was done. */
import { setMaxListeners } from 'node:events';
import type { Connection } from '@tidemark/protocol/client';
import { api } from '@tidemark/protocol/api';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { toDuration, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';

const { CommandType, EventType, TaskQueueKind } = api.enums.v1;
type Event = temporal.api.history.v1.IHistoryEvent;
type Command = temporal.api.command.v1.ICommand;

export interface RawWorkerOptions {
  /** Asked anew for every call, because the engine behind it is replaced now and then. */
  readonly connection: () => Connection;
  readonly taskQueue: string;
  readonly signal: AbortSignal;
  readonly workflowPollers: number;
  readonly activityPollers: number;
  readonly decide: (events: readonly Event[]) => readonly Command[];
  /** Called with the result once the engine has acknowledged it. */
  readonly onCompleted?: (activity: { readonly workflowId: string; readonly activityId: string }) => void;
}

/** Resolves when the signal aborts and all polls are back. */
export async function runRawWorker(options: RawWorkerOptions): Promise<void> {
  setMaxListeners(options.workflowPollers + options.activityPollers + 1, options.signal);
  const loops = [
    ...Array.from({ length: options.workflowPollers }, () => loop(options, () => workflowTask(options))),
    ...Array.from({ length: options.activityPollers }, () => loop(options, () => activityTask(options))),
  ];
  await Promise.all(loops);
}

/** What is lost with a killed engine is asked for again; a task that is stale by then is somebody else's. */
const passing: ReadonlySet<number> = new Set([
  StatusCode.UNAVAILABLE,
  StatusCode.CANCELLED,
  StatusCode.NOT_FOUND,
  StatusCode.DEADLINE_EXCEEDED,
  StatusCode.INVALID_ARGUMENT,
]);

async function loop({ signal }: RawWorkerOptions, once: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await once();
    } catch (error) {
      if (!(error instanceof RpcError) || !passing.has(error.code)) throw error;
      if (error.code === StatusCode.UNAVAILABLE) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const call = (signal: AbortSignal) => ({ deadline: Date.now() + 30_000, signal });
const queue = (name: string) => ({ name, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL });

async function workflowTask({ connection, taskQueue, signal, decide }: RawWorkerOptions): Promise<void> {
  const { workflow } = connection();
  const task = await workflow.pollWorkflowTaskQueue({ namespace: 'default', taskQueue: queue(taskQueue), identity: 'raw' }, call(signal));
  if (task.taskToken.length === 0) return;
  const commands = decide(task.history?.events ?? []);
  await workflow.respondWorkflowTaskCompleted({
    namespace: 'default',
    taskToken: task.taskToken,
    identity: 'raw',
    commands: [...commands],
  });
}

async function activityTask({ connection, taskQueue, signal, onCompleted }: RawWorkerOptions): Promise<void> {
  const { workflow } = connection();
  const task = await workflow.pollActivityTaskQueue({ namespace: 'default', taskQueue: queue(taskQueue), identity: 'raw' }, call(signal));
  if (task.taskToken.length === 0) return;
  await workflow.respondActivityTaskCompleted({ namespace: 'default', taskToken: task.taskToken, identity: 'raw' });
  onCompleted?.({ workflowId: task.workflowExecution?.workflowId ?? '', activityId: task.activityId });
}

export const scheduleActivity = (activityId: string, taskQueue: string): Command => ({
  commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
  scheduleActivityTaskCommandAttributes: {
    activityId,
    activityType: { name: 'step' },
    taskQueue: queue(taskQueue),
    startToCloseTimeout: toDuration(1000),
    retryPolicy: { initialInterval: toDuration(100), maximumInterval: toDuration(100) },
  },
});

export const startTimer = (timerId: string, ms: number): Command => ({
  commandType: CommandType.COMMAND_TYPE_START_TIMER,
  startTimerCommandAttributes: { timerId, startToFireTimeout: toDuration(ms) },
});

export const completeWorkflow = (): Command => ({
  commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
});

export const countOf = (events: readonly Event[], name: keyof typeof EventType): number =>
  events.filter(({ eventType }) => eventType === EventType[name]).length;
export const idOf = (event: Event): number => toNumber(event.eventId);
