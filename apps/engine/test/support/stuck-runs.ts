/** Runs that do not move, each in its own way. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { activity, startChild } from './commands.ts';
import { Deployed, PINNED } from './deployment-calls.ts';
import type { StartedRun, WholeEngine } from './whole-engine.ts';
import { NAMESPACE } from './whole-engine.ts';

const { TaskQueueType, WorkerStatus } = api.enums.v1;
type Over = Parameters<WholeEngine['start']>[0];

export type StuckRuns = ReturnType<typeof stuckRuns>;

export function stuckRuns(engine: WholeEngine) {
  const beat = (taskQueue: string, slots: temporal.api.worker.v1.IWorkerHeartbeat) =>
    engine.workflow.recordWorkerHeartbeat({
      namespace: NAMESPACE,
      identity: 'w1',
      workerHeartbeat: [
        { workerInstanceKey: randomUUID(), workerIdentity: 'w1', taskQueue, status: WorkerStatus.WORKER_STATUS_RUNNING, ...slots },
      ],
    });

  /** A worker asks for workflow tasks and gets none, so that the queue knows of it. */
  const pollWorkflow = (name: string) =>
    engine.workflow.pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue: { name }, identity: 'w1' }, { deadline: Date.now() + 2_100 });
  const pollActivity = (name: string, perSecond?: number) =>
    engine.workflow.pollActivityTaskQueue(
      {
        namespace: NAMESPACE,
        taskQueue: { name },
        identity: 'w1',
        ...(perSecond === undefined ? {} : { taskQueueMetadata: { maxTasksPerSecond: { value: perSecond } } }),
      },
      { deadline: Date.now() + 2_100 },
    );
  const limit = (taskQueue: string, requestsPerSecond: number) =>
    engine.workflow.updateTaskQueueConfig({
      namespace: NAMESPACE,
      identity: 'operator',
      taskQueue,
      taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
      updateQueueRateLimit: { reason: 'gently', rateLimit: { requestsPerSecond } },
    });

  const onQueue = ({ taskQueue }: StartedRun) => ({ taskQueue: { name: taskQueue } });
  /** A run whose only activity is on the run's own queue. */
  const withActivity = async (over: Parameters<typeof activity>[1] = {}, startOver: Over = {}): Promise<StartedRun> => {
    const run = await engine.start(startOver);
    await engine.step(run.taskQueue, activity('a', { ...onQueue(run), startToCloseTimeout: toDuration(600_000), ...over }));
    return run;
  };
  const withRunningActivity = async (over: Parameters<typeof activity>[1] = {}): Promise<StartedRun> => {
    const run = await withActivity(over);
    await engine.activityTask(run.taskQueue);
    return run;
  };
  const withFailingActivity = async (message: string, over: Parameters<typeof activity>[1] = {}): Promise<StartedRun> => {
    const run = await withActivity({ retryPolicy: { initialInterval: toDuration(60_000) }, ...over });
    const { taskToken } = await engine.activityTask(run.taskQueue);
    await engine.workflow.respondActivityTaskFailed({
      namespace: NAMESPACE,
      taskToken,
      identity: 'w1',
      failure: { message, applicationFailureInfo: { type: 'GatewayError' } },
    });
    return run;
  };
  /** A run whose workflow task failed so often. */
  const withFailingTask = async (
    times: number,
    cause: temporal.api.enums.v1.WorkflowTaskFailedCause,
    message: string,
  ): Promise<StartedRun> => {
    const run = await engine.start();
    for (let attempt = 0; attempt < times; attempt += 1) {
      const { taskToken } = await engine.workflowTask(run.taskQueue);
      await engine.workflow.respondWorkflowTaskFailed({ namespace: NAMESPACE, taskToken, cause, identity: 'w1', failure: { message } });
    }
    return run;
  };
  const idle = async (over: Over = {}): Promise<StartedRun> => {
    const run = await engine.start(over);
    await engine.step(run.taskQueue);
    return run;
  };
  const withChild = async (inside: (childQueue: string) => Promise<unknown>): Promise<StartedRun> => {
    const run = await engine.start();
    const childQueue = randomUUID();
    await engine.step(run.taskQueue, startChild(randomUUID(), { taskQueue: { name: childQueue } }));
    await inside(childQueue);
    // The word that the child began is a task of its own.
    await engine.step(run.taskQueue);
    return run;
  };
  const signal = ({ workflowId }: StartedRun) =>
    engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 's' });
  /** A run that its first worker, of build `v1`, pinned to its version; what new work goes to is `current`. */
  const pinnedTo = async (current: string): Promise<StartedRun> => {
    const deployed = new Deployed(engine);
    await deployed.register('v1', 'v2');
    await deployed.setCurrent('v1');
    const run = await engine.start({ taskQueue: { name: deployed.queue } });
    await deployed.step({ buildId: 'v1', behavior: PINNED });
    await deployed.setCurrent(current);
    await signal(run);
    return run;
  };
  return {
    pinnedTo,
    beat,
    pollWorkflow,
    pollActivity,
    limit,
    withActivity,
    withRunningActivity,
    withFailingActivity,
    withFailingTask,
    idle,
    withChild,
    signal,
    engine,
  };
}
