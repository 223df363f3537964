/** One run: history in, commands out. Pure: the code it drives is given to it. */
import type { Activation, ActivationResult, Command, Job, RunFacts, UpdateRejection } from '../workflow/commands.ts';
import { chunkLength, endsInFailing } from './chunks.ts';
import type { HistoryEvent } from './events.ts';
import { commandKindOf, EventType, eventId, eventName, eventTime, isEnding, isKnown } from './events.ts';
import { patchOf, sideEffectOf } from './identity.ts';
import type { Execution, Operation } from './jobs.ts';
import { executionJob, factsOf, operationJob } from './jobs.ts';
import type { MachineKind } from './machines.ts';
import { followUpOf, initialStates, isOver, nextState } from './machines.ts';
import { CommandMatcher } from './matcher.ts';
import { InvalidHistoryError, NondeterminismError } from './nondeterminism.ts';

/** The workflow's code, wherever it runs: everything that follows from the jobs happens before it returns. */
export interface WorkflowCode {
  activate(activation: Activation): ActivationResult;
  /** What it waits for that no command stands for. */
  conditions?(): readonly OpenCondition[];
}

export interface OpenCondition {
  /** What its author called it, or its text. */
  readonly label: string;
  readonly stack: string | undefined;
}

export interface LoggedLine {
  readonly level: string;
  readonly message: string;
  /** As JSON; empty for none. */
  readonly attributes: string;
  readonly stack: string | undefined;
}

/** What one task did, kept for reports. */
export interface TaskRecord {
  /** Counted from 1. */
  readonly index: number;
  readonly startedEventId: number;
  readonly time: number;
  /** The events that woke the code. */
  readonly causes: readonly HistoryEvent[];
  readonly commands: readonly Command[];
  /** What the code wrote, and what it still waited for at the end of the task; of reports alone. */
  readonly logs: readonly LoggedLine[];
  readonly conditions: readonly OpenCondition[];
  /** The events that recorded the commands; undefined while the task has no recorded end. */
  events?: readonly HistoryEvent[];
}

interface Machine {
  readonly kind: MachineKind;
  readonly operation: Operation;
  /** Where the code asked for it; kept for reports alone. */
  readonly stack?: string | undefined;
  state: string;
}

/** Something the code has asked for that has not come to its end. */
export interface OpenOperation {
  readonly kind: MachineKind;
  /** The event that began it. */
  readonly eventId: number;
  readonly operation: Operation;
  readonly stack: string | undefined;
}

export interface RunReplayOptions {
  readonly execution: Execution;
  /** Makes the code of the run from its first event; throws if there is no such workflow type. */
  readonly start: (facts: RunFacts) => WorkflowCode;
  /** Every task is kept for a report, or only the last three. */
  readonly keepAll?: boolean;
  /** The lines that the code wrote since it was last asked. */
  readonly takeLogs?: () => readonly LoggedLine[];
}

export interface Feed {
  readonly events: readonly HistoryEvent[];
  /** The last task in the events is to be answered; false when they are only replayed. */
  readonly live: boolean;
  /** Updates that came with the task. */
  readonly updates?: readonly Extract<Job, { kind: 'update' }>[];
  readonly historyBytes?: number;
  readonly continueAsNewSuggested?: boolean;
}

export interface FeedResult {
  readonly commands: readonly Command[];
  readonly rejections: readonly UpdateRejection[];
  readonly problem?: ActivationResult['problem'];
}

const TASKS_KEPT = 3;

export class RunReplay {
  readonly records: TaskRecord[] = [];
  tasks = 0;
  lastEventId = 0;
  /** The execution's last event was seen: nothing is left to command. */
  closed = false;
  workflowType = '';
  readonly #options: RunReplayOptions;
  #code: WorkflowCode | undefined;
  #pending: HistoryEvent[] = [];
  #bytes = 0;
  readonly #machines = new Map<number, Machine>();
  readonly #matcher = new CommandMatcher((startedBy) => this.#machines.get(startedBy)?.operation.seq);

  constructor(options: RunReplayOptions) {
    this.#options = options;
  }

