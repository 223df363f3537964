/** A run without an engine: decisions are taken one after the other on its state, as the shell would, and everything they wrote is kept. */
import { toDuration, toNumber } from '@tidemark/protocol/time';
import type { EngineError } from '../../src/kernel/engine-error.ts';
import { namespaceId, runId, workflowId } from '../../src/kernel/ids.ts';
import type { Limits } from '../../src/kernel/limits.ts';
import { defaultLimits } from '../../src/kernel/limits.ts';
import { encodeEvents, encodeNotes, rebuild } from '../../src/history/codec.ts';
import type { Decision, Env, Transition } from '../../src/history/model/decision.ts';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { decideStart } from '../../src/history/model/decide/start.ts';
import type { StartRequest } from '../../src/history/model/decide/start.ts';
import type { CompletionReply } from '../../src/history/model/decide/workflow-task.ts';
import { decideCompleteWorkflowTask, decideStartWorkflowTask } from '../../src/history/model/decide/workflow-task.ts';
import type { UpdateMessage } from '../../src/history/model/decide/update-messages.ts';
import type { CompletedFields } from '../../src/history/model/workflow-task.ts';
import { eventNameOf } from '../../src/history/model/events.ts';
import type { HistoryEvent } from '../../src/history/model/events.ts';
import { isStored } from '../../src/history/model/notes.ts';
import type { RunState } from '../../src/history/model/state.ts';
import { settle } from '../../src/history/model/state.ts';
import type { TransitionRecord } from '../../src/persistence/ports/run-store.ts';

const START = 1_700_000_000_000;
export const KEY = { namespaceId: namespaceId('ns'), workflowId: workflowId('wf'), runId: runId('run-1') };

export function startRequest(
  over: Partial<StartRequest> & { readonly attributes?: object; readonly firstTaskDelay?: number; readonly requestId?: string } = {},
): StartRequest {
  return {
    reusePolicy: over.reusePolicy ?? 1,
    conflictPolicy: over.conflictPolicy ?? 1,
    run: {
      key: KEY,
      requestId: over.requestId ?? 'start-1',
      firstTaskDelay: over.firstTaskDelay ?? 0,
      attributes: {
        workflowType: { name: 'order' },
        taskQueue: { name: 'queue', kind: 1 },
        workflowTaskTimeout: toDuration(10_000),
        identity: 'client',
        ...over.attributes,
      },
    },
  };
}

export class ModelRun {
  now = START;
  state: RunState | undefined;
  readonly events: HistoryEvent[] = [];
  readonly records: TransitionRecord[] = [];
  /** First transitions of runs that began with one of this run's. */
  readonly others: Transition[] = [];
  limits: Limits = defaultLimits;
  private ids = 0;

  get env(): Env {
    return { now: this.now, newId: () => `id-${(this.ids += 1)}`, limits: this.limits };
  }

  get known(): RunState {
    if (this.state === undefined) throw new Error('the run has not begun');
    return this.state;
  }

  /** Names of the events, as history tables write them. */
  get names(): string[] {
    return this.events.map((event) => eventNameOf(event.eventType ?? 0) ?? '?');
  }

  start(request: StartRequest = startRequest()): this {
    this.take(decideStart(this.state, request, this.env));
    return this;
  }

  /** Takes a decision as committed. Throws its refusal. */
  take<Reply>(decision: Decision<Reply>): Reply {
    if (decision.kind === 'rejected') throw decision.error;
    if (decision.kind === 'unchanged') return decision.reply;
    for (const transition of decision.transitions) {
      if (transition.key.runId === KEY.runId) this.commit(transition);
      else this.others.push(transition);
    }
    return decision.reply;
  }

  refusal<Reply>(decide: (state: RunState, env: Env) => Decision<Reply>): EngineError | undefined {
    const decision = decide(this.known, this.env);
    return decision.kind === 'rejected' ? decision.error : undefined;
  }

  do<Reply>(decide: (state: RunState, env: Env) => Decision<Reply>): Reply {
    return this.take(decide(this.known, this.env));
  }

  /** A worker takes the task that waits. */
  poll(over: { readonly stickyQueue?: string } = {}) {
    const task = this.known.volatile.workflowTask;
    if (task === undefined) throw new Error('there is no task to poll');
    const taskQueue = over.stickyQueue ?? 'queue';
    const start = {
      scheduledEventId: task.scheduledEventId,
      attempt: task.attempt,
      requestId: 'poll',
      identity: 'worker',
      taskQueue,
      isStickyQueue: over.stickyQueue !== undefined,
    };
    return this.do((state, env) => decideStartWorkflowTask(state, start, env)).task;
  }

  /** The worker answers the task it has. */
  complete(
    commands: readonly Command[] = [],
    over: {
      readonly stickyQueue?: string;
      readonly forceNewTask?: boolean;
      readonly messages?: readonly UpdateMessage[];
      readonly forgetsTasksWithEvents?: boolean;
      readonly returnNewTask?: boolean;
      readonly mayTakeFrom?: (taskQueue: string) => boolean;
      readonly fields?: CompletedFields;
    } = {},
  ): CompletionReply {
    const task = this.known.volatile.workflowTask;
    if (task === undefined) throw new Error('there is no task to complete');
    const completion = {
      ref: { ...task, startedAt: task.startedAt ?? 0 },
      commands,
      messages: over.messages ?? [],
      forgetsTasksWithEvents: over.forgetsTasksWithEvents ?? false,
      fields: over.fields ?? {},
      identity: 'worker',
      sticky: over.stickyQueue === undefined ? undefined : { taskQueue: over.stickyQueue, scheduleToStart: 10_000 },
      forceNewTask: over.forceNewTask ?? false,
      returnNewTask: over.returnNewTask ?? false,
      newTaskRequestId: 'poll',
      namespace: 'default',
      mayTakeFrom: over.mayTakeFrom ?? (() => true),
      isServedBy: () => true,
      faultOfSearchAttributes: () => undefined,
    };
    return this.do((state, env) => decideCompleteWorkflowTask(state, completion, env));
  }

  /** What the store would give back. */
  rebuilt(): RunState {
    return rebuild({ key: KEY, version: this.records.length, isOpen: true, transitions: this.records });
  }

  private commit({ changes, state }: Transition): void {
    if (changes.every((change) => change.kind === 'note' && !isStored(change.note))) {
      this.state = settle(state);
      return;
    }
    const events = changes.flatMap((change) => (change.kind === 'event' ? [change.event] : []));
    const bytes = encodeEvents(events);
    state.volatile.version += 1;
    state.volatile.historySizeBytes += bytes.byteLength;
    this.records.push({
      version: state.volatile.version,
      firstEventId: toNumber(events[0]?.eventId ?? 0),
      eventCount: events.length,
      events: bytes,
      notes: encodeNotes(changes.flatMap((change) => (change.kind === 'note' ? [change.note] : []))),
    });
    this.events.push(...events);
    this.state = settle(state);
  }
}
