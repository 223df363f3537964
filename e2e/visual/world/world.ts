/** A product whose clock is moved by hand, and the hands of the workers that play in it. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Connection } from '@tidemark/protocol/client';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { temporal } from '@tidemark/protocol/types';
import type { ActivityTask, Command, WorkflowTask } from '../../fixtures/fake-worker.ts';
import { payloads } from '../../fixtures/fake-worker.ts';
import { FROM } from './moment.ts';

type Message = temporal.api.protocol.v1.IMessage;

export const NAMESPACE = 'payments';
/** Real time; nothing of the world's. */
const POLL_MS = 10_000;

/** Resumed each time the world has come to the moment that it gave. */
export type Story = AsyncGenerator<number, void, void>;

export interface Hands {
  readonly identity: string;
  readonly build: string;
}

const inOrder: Hands = { identity: 'worker-1', build: '7f3c' };

export class World {
  private now = FROM;
  private readonly aside: WorkflowTask[] = [];
  private readonly asideActivities: ActivityTask[] = [];

  constructor(
    readonly connection: Connection,
    private readonly engine: ChildProcess,
    private readonly apiUrl: string,
  ) {}

  /** Writes as the console does, so that the audit has it. */
  async asConsole(procedure: string, input: Readonly<Record<string, unknown>>): Promise<void> {
    const { workflowExecutionInfo } = await this.connection.workflow.describeWorkflowExecution({
      namespace: NAMESPACE,
      execution: { workflowId: String(input['workflowId']) },
    });
    const response = await fetch(`${this.apiUrl}/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ namespace: NAMESPACE, runId: workflowExecutionInfo?.execution?.runId, ...input }),
    });
    if (!response.ok) throw new Error(`${procedure}: ${await response.text()}`);
  }

  /** Never backwards. */
  async until(at: number): Promise<void> {
    if (at <= this.now) return;
    this.now = at;
    const told = once(this.engine, 'message');
    this.engine.send({ at });
    await told;
  }

  pass = (ms: number): Promise<void> => this.until(this.now + ms);

  get time(): number {
    return this.now;
  }

  /** Plays all of them, always the one whose moment comes first. */
  async play(stories: readonly Story[]): Promise<void> {
    const waiting: { readonly at: number; readonly story: Story }[] = [];
    for (const story of stories) await this.resume(story, waiting);
    for (;;) {
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting.shift();
      if (next === undefined) return;
      await this.until(next.at);
      await this.resume(next.story, waiting);
    }
  }

  private async resume(story: Story, waiting: { at: number; story: Story }[]): Promise<void> {
    const step = await story.next();
    if (step.done !== true) waiting.push({ at: step.value, story });
  }

  async workflowTask(queue: string, workflowId: string, hands: Hands = inOrder): Promise<WorkflowTask> {
    const isWanted = (task: WorkflowTask) => task.workflowExecution?.workflowId === workflowId;
    for (;;) {
      const found = this.aside.findIndex(isWanted);
      const [kept] = found < 0 ? [] : this.aside.splice(found, 1);
      if (kept !== undefined) return kept;
      const task = await this.connection.workflow.pollWorkflowTaskQueue(
        { namespace: NAMESPACE, taskQueue: { name: queue }, identity: hands.identity, workerVersionCapabilities: { buildId: hands.build } },
        { deadline: Date.now() + POLL_MS },
      );
      if (!task.taskToken?.length) throw new Error(`no workflow task of ${workflowId} came on ${queue}`);
      this.aside.push(task);
    }
  }

  /** Answers the next workflow task with commands; `messages` are those of updates. */
  async decide(
    task: WorkflowTask,
    commands: readonly Command[],
    { messages = [], build = inOrder.build }: { messages?: readonly Message[]; build?: string } = {},
  ): Promise<void> {
    await this.connection.workflow.respondWorkflowTaskCompleted({
      namespace: NAMESPACE,
      taskToken: task.taskToken,
      identity: inOrder.identity,
      commands: [...commands],
      messages: [...messages],
      workerVersionStamp: { buildId: build, useVersioning: false },
      sdkMetadata: { sdkName: 'tidemark', sdkVersion: '0.1.0' },
    });
  }

  /** Takes the workflow task that waits, thinks `ms` about it, and answers it. */
  async task(
    queue: string,
    workflowId: string,
    commands: readonly Command[],
    { waits = 4, thinks = 7, hands = inOrder } = {},
  ): Promise<void> {
    await this.pass(waits);
    const task = await this.workflowTask(queue, workflowId, hands);
    await this.pass(thinks);
    await this.decide(task, commands, { build: hands.build });
  }

  async activityTask(
    queue: string,
    of: { readonly workflowId: string; readonly activityId: string },
    hands: Hands = inOrder,
  ): Promise<ActivityTask> {
    const isWanted = (task: ActivityTask) => task.workflowExecution?.workflowId === of.workflowId && task.activityId === of.activityId;
    for (;;) {
      const found = this.asideActivities.findIndex(isWanted);
      const [kept] = found < 0 ? [] : this.asideActivities.splice(found, 1);
      if (kept !== undefined) return kept;
      const task = await this.connection.workflow.pollActivityTaskQueue(
        { namespace: NAMESPACE, taskQueue: { name: queue }, identity: hands.identity, workerVersionCapabilities: { buildId: hands.build } },
        { deadline: Date.now() + POLL_MS },
      );
      if (!task.taskToken?.length) throw new Error(`no task of ${of.activityId} of ${of.workflowId} came on ${queue}`);
      this.asideActivities.push(task);
    }
  }

  async done({ taskToken }: ActivityTask, result: unknown, hands: Hands = inOrder): Promise<void> {
    await this.connection.workflow.respondActivityTaskCompleted({
      namespace: NAMESPACE,
      taskToken,
      identity: hands.identity,
      result: payloads(result),
    });
  }

  async failed({ taskToken }: ActivityTask, failure: Fault, hands: Hands = inOrder): Promise<void> {
    await this.connection.workflow.respondActivityTaskFailed({
      namespace: NAMESPACE,
      taskToken,
      identity: hands.identity,
      failure: failureOf(failure),
    });
  }

  /** For what may not be there any more. */
  async unlessGone(call: Promise<unknown>): Promise<void> {
    await call.catch((error: unknown) => {
      if (!(error instanceof RpcError && error.code === StatusCode.NOT_FOUND)) throw error;
    });
  }
}

export interface Fault {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly final?: boolean;
}

export const failureOf = ({ type, message, stack = '', final = false }: Fault): temporal.api.failure.v1.IFailure => ({
  message,
  source: 'TypeScriptSDK',
  stackTrace: stack,
  applicationFailureInfo: { type, nonRetryable: final },
});
