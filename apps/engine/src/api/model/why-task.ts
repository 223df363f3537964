/** Why the workflow task in flight does not bring the run on. */
import type { Evidence, Finding } from './finding.ts';
import { firstLineOf, strong } from './finding.ts';
import type { RunFacts, TaskFailure } from './run-facts.ts';
import { POLL_FRESH_MS, whyQueue } from './why-queue.ts';

/** Replaying and going on takes milliseconds; code that takes so long blocks its worker. */
const LONG_MS = 5_000;

type Task = NonNullable<RunFacts['task']>;

export function* whyTask(facts: RunFacts): Iterable<Finding> {
  const { task, taskFailure, pause } = facts;
  if (task === undefined) {
    if (facts.reportedProblems.length > 0) yield problems(facts);
    return;
  }
  // A run that is held waits for people and not for workers.
  if (pause !== undefined) return;
  const isFailing = task.attempt > 1 && taskFailure !== undefined;
  if (isFailing) yield failing(facts, task, taskFailure);
  else if (facts.reportedProblems.length > 0) yield problems(facts);
  yield* updatesOf(facts);
  if (task.isStarted) {
    if (!isFailing) yield running(facts, task);
    return;
  }
  const held =
    stickyGone(facts, task) ??
    whyQueue(facts, { kind: 'workflow', what: 'The workflow task', queue: facts.queue, since: task.scheduledAt });
  // The next attempt of a failing task is on its way; only what holds it up is worth a word.
  if (!isFailing || held.severity !== 'waiting') yield held;
}

/** What workers of the known SDKs answer for a type that they have no code for. */
const MISSING =
  /no workflow of the type|(no such|unknown|unable to find) workflow type|failed to initialize workflow of type|workflow (class|type) .* is not registered/i;

function failing({ type }: RunFacts, { attempt, scheduledAt }: Task, failure: TaskFailure): Finding {
  const { cause, message, eventId, at, worker } = failure;
  const isDivergent = cause === 'NonDeterministicError';
  const isMissing = !isDivergent && MISSING.test(message);
  const text = firstLineOf(taskMessage(message)) || cause;
  const isTimeout = cause === 'Timeout';
  const what = isDivergent
    ? ' does not replay on today’s code'
    : isMissing
      ? ' has no code: the worker does not know the type '
      : isTimeout
        ? ' times out on its worker'
        : ' keeps failing';
  return {
    code: isMissing ? 'task-type-missing' : 'task-failing',
    severity: 'stuck',
    sentence: [
      'The workflow task',
      what,
      ...(isMissing ? [strong(type)] : []),
      ', ',
      strong(`attempt ${attempt}`),
      ', for ',
      { since: Math.min(at, scheduledAt) },
      isTimeout ? '.' : `. ${text}`,
    ],
    short: [
      isMissing
        ? `no worker knows ${type}`
        : `${isDivergent ? 'nondeterminism' : isTimeout ? 'task times out' : firstLineOf(text, 60)} ×${attempt - 1}`,
    ],
    evidence: [
      { name: 'Attempt', value: [String(attempt)] },
      { name: 'Cause', value: [cause] },
      { name: 'First failed', value: [{ at }] },
      ...workerEvidence(worker),
      ...(text === cause ? [] : [{ name: 'Message', value: [text] }]),
    ],
    actions: [
      ...(isDivergent ? [{ kind: 'replay' } as const] : []),
      ...(isMissing ? [{ kind: 'workers' } as const] : []),
      { kind: 'event', eventId },
    ],
    since: at,
  };
}

/** What SDKs put before the sentence, a code and the number of the task, is said elsewhere. */
function taskMessage(message: string): string {
  const rest = message.replace(/^\[TMPRL\d+\] (Task \d+( \(event \d+\))?: )?/, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

const workerEvidence = (worker: string): readonly Evidence[] => (worker ? [{ name: 'Worker', value: [worker] }] : []);

function problems({ reportedProblems, startedAt }: RunFacts): Finding {
  const cause = reportedProblems.find((one) => one.startsWith('cause='))?.slice('cause='.length) ?? reportedProblems.join(', ');
  return {
    code: 'problems-reported',
    severity: 'stuck',
    sentence: ['Its workflow tasks failed several times in a row: ', strong(cause), '.'],
    short: [cause],
    evidence: reportedProblems.map((one) => ({ name: 'Reported', value: [one] })),
    actions: [{ kind: 'replay' }],
    since: startedAt,
  };
}

function running({ inside: { taskWorker, buffered }, taskTimeoutMs, now }: RunFacts, { startedAt, scheduledAt }: Task): Finding {
  const since = startedAt ?? scheduledAt;
  const isLong = now - since >= LONG_MS;
  const on = taskWorker ? [' on ', strong(taskWorker)] : [];
  const timesOut = taskTimeoutMs > 0 && isLong ? ['. It times out in ', { until: since + taskTimeoutMs }] : [];
  return {
    code: isLong ? 'task-long' : 'task-running',
    severity: isLong ? 'slow' : 'waiting',
    sentence: ['The workflow’s code has run for ', { since }, ...on, isLong ? ' without an answer' : '', ...timesOut, '.'],
    short: ['workflow task, runs ', { since }],
    evidence: [
      { name: 'Started', value: [{ at: since }] },
      ...workerEvidence(taskWorker),
      ...(taskTimeoutMs > 0 ? [{ name: 'Times out', value: [{ at: since + taskTimeoutMs }] }] : []),
      ...(buffered > 0 ? [{ name: 'Waiting behind it', value: [`${buffered} ${buffered === 1 ? 'message' : 'messages'}`] }] : []),
    ],
    actions: [{ kind: 'workers' }],
    since,
  };
}

function stickyGone({ inside: { sticky }, workflowQueues, now, queue }: RunFacts, { scheduledAt }: Task): Finding | undefined {
  if (sticky === undefined) return undefined;
  const polled = workflowQueues.get(sticky.queue);
  if (polled === undefined || polled.pollers.some(({ lastAt }) => now - lastAt <= POLL_FRESH_MS)) return undefined;
  return {
    code: 'task-sticky-gone',
    severity: 'slow',
    sentence: [
      'The worker that kept this run in its cache is gone. The task goes to ',
      strong(queue),
      ' in ',
      { until: sticky.until },
      ', and the next worker replays the run.',
    ],
    short: ['its worker is gone, back on the queue in ', { until: sticky.until }],
    evidence: [
      { name: 'Sticky queue', value: [sticky.queue] },
      { name: 'Given up', value: [{ at: sticky.until }] },
      { name: 'Waits for', value: [{ since: scheduledAt }] },
    ],
    actions: [{ kind: 'queue', queue }],
    since: scheduledAt,
  };
}

function* updatesOf({ inside, task }: RunFacts): Iterable<Finding> {
  for (const { id, name, stage } of inside.updates) {
    if (stage !== 'admitted') continue;
    const since = task?.scheduledAt;
    yield {
      code: 'update-admitted',
      severity: 'slow',
      sentence: [
        'The update ',
        strong(name || id),
        ' waits for a worker to accept or reject it',
        ...(since === undefined ? [] : [', for ', { since }]),
        '.',
      ],
      short: [`update ${name || id}, not accepted yet`],
      evidence: [
        { name: 'Update', value: [id] },
        { name: 'Stage', value: ['admitted'] },
      ],
      actions: [{ kind: 'workers' }],
      since,
    };
  }
}
