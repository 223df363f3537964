/** Wakes runs when their time comes. What is due is decided by the run; here is only the alarm clock. */
import type { Moved } from '../changefeed/changefeed.ts';
import type { History } from '../history/history.ts';
import { decideDue } from '../history/model/decide/due.ts';
import type { RunId, RunKey } from '../kernel/ids.ts';
import type { Clock, Instant, Logger } from '../kernel/ports.ts';
import { EngineError } from '../kernel/engine-error.ts';
import { MinHeap } from '../kernel/min-heap.ts';

/** Node's timers hold 31 bits; a longer wait is taken in several naps. */
const NAP_MS_MAX = 2 ** 31 - 1;
const RETRY_MS = 1000;

export interface TimerMoverPorts {
  readonly history: History;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class TimerMover {
  /** Ranked by their moments. */
  private readonly heap = new MinHeap<RunKey>();
  /** The alarm of each run; entries of the heap that differ from it are void. */
  private readonly armed = new Map<RunId, Instant>();
  /** Runs being woken, with the earliest alarm that was asked for meanwhile. */
  private readonly firing = new Map<RunId, Instant>();
  private alarm: { readonly at: Instant; readonly timer: NodeJS.Timeout } | undefined;
  private stopped = false;

  constructor(private readonly ports: TimerMoverPorts) {}

  /** Runs that wait for a moment. */
  get size(): number {
    return this.armed.size;
  }

  readonly onMoved = ({ key, isOpen, dueAt }: Moved): void => {
    if (!isOpen) this.armed.delete(key.runId);
    else this.hear(key, dueAt);
  };

  /** While a run is being woken, its own commits still carry the moment that just passed: only later moments mean something. */
  private hear(key: RunKey, dueAt: Instant | undefined): void {
    const asked = this.firing.get(key.runId);
    if (asked === undefined) this.arm(key, dueAt);
    else if (dueAt !== undefined && dueAt > this.ports.clock.now()) this.firing.set(key.runId, Math.min(asked, dueAt));
  }

  /** At start-up, for every open run. */
  arm(key: RunKey, at: Instant | undefined): void {
    if (at === undefined || this.armed.get(key.runId) === at) return;
    this.armed.set(key.runId, at);
    this.heap.push({ rank: at, value: key });
    this.setAlarm();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.alarm?.timer);
  }

  private setAlarm(): void {
    const next = this.heap.peek();
    if (next === undefined || this.stopped || (this.alarm !== undefined && this.alarm.at <= next.rank)) return;
    clearTimeout(this.alarm?.timer);
    // Node may call back up to a millisecond early, and a timer must never fire before its time.
    const delay = Math.min(Math.max(0, Math.ceil(next.rank - this.ports.clock.now())), NAP_MS_MAX);
    this.alarm = { at: next.rank, timer: setTimeout(() => this.ring(), delay) };
  }

  private ring(): void {
    this.alarm = undefined;
    const now = this.ports.clock.now();
    for (let next = this.heap.peek(); next !== undefined && next.rank <= now; next = this.heap.peek()) {
      this.heap.pop();
      if (this.armed.get(next.value.runId) !== next.rank) continue;
      this.armed.delete(next.value.runId);
      void this.fire(next.value);
    }
    this.setAlarm();
  }

  private async fire(key: RunKey): Promise<void> {
    if (this.firing.has(key.runId)) return;
    this.firing.set(key.runId, Infinity);
    const target = { workflow: key, runId: key.runId };
    try {
      await this.ports.history.transact(target, (state, env) => decideDue(state, undefined, env));
      const next = await this.ports.history.rearm(target);
      const asked = this.firing.get(key.runId) ?? Infinity;
      this.firing.delete(key.runId);
      const at = Math.min(next ?? Infinity, asked);
      this.arm(key, at === Infinity ? undefined : at);
    } catch (error) {
      this.firing.delete(key.runId);
      if (error instanceof EngineError && error.code === 'not-found') return;
      this.ports.logger.error('a run could not be woken; it is tried again', { runId: key.runId, error: String(error) });
      if (!this.stopped) this.arm(key, this.ports.clock.now() + RETRY_MS);
    }
  }
}
