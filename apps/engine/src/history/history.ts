/** The only writer of runs: lock the workflow id, load, decide, commit, then tell. */
import { toNumber } from '@tidemark/protocol/time';
import type { Changefeed } from '../changefeed/changefeed.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunId, RunKey, WorkflowKey } from '../kernel/ids.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Limits } from '../kernel/limits.ts';
import type { Clock, Instant, Random } from '../kernel/ports.ts';
import type { GroupCommitter } from '../persistence/group-committer.ts';
import type { RunStore, RunWrite, TransitionRecord } from '../persistence/ports/run-store.ts';
import type { VisibilityRecord } from '../persistence/ports/visibility-store.ts';
import { encodeEvents, encodeNotes, encodeSnapshot, rebuild } from './codec.ts';
import { earliestDeadlineOf } from './model/arming.ts';
import type { Decision, Env, Transition } from './model/decision.ts';
import { nextDueAt } from './model/decide/due.ts';
import { dispatchesOf, mayHaveDispatches } from './model/dispatch.ts';
import type { HistoryEvent } from './model/events.ts';
import { errandsOf, mayHaveErrands } from './model/errands.ts';
import { runNotFound, workflowNotFound } from './model/refusals.ts';
import type { Note } from './model/notes.ts';
import { isStored as isStoredNote } from './model/notes.ts';
import type { RunState } from './model/state.ts';
import { isOpen, settle } from './model/state.ts';
import { KeyedLock } from '../kernel/keyed-lock.ts';

export interface HistoryPorts {
  readonly store: RunStore;
  readonly committer: GroupCommitter;
  readonly changefeed: Changefeed;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: Limits;
  /** The row of a run in the index of runs. */
  readonly visibilityOf: (state: RunState) => VisibilityRecord;
}

/** A run by its id, or the current one of its workflow id. */
export interface Target {
  readonly workflow: WorkflowKey;
  readonly runId?: RunId | undefined;
}

interface Execution {
  state: RunState;
  /** The earliest moment at which the run may have something to do. */
  dueAt: Instant | undefined;
  /** Decides when a new snapshot is worth its bytes. */
  bytesSinceSnapshot: number;
  snapshotBytes: number;
}

/** How many runs stay in memory; the ones not used for longest go first. */
const EXECUTIONS_MAX = 20_000;
const CONFLICT_RETRIES_MAX = 3;
const SNAPSHOT_BYTES_MIN = 64 * 1024;

export class History {
  private readonly executions = new Map<RunId, Execution>();
  private readonly currentRuns = new Map<string, RunId>();
  private readonly lock = new KeyedLock();

  constructor(private readonly ports: HistoryPorts) {}

  /** Decides on a run that must exist, and commits. Throws the refusal of a decision, and NOT_FOUND when there is no such run. */
  transact<Reply>(target: Target, decide: (state: RunState, env: Env) => Decision<Reply>): Promise<Reply> {
    return this.transactCurrent(target, (state, env) => {
      if (state === undefined) throw this.notFound(target);
      return decide(state, env);
    });
  }

  /** The same where there may be no run yet. */
  transactCurrent<Reply>(target: Target, decide: (state: RunState | undefined, env: Env) => Decision<Reply>): Promise<Reply> {
    return this.transactRuns({ workflow: target.workflow, runIds: [target.runId] }, ([state], env) => decide(state, env));
  }

  /** The same on several runs of one workflow id; the current one where no id is given. */
  transactRuns<Reply>(
    { workflow, runIds }: { readonly workflow: WorkflowKey; readonly runIds: readonly (RunId | undefined)[] },
    decide: (states: readonly (RunState | undefined)[], env: Env) => Decision<Reply>,
  ): Promise<Reply> {
    return this.lock.run(lockKey(workflow), async () => {
      for (let tries = 0; ; tries += 1) {
        const states: (RunState | undefined)[] = [];
        for (const runId of runIds) states.push((await this.load({ workflow, runId }))?.state);
        const decision = decide(states, this.env());
        if (decision.kind === 'rejected') throw decision.error;
        if (decision.kind === 'unchanged') return decision.reply;
        if (await this.commit(decision.transitions)) return decision.reply;
        if (tries === CONFLICT_RETRIES_MAX) throw new EngineError('unavailable', 'the run is being changed elsewhere; try again');
      }
    });
  }

  /** Looks at a run as it was last committed. The state must not be kept. */
  async read<View>(target: Target, look: (state: RunState) => View): Promise<View> {
    const known = this.find(target);
    if (known !== undefined) return look(known.state);
    return await this.lock.run(lockKey(target.workflow), async () => {
      const execution = await this.load(target);
      if (execution === undefined) throw this.notFound(target);
      return look(execution.state);
    });
  }

