/** Builds one transition: writes events, holds back what must wait for the workflow task in flight, and sees to the next task. */
import { api } from '@tidemark/protocol/api';
import { toLong, toNumber, toTimestamp } from '@tidemark/protocol/time';
import type { RunKey } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/invariant.ts';
import { applyEvent } from './apply/apply-event.ts';
import { terminate } from './closing.ts';
import type { Change, Decision, Env, Transition } from './decision.ts';
import type { Derived } from './derived.ts';
import type { Draft, EventName, HistoryEvent } from './events.ts';
import { eventTypeOf, isBuffered, isTerminal } from './events.ts';
import type { Note } from './notes.ts';
import { applyNote } from './notes.ts';
import type { RunState } from './state.ts';
import { emptyState, fork, isPaused } from './state.ts';
import { bytesOfDrafts, bytesOfState } from './state-size.ts';
import type { AfterClose, Volatile } from './volatile.ts';
import { forceCloseWorkflowTask, makeTaskOrdinary, scheduleWorkflowTask } from './workflow-task.ts';

const { ParentClosePolicy } = api.enums.v1;

export class Step {
  readonly state: RunState;
  private readonly changes: Change[] = [];
  private readonly waiting: Draft[] = [];
  private wake = false;
  private becomesCurrent = false;
  private past: readonly (readonly HistoryEvent[])[] = [];

  private constructor(
    state: RunState,
    readonly env: Env,
  ) {
    this.state = state;
  }

  static on(state: RunState, env: Env): Step {
    return new Step(fork(state), env);
  }

  /** The first step of a new run, which its workflow id resolves to from then on. */
  static onNewRun(key: RunKey, env: Env): Step {
    const step = new Step(emptyState(key), env);
    step.becomesCurrent = true;
    return step;
  }

  /** The first step of a new run that shares the past of another. */
  static onPast(key: RunKey, past: readonly (readonly HistoryEvent[])[], env: Env): Step {
    const step = Step.onNewRun(key, env);
    for (const batch of past) for (const event of batch) applyEvent(step.derived, event);
    step.past = past;
    return step;
  }

  get derived(): Derived {
    return this.state.derived;
  }

  get volatile(): Volatile {
    return this.state.volatile;
  }

  /** Writes an event now and returns its id. Only for events that never wait. */
  write<Name extends EventName>(draft: Draft<Name>): number {
    invariant(!isBuffered(draft.name), `${draft.name} goes through the buffer`);
    return this.append(draft);
  }

  /** Adds an event that has to wait while a workflow task is started; it wakes the workflow. */
  add<Name extends EventName>(draft: Draft<Name>): void {
    invariant(isBuffered(draft.name), `${draft.name} is written at once`);
    this.waiting.push({ ...draft, time: draft.time ?? this.env.now });
  }

  note(note: Note): void {
    applyNote(this.state, note);
    this.changes.push({ kind: 'note', note });
  }

  /** Asks for a workflow task although no event does. */
  wakeUp(): void {
    this.wake = true;
  }

  /** Events that a started workflow task still has not seen, those of this step included. */
  get buffered(): readonly Draft[] {
    return [...this.volatile.buffered, ...this.waiting];
  }

  /** Takes waiting events back, where a command makes them void. */
  withdraw(isVoid: (draft: Draft) => boolean): void {
    const kept = this.volatile.buffered.filter((draft) => !isVoid(draft));
    if (kept.length !== this.volatile.buffered.length) this.note({ type: 'bufferSet', drafts: kept });
    for (let at = this.waiting.length - 1; at >= 0; at -= 1) {
      const draft = this.waiting[at];
      if (draft !== undefined && isVoid(draft)) this.waiting.splice(at, 1);
    }
  }

  /** Writes everything that waits, terminal events last. Returns whether there was anything the workflow must see. */
  flush(): boolean {
    const drafts = this.buffered;
    if (drafts.length === 0) return false;
    this.waiting.length = 0;
    if (this.volatile.buffered.length > 0) this.note({ type: 'bufferSet', drafts: [] });
    const startedIds = new Map<number, number>();
    const ordered = [...drafts.filter((draft) => !isTerminal(draft.name)), ...drafts.filter((draft) => isTerminal(draft.name))];
    for (const draft of ordered) {
      const eventId = this.append(withStartedId(draft, startedIds));
      if (startsSomething.has(draft.name)) startedIds.set(subjectIdOf(draft), eventId);
    }
    return drafts.some(({ name }) => !silent.has(name));
  }

  /** Ends the step: flushes if it may, schedules the next workflow task if something happened that the workflow must see. */
  finish(): Transition {
    this.keepWithinLimits();
    const isOpen = this.derived.closedAt === undefined;
    const isRetrying = this.volatile.retrying > 0;
    if (isOpen && isRetrying !== this.volatile.tellsRetrying) this.note({ type: 'retryingTold', isRetrying });
    const isStarted = (this.volatile.workflowTask?.startedEventId ?? 0) !== 0;
    if (isOpen && isStarted && this.waiting.length > 0) makeTaskOrdinary(this);
    if (isOpen && isStarted) for (const draft of this.waiting.splice(0)) this.note({ type: 'eventBuffered', draft });
    if (isOpen && !isStarted) this.finishIdle();
    return { key: this.derived.key, state: this.state, changes: this.changes, past: this.past, becomesCurrent: this.becomesCurrent };
  }

