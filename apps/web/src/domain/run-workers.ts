/** Who really ran a run: from its history, from what is kept of attempts beside it, and from who polls its queues now. */
import type { UnwrittenAttempts } from './attempts.ts';
import type { PendingActivity, RunEvent } from './run-event.ts';

export interface RunWorker {
  readonly identity: string;
  /** Newest last. */
  readonly builds: readonly string[];
  readonly sdk: string;
  readonly workflowTasks: number;
  readonly activities: number;
  /** Attempts that history does not write: those that failed and were tried again, and those that run. */
  readonly unwritten: number;
  /** Milliseconds since the epoch; undefined for who only polls. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** Names of the queues it polls now. */
  readonly polls: readonly string[];
}

export interface QueuePollers {
  readonly queue: string;
  readonly pollers: readonly { readonly identity: string; readonly build: string | null }[];
}

export interface RunWorkersInput {
  readonly events: readonly RunEvent[];
  readonly pending: readonly PendingActivity[];
  readonly unwritten: readonly UnwrittenAttempts[];
  readonly queues: readonly QueuePollers[];
}

type Draft = { -readonly [Field in keyof RunWorker]: RunWorker[Field] };

/** Those who ran something first, the latest before the others; then those who only poll. */
export function runWorkers({ events, pending, unwritten, queues }: RunWorkersInput): readonly RunWorker[] {
  const byIdentity = new Map<string, Draft>();
  const of = (identity: string): Draft => {
    let found = byIdentity.get(identity);
    if (found === undefined) byIdentity.set(identity, (found = emptyOf(identity)));
    return found;
  };
  readEvents(events, of);
  for (const { worker, build, activityAttempts, taskAttempts, firstAt, lastAt } of unwritten) {
    const one = of(worker);
    one.unwritten += activityAttempts + taskAttempts;
    seen(one, firstAt);
    seen(one, lastAt);
    ran(one, build);
  }
  for (const { worker, state, startedAt } of pending) {
    if (worker === null || state !== 'Started') continue;
    const one = of(worker);
    one.unwritten += 1;
    if (startedAt !== null) seen(one, startedAt);
  }
  for (const { queue, pollers } of queues) {
    for (const { identity, build } of pollers) {
      const one = of(identity);
      if (!one.polls.includes(queue)) one.polls = [...one.polls, queue];
      ran(one, build ?? '');
    }
  }
  return [...byIdentity.values()].sort((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0) || a.identity.localeCompare(b.identity));
}

const emptyOf = (identity: string): Draft => ({
  identity,
  builds: [],
  sdk: '',
  workflowTasks: 0,
  activities: 0,
  unwritten: 0,
  firstAt: undefined,
  lastAt: undefined,
  polls: [],
});

function seen(one: Draft, at: number): void {
  one.firstAt = Math.min(one.firstAt ?? at, at);
  one.lastAt = Math.max(one.lastAt ?? at, at);
}

function ran(one: Draft, build: string): void {
  if (build !== '' && !one.builds.includes(build)) one.builds = [...one.builds, build];
}

function readEvents(events: readonly RunEvent[], of: (identity: string) => Draft): void {
  const starters = new Map<number, string>();
  // An SDK names itself when that is news to the run.
  let sdk = '';
  for (const event of events) {
    const isStart = event.type === 'WorkflowTaskStarted' || event.type === 'ActivityTaskStarted';
    if (isStart && event.worker !== undefined) {
      const one = of(event.worker);
      if (event.type === 'WorkflowTaskStarted') one.workflowTasks += 1;
      else one.activities += 1;
      starters.set(event.ref ?? 0, event.worker);
      seen(one, event.at);
      ran(one, event.build ?? '');
      continue;
    }
    const starter = starters.get(event.ref ?? 0);
    const isEnd = /^(WorkflowTask|ActivityTask)(Completed|Failed|Canceled)$/.test(event.type);
    if (starter === undefined || !isEnd) continue;
    const one = of(starter);
    seen(one, event.at);
    ran(one, event.build ?? '');
    if (event.type !== 'WorkflowTaskCompleted') continue;
    sdk = event.sdk ?? sdk;
    one.sdk = sdk;
  }
}