  /** Throws `NondeterminismError` or `InvalidHistoryError`. */
  feed(feed: Feed): FeedResult {
    this.#take(feed.events);
    let result: FeedResult = { commands: [], rejections: [] };
    for (let length = chunkLength(this.#pending); length !== undefined; length = chunkLength(this.#pending)) {
      const chunk = this.#pending.splice(0, length);
      const more =
        chunkLength(this.#pending) !== undefined || this.#pending.some((event) => event.eventType === EventType.workflowTaskCompleted);
      result = this.#apply(chunk, feed, feed.live && !more);
      if (result.problem !== undefined || this.closed) return result;
    }
    return result;
  }

  /**
   * Runs the code for what only tasks that failed were told, where history ends in them: the next attempt will be told the same. What it
   * does then is what it would do, so it is not told that it is replayed. Nothing when history ends otherwise.
   */
  feedFailing(): FeedResult | undefined {
    if (!endsInFailing(this.#pending)) return undefined;
    return this.#apply(this.#pending.splice(0), { events: [], live: true }, true);
  }

  /** Holds the events after the last started task against the commands, where history ends in the middle of things. */
  finishPartial(): void {
    const leading = this.#pending;
    if (!leading.some((event) => event.eventType === EventType.workflowTaskCompleted)) return;
    this.#matchAll(leading);
    this.#matcher.finish();
  }

  /** The event that scheduled the activity with this number. */
  scheduledEventId(seq: number): number {
    for (const [id, machine] of this.#machines) if (machine.kind === 'activity' && machine.operation.seq === seq) return id;
    return 0;
  }

  /** The operation an event began, for those who put events into words. */
  sequenceOf(startedBy: number): number | undefined {
    return this.#machines.get(startedBy)?.operation.seq;
  }

  operationOf(initiatedBy: number): Operation | undefined {
    return this.#machines.get(initiatedBy)?.operation;
  }

  /** What the code waits for when the replay has come this far, in the order of their beginning. */
  openOperations(): OpenOperation[] {
    return [...this.#machines].flatMap(([id, { kind, operation, stack, state }]) =>
      isOver(kind, state) ? [] : [{ kind, eventId: id, operation, stack }],
    );
  }

  get execution(): Execution {
    return this.#options.execution;
  }

  get lastStartedEventId(): number {
    return this.records.at(-1)?.startedEventId ?? 0;
  }

  #take(events: readonly HistoryEvent[]): void {
    for (const event of events) {
      const id = eventId(event);
      const last = this.#pending.length > 0 ? eventId(this.#pending.at(-1) as HistoryEvent) : this.lastEventId;
      if (id <= last) continue;
      if (id !== last + 1) throw new InvalidHistoryError(`history jumps from event ${last} to event ${id}`);
      this.#pending.push(event);
    }
  }

  #apply(chunk: readonly HistoryEvent[], feed: Feed, live: boolean): FeedResult {
    const jobs: Job[] = [];
    const causes: HistoryEvent[] = [];
    this.#matchAll(chunk);
    for (const event of chunk) {
      this.lastEventId = eventId(event);
      this.#bytes = feed.historyBytes ?? this.#bytes;
      if (isEnding(event)) this.closed = true;
      const job = this.#jobOf(event);
      if (job === undefined) continue;
      jobs.push(job);
      causes.push(event);
    }
    const recorded = chunk.some((event) => event.eventType === EventType.workflowTaskCompleted);
    if (this.tasks > 0 && recorded) this.#matcher.finish();
    if (this.closed) return { commands: [], rejections: [] };
    jobs.push(...(live ? (feed.updates ?? []) : this.#ahead()));
    const started = chunk.at(-1);
    const time = started === undefined ? 0 : eventTime(started);
    const result = this.#requireCode(chunk).activate({
      jobs,
      time,
      replaying: !live,
      historyLength: this.lastEventId,
      historyBytes: this.#bytes,
      continueAsNewSuggested: started?.workflowTaskStartedEventAttributes?.suggestContinueAsNew ?? false,
    });
    this.tasks += 1;
    const commands = inSendingOrder(result.commands);
    this.#matcher.push(commands, this.tasks);
    const logs = this.#options.takeLogs?.() ?? [];
    const conditions = this.#options.keepAll ? (this.#code?.conditions?.() ?? []) : [];
    this.#record({ index: this.tasks, startedEventId: this.lastEventId, time, causes, commands, logs, conditions });
    return { ...result, commands };
  }

  #requireCode(chunk: readonly HistoryEvent[]): WorkflowCode {
    if (this.#code !== undefined) return this.#code;
    const [first] = chunk;
    if (first?.eventType !== EventType.workflowExecutionStarted)
      throw new InvalidHistoryError('history does not begin with the start of the execution');
    const facts = factsOf(first, this.#options.execution);
    this.workflowType = facts.workflowType;
    this.#code = this.#options.start(facts);
    return this.#code;
  }

  #record(record: TaskRecord): void {
    this.records.push(record);
    if (!this.#options.keepAll && this.records.length > TASKS_KEPT) this.records.shift();
  }

  #matchAll(chunk: readonly HistoryEvent[]): void {
    const recorded = chunk.filter((event) => commandKindOf(event) !== undefined);
    const record = this.records.at(-1);
    if (record !== undefined && chunk.some((event) => event.eventType === EventType.workflowTaskCompleted)) record.events = recorded;
    for (const event of recorded) {
      if (this.tasks === 0 && isEnding(event)) return;
      const command = this.#matcher.match(event);
      if (command !== undefined) this.#begin(command, event);
    }
  }

  #begin(command: Command, event: HistoryEvent): void {
    const began = machineOf(command);
    if (began === undefined) {
      if (command.kind === 'cancelActivity')
        this.#advance('activity', 'cancelRequested', Number(event.activityTaskCancelRequestedEventAttributes?.scheduledEventId ?? 0));
      if (command.kind === 'cancelTimer')
        this.#advance('timer', 'canceled', Number(event.timerCanceledEventAttributes?.startedEventId ?? 0));
      return;
    }
    const stack = this.#options.keepAll ? command.trace.stack : undefined;
    this.#machines.set(eventId(event), { ...began, stack, state: initialStates[began.kind] });
  }

  #advance(kind: MachineKind, input: string, initiatedBy: number): Machine | undefined {
    const machine = this.#machines.get(initiatedBy);
    const next = machine?.kind === kind ? nextState(kind, machine.state, input) : undefined;
    if (machine === undefined || next === undefined) return undefined;
    machine.state = next;
    return machine;
  }

  #jobOf(event: HistoryEvent): Job | undefined {
    const followUp = followUpOf(event);
    if (followUp === undefined) {
      if (!isKnown(event) && !event.workerMayIgnore && commandKindOf(event) === undefined) {
        throw new InvalidHistoryError(`event ${eventId(event)} is of the unknown type ${eventName(event)}`);
      }
      return executionJob(event);
    }
    const machine = this.#advance(followUp.kind, followUp.input, followUp.initiatedBy);
    if (machine === undefined) throw new NondeterminismError({ kind: 'orphan-resolution', taskIndex: this.tasks, event });
    return operationJob(followUp, event, machine.operation);
  }