  /** A history that would grow without end is ended; a task that hears of too much too late is given up for a new one. */
  private keepWithinLimits(): void {
    const { limits } = this.env;
    if (this.derived.closedAt !== undefined) return;
    if (this.derived.nextEventId - 1 + this.waiting.length > limits.historyEventsMax)
      return this.terminateFor('Workflow history count exceeds limit.');
    if (this.volatile.historySizeBytes > limits.historyBytesMax) return this.terminateFor('Workflow history size exceeds limit.');
    const isStarted = (this.volatile.workflowTask?.startedEventId ?? 0) !== 0;
    const held = isStarted ? this.buffered : [];
    const heldBytes = bytesOfDrafts(held);
    if (bytesOfState(this.state) + heldBytes > limits.stateBytesMax) return this.terminateFor('Workflow mutable state size exceeds limit.');
    if (held.length > limits.bufferedEventsMax || heldBytes > limits.bufferedBytesMax) {
      forceCloseWorkflowTask(this);
      this.wakeUp();
    }
  }

  private terminateFor(reason: string): void {
    terminate(this, { reason, identity: 'history-service' });
  }

  private finishIdle(): void {
    const hasNewEvents = this.flush();
    const isHeldBack = this.volatile.firstTaskAt !== undefined;
    if ((!hasNewEvents || isHeldBack) && !this.wake) return;
    if (isHeldBack) this.note({ type: 'firstTaskAt', at: undefined });
    // A run that goes on again gets a task whatever happened in between.
    if (isPaused(this.state)) return;
    if (this.volatile.workflowTask === undefined) scheduleWorkflowTask(this, { hasNewEvents });
  }

  decide<Reply>(reply: Reply, others: readonly Transition[] = []): Decision<Reply> {
    return { kind: 'transition', transitions: [this.finish(), ...others], reply };
  }

  /** Whoever has to know of the end is remembered with it, so that nobody is forgotten by a crash. */
  private noteWhoHears(): void {
    const { start, children, followedBy } = this.derived;
    const left: AfterClose[] = [];
    if (start.parentWorkflowExecution && followedBy === '') left.push('parent');
    for (const child of children.values()) {
      if (child.attributes.parentClosePolicy !== ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON) left.push(child.initiatedEventId);
    }
    if (left.length > 0) this.note({ type: 'afterClose', left });
  }

  private append(draft: Draft): number {
    // A speculative task has counted on the ids that come next: it is written before anything else takes them.
    if (!draft.name.startsWith('workflowTask')) makeTaskOrdinary(this);
    const eventId = this.derived.nextEventId;
    const event: HistoryEvent = {
      eventId: toLong(eventId),
      eventTime: toTimestamp(draft.time ?? this.env.now),
      eventType: eventTypeOf(draft.name),
      taskId: toLong(eventId),
      [`${draft.name}EventAttributes`]: draft.attributes,
    };
    if (draft.userMetadata !== undefined) event.userMetadata = draft.userMetadata;
    if (draft.links !== undefined && draft.links.length > 0) event.links = [...draft.links];
    if (draft.workerMayIgnore === true) event.workerMayIgnore = true;
    const wasOpen = this.derived.closedAt === undefined;
    applyEvent(this.derived, event);
    this.changes.push({ kind: 'event', event });
    if (wasOpen && this.derived.closedAt !== undefined) this.noteWhoHears();
    return eventId;
  }
}

/** Nothing for the workflow to act upon. */
const silent: ReadonlySet<EventName> = new Set<EventName>([
  'workflowExecutionOptionsUpdated',
  'workflowExecutionPaused',
  'workflowExecutionUnpaused',
]);

const startsSomething: ReadonlySet<EventName> = new Set<EventName>(['activityTaskStarted', 'childWorkflowExecutionStarted']);

/** Events of an activity or a child name it by the id of the event that asked for it. */
function subjectIdOf(draft: Draft): number {
  type Id = Parameters<typeof toNumber>[0];
  const attributes = draft.attributes as { readonly scheduledEventId?: Id; readonly initiatedEventId?: Id };
  return toNumber(attributes.scheduledEventId ?? attributes.initiatedEventId);
}

/** An activity's or a child's end is written with the id its Started event got a moment before. */
function withStartedId(draft: Draft, startedIds: ReadonlyMap<number, number>): Draft {
  if (!isTerminal(draft.name)) return draft;
  const startedEventId = startedIds.get(subjectIdOf(draft));
  if (startedEventId === undefined) return draft;
  return { ...draft, attributes: { ...draft.attributes, startedEventId: toLong(startedEventId) } };
}