  /**
   * The next moment at which time alone changes this run, from all that is pending. Asked after each wake, because between wakes only the earliest
   * known moment is carried along, which may have become void.
   */
  async rearm(target: Target): Promise<Instant | undefined> {
    return await this.lock.run(lockKey(target.workflow), async () => {
      const execution = await this.load(target);
      if (execution === undefined) return undefined;
      execution.dueAt = nextDueAt(execution.state);
      return execution.dueAt;
    });
  }

  /** Forgets what is in memory, so that the next request loads what is stored. */
  forget(key: RunKey): void {
    this.executions.delete(key.runId);
    this.currentRuns.delete(lockKey(key));
  }

  private env(): Env {
    const { clock, random, limits } = this.ports;
    return { now: clock.now(), newId: () => random.uuid(), limits };
  }

  private notFound({ workflow, runId }: Target): EngineError {
    return runId === undefined ? workflowNotFound(workflow.workflowId) : runNotFound(workflow.workflowId, runId);
  }

  private find({ workflow, runId }: Target): Execution | undefined {
    const id = runId ?? this.currentRuns.get(lockKey(workflow));
    const execution = id === undefined ? undefined : this.executions.get(id);
    return execution !== undefined && isRunOf(execution, workflow) ? execution : undefined;
  }

  private async load({ workflow, runId }: Target): Promise<Execution | undefined> {
    const id = runId ?? (await this.currentRun(workflow));
    if (id === undefined) return undefined;
    const known = this.executions.get(id);
    if (known !== undefined) {
      this.remember(id, known);
      return isRunOf(known, workflow) ? known : undefined;
    }
    const stored = await this.ports.store.load({ ...workflow, runId: id });
    if (stored === undefined) return undefined;
    const state = rebuild(stored);
    const bytes = stored.transitions.reduce((sum, one) => sum + one.events.byteLength + one.notes.byteLength, 0);
    const execution = { state, dueAt: nextDueAt(state), bytesSinceSnapshot: bytes, snapshotBytes: stored.snapshot?.state.byteLength ?? 0 };
    this.remember(id, execution);
    return execution;
  }

  private async currentRun(workflow: WorkflowKey): Promise<RunId | undefined> {
    const key = lockKey(workflow);
    const known = this.currentRuns.get(key);
    if (known !== undefined) return known;
    const found = await this.ports.store.findCurrentRun(workflow);
    if (found !== undefined) this.currentRuns.set(key, found);
    return found;
  }

  private remember(id: RunId, execution: Execution): void {
    this.executions.delete(id);
    this.executions.set(id, execution);
    if (this.executions.size <= EXECUTIONS_MAX) return;
    for (const [oldest, { state }] of this.executions) {
      // What is in memory alone cannot be loaded again.
      if (state.volatile.admitted.size > 0) continue;
      this.executions.delete(oldest);
      this.currentRuns.delete(lockKey(state.derived.key));
      if (this.executions.size <= EXECUTIONS_MAX) return;
    }
  }

  /** False on a conflict: somebody else moved the run, and it has to be loaded again. */
  private async commit(transitions: readonly Transition[]): Promise<boolean> {
    const stored = transitions.filter(isStored);
    if (stored.length > 0 && !(await this.store(stored))) return false;
    for (const transition of transitions) if (!isStored(transition)) this.take(transition, this.executionOf(transition));
    return true;
  }

