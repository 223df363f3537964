/** "This run moved to version N": said after a commit, to the movers and to whoever waits for that run. */
import type { RunId, RunKey } from '../kernel/ids.ts';
import type { Instant } from '../kernel/ports.ts';
import type { Dispatch } from '../history/model/dispatch.ts';
import type { Errand } from '../history/model/errands.ts';

export interface Moved {
  readonly key: RunKey;
  readonly version: number;
  readonly isOpen: boolean;
  /** Tasks that are to be handed out because of this commit. */
  readonly dispatches: readonly Dispatch[];
  /** What is to be asked of other runs because of this commit. */
  readonly errands: readonly Errand[];
  /** The run may have something to do at this moment; undefined when only a message can wake it. */
  readonly dueAt: Instant | undefined;
}

/** Follows one run. Level-triggered: it says that something moved since the last question, never what. */
export interface Watch {
  /** Resolves true once the run moved after the watch began or after the last `next`; false at the deadline or when the signal aborts. */
  next(until: { readonly deadline: Instant; readonly signal?: AbortSignal }): Promise<boolean>;
  close(): void;
}

interface Watcher {
  moved: boolean;
  wake: (() => void) | undefined;
}

export class Changefeed {
  private readonly movers: ((moved: Moved) => void)[] = [];
  private readonly watchers = new Map<RunId, Set<Watcher>>();

  /** Movers hear of every commit, in the order of the commits of each run. */
  subscribe(mover: (moved: Moved) => void): void {
    this.movers.push(mover);
  }

  publish(moved: Moved): void {
    for (const mover of this.movers) mover(moved);
    for (const watcher of this.watchers.get(moved.key.runId) ?? []) {
      watcher.moved = true;
      watcher.wake?.();
    }
  }

  watch(runId: RunId): Watch {
    const watcher: Watcher = { moved: false, wake: undefined };
    const all = this.watchers.get(runId) ?? new Set();
    this.watchers.set(runId, all.add(watcher));
    return {
      next: (until) => next(watcher, until),
      close: () => {
        all.delete(watcher);
        watcher.wake?.();
        if (all.size === 0 && this.watchers.get(runId) === all) this.watchers.delete(runId);
      },
    };
  }
}

function next(watcher: Watcher, { deadline, signal }: Parameters<Watch['next']>[0]): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      watcher.wake = undefined;
      const { moved } = watcher;
      watcher.moved = false;
      resolve(moved);
    };
    const timer = setTimeout(finish, Math.max(0, Math.min(deadline - Date.now(), 2 ** 31 - 1)));
    if (watcher.moved || signal?.aborted === true) return finish();
    watcher.wake = finish;
    signal?.addEventListener('abort', finish, { once: true });
  });
}
