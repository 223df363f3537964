/** The only writer of schedules: lock the id, load, decide, commit, then tell. */
import { EngineError } from '../kernel/engine-error.ts';
import { KeyedLock } from '../kernel/keyed-lock.ts';
import type { Clock, Instant, Random } from '../kernel/ports.ts';
import type { ScheduleStore } from '../persistence/ports/schedule-store.ts';
import { decodeSchedule, encodeSchedule } from './codec.ts';
import type { ScheduleEnv } from './model/decide.ts';
import { nextWakeAt } from './model/decide.ts';
import type { CompiledSpec } from './model/spec.ts';
import { compileSpec } from './model/spec.ts';
import type { Schedule, ScheduleKey, ScheduleState } from './model/state.ts';

/** Said after each commit; what is to be done stands in the state. */
export interface ScheduleMoved {
  readonly state: ScheduleState;
  /** The schedule has to look again at this moment; undefined when only a message can wake it. */
  readonly wakeAt: Instant | undefined;
}

export interface SchedulesPorts {
  readonly store: ScheduleStore;
  readonly clock: Clock;
  readonly random: Random;
}

const CONFLICT_TRIES_MAX = 5;

export const scheduleNotFound = (scheduleId: string): EngineError =>
  new EngineError('not-found', `workflow not found for ID: temporal-sys-scheduler:${scheduleId}`);

export class Schedules {
  private readonly lock = new KeyedLock();
  private readonly specs = new WeakMap<Schedule, CompiledSpec>();
  private readonly listeners: ((moved: ScheduleMoved) => void)[] = [];
  private readonly deleted: ((key: ScheduleKey) => void)[] = [];

  constructor(private readonly ports: SchedulesPorts) {}

  subscribe(moved: (moved: ScheduleMoved) => void, deleted: (key: ScheduleKey) => void): void {
    this.listeners.push(moved);
    this.deleted.push(deleted);
  }

  async find({ namespaceId, scheduleId }: ScheduleKey): Promise<ScheduleState> {
    const record = await this.ports.store.find(namespaceId, scheduleId);
    if (record === undefined) throw scheduleNotFound(scheduleId);
    return decodeSchedule(record);
  }

  /** 'exists' when there is one already; it is given to the caller. */
  create(key: ScheduleKey, make: (env: Omit<ScheduleEnv, 'spec'>) => ScheduleState): Promise<{ state: ScheduleState; isNew: boolean }> {
    return this.lock.run(lockKey(key), async () => {
      const existing = await this.ports.store.find(key.namespaceId, key.scheduleId);
      if (existing !== undefined) return { state: decodeSchedule(existing), isNew: false };
      const state = await this.commit(make(this.env()));
      if (state === undefined) throw changedElsewhere(key);
      return { state, isNew: true };
    });
  }

  /** Commits what the decision makes of the state; a decision that gives the same state back commits nothing. */
  transact(key: ScheduleKey, decide: (state: ScheduleState, env: ScheduleEnv) => ScheduleState): Promise<ScheduleState> {
    return this.lock.run(lockKey(key), async () => {
      for (let tries = 0; tries < CONFLICT_TRIES_MAX; tries += 1) {
        const state = await this.find(key);
        const next = decide(state, { ...this.env(), spec: this.specOf(state) });
        if (next === state) return state;
        const committed = await this.commit(next);
        if (committed !== undefined) return committed;
      }
      throw changedElsewhere(key);
    });
  }

  async delete(key: ScheduleKey): Promise<void> {
    await this.lock.run(lockKey(key), async () => {
      await this.find(key);
      await this.ports.store.delete(key.namespaceId, key.scheduleId);
      for (const tell of this.deleted) tell(key);
    });
  }

  /** Every schedule there is, for start-up. */
  async *all(): AsyncIterable<ScheduleMoved> {
    let after: ScheduleKey | undefined;
    for (;;) {
      const page = await this.ports.store.scan({ sizeMax: 500, ...(after === undefined ? {} : { after }) });
      for (const record of page) yield this.movedOf(decodeSchedule(record));
      after = page.at(-1);
      if (after === undefined) return;
    }
  }

  specOf(state: ScheduleState): CompiledSpec {
    const known = this.specs.get(state.schedule);
    if (known !== undefined) return known;
    const compiled = compileSpec(state.schedule.spec ?? {}, state.key.scheduleId);
    // It was compiled before it was stored.
    if (typeof compiled === 'string') throw new TypeError(`the stored schedule ${state.key.scheduleId} cannot be read: ${compiled}`);
    this.specs.set(state.schedule, compiled);
    return compiled;
  }

  private env(): Omit<ScheduleEnv, 'spec'> {
    const { clock, random } = this.ports;
    return { now: clock.now(), newId: () => random.uuid() };
  }

  private movedOf(state: ScheduleState): ScheduleMoved {
    return { state, wakeAt: nextWakeAt(state, this.specOf(state)) };
  }

  /** Nothing when somebody else was faster. */
  private async commit(next: ScheduleState): Promise<ScheduleState | undefined> {
    const state = { ...next, version: next.version + 1 };
    if ((await this.ports.store.write(encodeSchedule(state))) === 'conflict') return undefined;
    const moved = this.movedOf(state);
    for (const tell of this.listeners) tell(moved);
    return state;
  }
}

const lockKey = ({ namespaceId, scheduleId }: ScheduleKey): string => `${namespaceId}/${scheduleId}`;

const changedElsewhere = ({ scheduleId }: ScheduleKey): EngineError =>
  new EngineError('unavailable', `schedule ${scheduleId} is being changed elsewhere; try again`);
