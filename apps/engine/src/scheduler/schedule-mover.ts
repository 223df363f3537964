/** Wakes schedules at their times, starts and ends their actions after the commit that asked for it, and hears when they end. */
import type { Moved } from '../changefeed/changefeed.ts';
import type { Instant } from '../kernel/ports.ts';
import type { Engine } from '../operations/engine.ts';
import { persevere } from '../operations/persevere.ts';
import { actionEnded, actionRefused, actionStarted, actionStopped, advance, isForgotten } from '../schedules/model/decide.ts';
import type { RunningAction, ScheduleKey, ScheduleState } from '../schedules/model/state.ts';
import type { ScheduleMoved } from '../schedules/schedules.ts';
import { endOfAction, startAction, stopAction } from './carry-out.ts';

/** Node's timers hold 31 bits; a longer wait is taken in several naps. */
const NAP_MS_MAX = 2 ** 31 - 1;

export class ScheduleMover {
  private readonly alarms = new Map<string, NodeJS.Timeout>();
  /** By the workflow id of a running action. */
  private readonly watched = new Map<string, { readonly key: ScheduleKey; readonly action: RunningAction }>();
  /** What is being done, so that a state that is seen again does not begin it twice. */
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly engine: Engine) {}

  /** Takes up what every schedule has to do. */
  async begin(): Promise<void> {
    for await (const moved of this.engine.schedules.all()) this.onMoved(moved);
  }

  /** What is left undone is found again at the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const alarm of this.alarms.values()) clearTimeout(alarm);
    await Promise.all(this.underWay.values());
  }

  readonly onMoved = ({ state, wakeAt }: ScheduleMoved): void => {
    if (this.stopping.signal.aborted) return;
    this.setAlarm(state.key, wakeAt);
    for (const starting of state.starting) {
      this.once(`start/${starting.requestId}`, () => this.start(state, starting.requestId));
    }
    for (const { workflowId, runId, how } of state.stopping) {
      this.once(`${how}/${runId}`, async () => {
        await stopAction(this.engine, state, { workflowId, runId, how });
        await this.engine.schedules.transact(state.key, (now) => actionStopped(now, runId));
      });
    }
    for (const action of state.running) this.watch(state.key, action);
  };

  readonly onDeleted = (key: ScheduleKey): void => {
    this.setAlarm(key, undefined);
    for (const [id, watched] of this.watched) if (nameOf(watched.key) === nameOf(key)) this.watched.delete(id);
  };

  /** Of runs: an action may have ended with this one, or gone on in another. */
  readonly onRunMoved = ({ key, isOpen }: Moved): void => {
    if (isOpen) return;
    const found = this.watched.get(watchKey(key));
    // The run that takes its place belongs to the same commit, and is told of right after it.
    if (found !== undefined) queueMicrotask(() => this.look(found.key, found.action));
  };

  private watch(key: ScheduleKey, action: RunningAction): void {
    const id = watchKey({ namespaceId: key.namespaceId, workflowId: action.workflowId });
    if (this.watched.get(id)?.action.runId === action.runId) return;
    this.watched.set(id, { key, action });
    // It may have ended before it was watched.
    this.look(key, action);
  }

  private look(key: ScheduleKey, action: RunningAction): void {
    this.once(`look/${action.runId}`, async () => {
      const end = await endOfAction(this.engine, key, action);
      if (end === undefined) return;
      this.watched.delete(watchKey({ namespaceId: key.namespaceId, workflowId: action.workflowId }));
      await this.engine.schedules.transact(key, (state, env) => actionEnded(state, { action, ...end }, env));
    });
  }

  private async start(state: ScheduleState, requestId: string): Promise<void> {
    const { schedules } = this.engine;
    const starting = state.starting.find((one) => one.requestId === requestId);
    if (starting === undefined) return;
    const runId = await startAction(this.engine, state, starting);
    if (runId === undefined) await schedules.transact(state.key, (now, env) => actionRefused(now, requestId, env));
    else await schedules.transact(state.key, (now, env) => actionStarted(now, { requestId, runId }, env));
  }

  private setAlarm(key: ScheduleKey, at: Instant | undefined): void {
    const name = nameOf(key);
    clearTimeout(this.alarms.get(name));
    this.alarms.delete(name);
    if (at === undefined) return;
    const wait = Math.min(Math.max(0, Math.ceil(at - this.engine.clock.now())), NAP_MS_MAX);
    this.alarms.set(
      name,
      setTimeout(() => this.once(`wake/${name}`, () => this.wake(key)), wait),
    );
  }

  private async wake(key: ScheduleKey): Promise<void> {
    const { schedules, clock } = this.engine;
    const state = await schedules.transact(key, (now, env) => (isForgotten(now, env.now) ? now : { ...advance(now, env) }));
    if (isForgotten(state, clock.now())) await schedules.delete(key);
  }

  /** Does it until it is done; twice at the same time never. */
  private once(name: string, work: () => Promise<void>): void {
    if (this.underWay.has(name) || this.stopping.signal.aborted) return;
    const { logger } = this.engine;
    const done = persevere(work, { logger, signal: this.stopping.signal, what: name }).finally(() => this.underWay.delete(name));
    this.underWay.set(name, done);
  }
}

const nameOf = ({ namespaceId, scheduleId }: ScheduleKey): string => `${namespaceId}/${scheduleId}`;
const watchKey = ({ namespaceId, workflowId }: { readonly namespaceId: string; readonly workflowId: string }): string =>
  `${namespaceId}/${workflowId}`;