  private async store(transitions: readonly Transition[]): Promise<boolean> {
    const prepared = transitions.map((transition) => this.prepare(transition));
    let outcome: 'committed' | 'conflict';
    try {
      outcome = await this.ports.committer.submit({ writes: prepared.map(({ write }) => write) });
    } catch (error) {
      for (const { write } of prepared) this.forget(write.key);
      throw new EngineError('unavailable', `the commit could not be made sure: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (outcome === 'conflict') {
      for (const { write } of prepared) this.forget(write.key);
      return false;
    }
    for (const { transition, execution } of prepared) this.take(transition, execution);
    return true;
  }

  /** What was only in memory before and stays so. */
  private executionOf(transition: Transition): Execution {
    const before = this.executions.get(transition.key.runId);
    invariant(before !== undefined, 'a run is loaded before it is changed');
    return { ...before, dueAt: earlier(before.dueAt, earliestDeadlineOf(transition)) };
  }

  private prepare(transition: Transition): { transition: Transition; write: RunWrite; execution: Execution } {
    const { key, changes, state, becomesCurrent } = transition;
    const events = changes.flatMap((change) => (change.kind === 'event' ? [change.event] : []));
    const eventBytes = encodeEvents(events);
    const noteBytes = encodeNotes(changes.flatMap((change) => (change.kind === 'note' ? [change.note] : [])));
    const before = this.executions.get(key.runId);
    const expectedVersion = state.volatile.version;
    invariant(becomesCurrent ? expectedVersion === 0 : before !== undefined, 'a run is loaded before it is changed');
    const past = transition.past.map((batch, at) => pastRecord(batch, at + 1));
    const pastBytes = past.reduce((sum, { events: bytes }) => sum + bytes.byteLength, 0);
    state.volatile.historySizeBytes += pastBytes;
    const version = expectedVersion + past.length + 1;
    state.volatile.version = version;
    state.volatile.historySizeBytes += eventBytes.byteLength;
    const dueAt = isOpen(state) ? earlier(before?.dueAt, past.length > 0 ? nextDueAt(state) : earliestDeadlineOf(transition)) : undefined;
    const execution: Execution = {
      state,
      dueAt,
      bytesSinceSnapshot: (before?.bytesSinceSnapshot ?? 0) + pastBytes + eventBytes.byteLength + noteBytes.byteLength,
      snapshotBytes: before?.snapshotBytes ?? 0,
    };
    const snapshot = snapshotIfWorthwhile(execution);
    const write: RunWrite = {
      key,
      expectedVersion,
      ...(past.length === 0 ? {} : { past }),
      transition: {
        version,
        firstEventId: events.length === 0 ? 0 : state.derived.nextEventId - events.length,
        eventCount: events.length,
        events: eventBytes,
        notes: noteBytes,
      },
      isOpen: isOpen(state),
      dueAt,
      hasDuties: mayHaveDispatches(state) || mayHaveErrands(state),
      becomesCurrent,
      ...(snapshot === undefined ? {} : { snapshot }),
      ...(changesIndex(transition) ? { visibility: this.ports.visibilityOf(state) } : {}),
    };
    return { transition, write, execution };
  }

  private take(transition: Transition, execution: Execution): void {
    const { key } = transition;
    const dispatches = dispatchesOf(transition);
    const errands = errandsOf(transition);
    execution.state = settle(transition.state);
    this.remember(key.runId, execution);
    if (transition.becomesCurrent) this.currentRuns.set(lockKey(key), key.runId);
    const open = isOpen(execution.state);
    this.ports.changefeed.publish({
      key,
      version: execution.state.volatile.version,
      isOpen: open,
      dispatches,
      errands,
      dueAt: execution.dueAt,
    });
  }
}

/** A batch as another run wrote it. */
const pastRecord = (events: readonly HistoryEvent[], version: number): TransitionRecord => ({
  version,
  firstEventId: toNumber(events[0]?.eventId),
  eventCount: events.length,
  events: encodeEvents(events),
  notes: new Uint8Array(),
});

/** A transition that says only fleeting things is made in memory. */
const isStored = ({ changes }: Transition): boolean => changes.some((change) => change.kind === 'event' || isStoredNote(change.note));

const lockKey = ({ namespaceId, workflowId }: WorkflowKey): string => `${namespaceId}/${workflowId}`;

function isRunOf({ state }: Execution, { namespaceId, workflowId }: WorkflowKey): boolean {
  return state.derived.key.namespaceId === namespaceId && state.derived.key.workflowId === workflowId;
}

function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

/** A snapshot is rewritten when what came after it outweighs it, so that its cost is spread over what made it necessary. */
function snapshotIfWorthwhile(execution: Execution): Uint8Array | undefined {
  if (execution.bytesSinceSnapshot < Math.max(SNAPSHOT_BYTES_MIN, execution.snapshotBytes)) return undefined;
  const snapshot = encodeSnapshot(execution.state);
  execution.bytesSinceSnapshot = 0;
  execution.snapshotBytes = snapshot.byteLength;
  return snapshot;
}

const indexed: ReadonlySet<string> = new Set<Note['type']>(['reportedProblems', 'retryingTold', 'runPaused']);

/** The index shows a run's start, its end and its attributes. */
function changesIndex({ changes, state, becomesCurrent }: Transition): boolean {
  if (becomesCurrent) return true;
  const events = changes.some(({ kind }) => kind === 'event');
  if (!isOpen(state)) return events;
  const changedBy = state.derived.versioning?.changedBy;
  return changes.some(({ kind, ...change }) => {
    if ('note' in change) return indexed.has(change.note.type);
    if (kind !== 'event' || !('event' in change)) return false;
    if (changedBy !== undefined && toNumber(change.event.eventId) === changedBy) return true;
    return Boolean(change.event.upsertWorkflowSearchAttributesEventAttributes ?? change.event.workflowPropertiesModifiedEventAttributes);
  });
}
