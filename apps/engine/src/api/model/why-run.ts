/** Reasons that hold the whole run. */
import type { Finding, Phrase } from './finding.ts';
import { firstLineOf, strong } from './finding.ts';
import type { FirstTaskCause, RunFacts } from './run-facts.ts';

/** A run whose time is over so soon is worth a word. */
const EXPIRING_MS = 60_000;
/** Code that was asked to stop reacts with its next task; so much later it did not. */
const REACTION_MS = 5_000;

export function* whyRun(facts: RunFacts): Iterable<Finding> {
  yield* whyNamespace(facts);
  yield* whyPaused(facts);
  yield* whyNotBegun(facts);
  yield* whyExpiring(facts);
  yield* whyNotCanceled(facts);
}

function* whyNamespace({ namespace }: RunFacts): Iterable<Finding> {
  if (namespace.state === 'registered') return;
  const isDeleted = namespace.state === 'deleted';
  yield {
    code: isDeleted ? 'namespace-deleted' : 'namespace-deprecated',
    severity: isDeleted ? 'stuck' : 'waiting',
    sentence: [
      'The namespace ',
      strong(namespace.name),
      isDeleted ? ' is being deleted, and its runs with it.' : ' is deprecated: it takes no new runs. This one goes on.',
    ],
    short: [isDeleted ? 'its namespace is being deleted' : 'its namespace is deprecated'],
    evidence: [{ name: 'Namespace', value: [namespace.name, isDeleted ? ', deleted' : ', deprecated'] }],
    actions: [],
    since: undefined,
  };
}

function* whyPaused({ pause }: RunFacts): Iterable<Finding> {
  if (pause === undefined) return;
  const { at, identity, reason } = pause;
  yield {
    code: 'run-paused',
    severity: 'stuck',
    sentence: [
      'Paused',
      ...(identity ? [' by ', strong(identity)] : []),
      ...(at === undefined ? [] : [', ', { since: at }, ' ago']),
      reason ? `: ${firstLineOf(reason)}` : '',
      '. Its workers get nothing until it goes on.',
    ],
    short: [`paused${identity ? ` by ${identity}` : ''}${reason ? `: ${firstLineOf(reason, 60)}` : ''}`],
    evidence: [
      ...(at === undefined ? [] : [{ name: 'Paused at', value: [{ at }] }]),
      ...(identity ? [{ name: 'By', value: [identity] }] : []),
      ...(reason ? [{ name: 'Reason', value: [firstLineOf(reason)] }] : []),
    ],
    actions: [{ kind: 'resume' }],
    since: at,
  };
}

const BEFORE_FIRST: Readonly<Record<FirstTaskCause, { code: Finding['code']; text: string; short: string }>> = {
  delay: { code: 'start-delayed', text: 'It was asked to start later. The first workflow task comes in ', short: 'start delay' },
  cron: { code: 'cron-wait', text: 'It waits for the next time of its cron schedule, in ', short: 'cron' },
  retry: { code: 'retry-wait', text: 'The run before it failed. This one tries again in ', short: 'retry' },
  continued: {
    code: 'continue-wait',
    text: 'It continues the run before it, which asked for a pause in between. It begins in ',
    short: 'begins',
  },
};

function* whyNotBegun({ inside: { firstTask }, startedAt }: RunFacts): Iterable<Finding> {
  if (firstTask === undefined) return;
  const { code, text, short } = BEFORE_FIRST[firstTask.cause];
  const due: readonly Phrase[] = [{ until: firstTask.at }];
  yield {
    code,
    severity: firstTask.cause === 'retry' ? 'slow' : 'waiting',
    sentence: [
      text,
      ...due,
      ', at ',
      { at: firstTask.at },
      firstTask.failure ? `. The failure was: ${firstLineOf(firstTask.failure)}` : '.',
    ],
    short: [`${short}, in `, ...due],
    evidence: [
      { name: 'First task', value: [{ at: firstTask.at }] },
      { name: 'Waits since', value: [{ at: startedAt }] },
      ...(firstTask.failure ? [{ name: 'Last failure', value: [firstLineOf(firstTask.failure)] }] : []),
    ],
    actions: [{ kind: 'event', eventId: 1 }],
    since: startedAt,
  };
}

function* whyExpiring({ expiresAt, now, startedAt }: RunFacts): Iterable<Finding> {
  if (expiresAt === undefined || expiresAt - now > EXPIRING_MS) return;
  yield {
    code: 'run-expiring',
    severity: 'slow',
    sentence: [
      'The run’s time is over in ',
      { until: expiresAt },
      ', at ',
      { at: expiresAt },
      '. It times out then, whatever it waits for.',
    ],
    short: ['times out in ', { until: expiresAt }],
    evidence: [{ name: 'Times out', value: [{ at: expiresAt }] }],
    actions: [],
    since: startedAt,
  };
}

function* whyNotCanceled({ cancel, task, now }: RunFacts): Iterable<Finding> {
  // While a task waits or runs the code has not been told yet; that task is the reason then.
  if (cancel === undefined || task !== undefined) return;
  const { at, eventId } = cancel;
  if (at !== undefined && now - at < REACTION_MS) return;
  yield {
    code: 'cancel-ignored',
    severity: 'slow',
    sentence: [
      'Cancellation was requested',
      ...(at === undefined ? [] : [' ', { since: at }, ' ago']),
      ', and the workflow goes on: its code has not ended the run.',
    ],
    short: ['cancel requested, not ended'],
    evidence: [...(at === undefined ? [] : [{ name: 'Requested', value: [{ at }] }]), { name: 'Event', value: [String(eventId)] }],
    actions: [{ kind: 'terminate' }, ...(eventId > 0 ? [{ kind: 'event', eventId } as const] : [])],
    since: at,
  };
}
