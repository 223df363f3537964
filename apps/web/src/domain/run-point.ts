/**
 * A run after one of its events: what the engine's own fold knows, and beside it what history tells that the engine keeps elsewhere or
 * has no use for (the workflow task in flight, attempts, patches, builds).
 */

import type { Derived } from '@tidemark/engine/history-model/derived';
import { OverlayMap } from '@tidemark/engine/history-model/overlay-map';
import { emptyState } from '@tidemark/engine/history-model/state';

export interface CurrentTask {
  readonly scheduledId: number;
  readonly scheduledAt: number;
  /** Undefined until a worker took it. */
  readonly startedId: number | undefined;
  readonly startedAt: number | undefined;
  readonly worker: string | undefined;
  /** How many tasks in a row ended badly before this one, and one more. */
  readonly attempt: number;
}

export interface Attempt {
  readonly attempt: number;
  readonly startedAt: number;
  readonly worker: string | undefined;
}

export interface OpenOperation {
  readonly id: number;
  readonly name: string;
  readonly isStarted: boolean;
}

/** What stands beside the engine's fold. */
export interface Beside {
  task: CurrentTask | undefined;
  /** Workflow tasks that ended badly in a row until here. */
  failedTasks: number;
  /** Of open activities, by the event that scheduled them. History shows the last attempt only, once it ended. */
  readonly attempts: Map<number, Attempt>;
  /** Open Nexus operations, of which the engine's fold keeps nothing. */
  readonly operations: Map<number, OpenOperation>;
  /** Updates by id, with what history calls them. */
  readonly updateNames: Map<string, string>;
  /** Since the last workflow task was started, so that no code has seen them. */
  readonly waitingSignals: { readonly id: number; readonly name: string }[];
  lastSignal: { readonly id: number; readonly name: string } | undefined;
  /** With the event of their marker. */
  readonly patches: Map<string, number>;
  build: string | undefined;
  worker: string | undefined;
  isPaused: boolean;
  markers: number;
  /** As the server said when the last workflow task began. */
  saidBytes: { readonly bytes: number; readonly eventId: number } | undefined;
  /** The event by which the server first asked the workflow to continue as new. */
  suggestedBy: number | undefined;
  /** One line for each event that could not be taken in. */
  readonly notes: string[];
}

export interface RunPoint {
  readonly derived: Derived;
  readonly beside: Beside;
}

/** The console knows the run by its address; the fold never reads this. */
const KEY = { namespaceId: '', workflowId: '', runId: '' } as Derived['key'];

export const emptyPoint = (): RunPoint => ({
  derived: emptyState(KEY).derived,
  beside: {
    task: undefined,
    failedTasks: 0,
    attempts: new Map(),
    operations: new Map(),
    updateNames: new Map(),
    waitingSignals: [],
    lastSignal: undefined,
    patches: new Map(),
    build: undefined,
    worker: undefined,
    isPaused: false,
    markers: 0,
    saidBytes: undefined,
    suggestedBy: undefined,
    notes: [],
  },
});

/** A point that can move on while this one stays. It costs what is open, not what has happened. */
export function copyPoint({ derived, beside }: RunPoint): RunPoint {
  return {
    derived: copyDerived(derived),
    beside: {
      ...beside,
      attempts: new Map(beside.attempts),
      operations: new Map(beside.operations),
      updateNames: new Map(beside.updateNames),
      waitingSignals: [...beside.waitingSignals],
      patches: new Map(beside.patches),
      notes: [...beside.notes],
    },
  };
}

function copyDerived(derived: Derived): Derived {
  return {
    ...derived,
    activities: OverlayMap.of(derived.activities.entries()),
    activityIds: OverlayMap.of(derived.activityIds.entries()),
    timers: OverlayMap.of(derived.timers.entries()),
    children: OverlayMap.of(derived.children.entries()),
    externals: OverlayMap.of(derived.externals.entries()),
    attachedRequestIds: OverlayMap.of(derived.attachedRequestIds.entries()),
    updates: OverlayMap.of(derived.updates.entries()),
  };
}