  /** Markers and accepted updates are written at the end of the task whose code already saw them, so replay reads one task ahead. */
  #ahead(): Job[] {
    const length = chunkLength(this.#pending) ?? this.#pending.length;
    return this.#pending.slice(0, length).flatMap((event): Job[] => {
      const patch = patchOf(event);
      if (patch !== undefined) return [{ kind: 'patchPresent', id: patch.id }];
      const sideEffect = sideEffectOf(event);
      if (sideEffect !== undefined) return [{ kind: 'sideEffectValue', ...sideEffect }];
      const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
      const request = accepted?.acceptedRequest;
      if (!accepted || !request) return [];
      return [
        {
          kind: 'update',
          id: request.meta?.updateId ?? '',
          protocolInstanceId: accepted.protocolInstanceId ?? '',
          name: request.input?.name ?? '',
          input: request.input?.args ?? undefined,
          validate: false,
        },
      ];
    });
  }
}

const endings: ReadonlySet<Command['kind']> = new Set(['complete', 'fail', 'cancel', 'continueAsNew']);

/** An ending closes the execution, so everything else goes before it. */
function inSendingOrder(commands: readonly Command[]): Command[] {
  const ending = commands.find(({ kind }) => endings.has(kind));
  const rest = commands.filter(({ kind }) => !endings.has(kind));
  return ending === undefined ? rest : [...rest, ending];
}

function machineOf(command: Command): Omit<Machine, 'state'> | undefined {
  switch (command.kind) {
    case 'scheduleActivity':
      return { kind: 'activity', operation: { seq: command.seq, type: command.activityType, id: command.activityId } };
    case 'startTimer':
      return { kind: 'timer', operation: { seq: command.seq, type: 'timer', id: String(command.seq) } };
    case 'startChild':
      return { kind: 'child', operation: { seq: command.seq, type: command.workflowType, id: command.workflowId } };
    case 'signalExternal':
      return { kind: 'externalSignal', operation: { seq: command.seq, type: command.name, id: command.target.workflowId } };
    case 'cancelExternal':
      return { kind: 'externalCancel', operation: { seq: command.seq, type: '', id: command.target.workflowId } };
    default:
      return undefined;
  }
}
