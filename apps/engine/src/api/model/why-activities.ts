/** What each pending activity waits for. */
import { attemptEvidence, idOf } from './activity-evidence.ts';
import type { Finding, Phrase } from './finding.ts';
import { firstLineOf, gistOf, strong } from './finding.ts';
import type { ActivityFacts, RunFacts } from './run-facts.ts';
import { whyQueue } from './why-queue.ts';
import { whyRunning } from './why-running.ts';

/** Deadlines nearer than this are said. */
const EXPIRING_MS = 30_000;

export function* whyActivities(facts: RunFacts): Iterable<Finding> {
  // Of a run that is held only what still runs goes on.
  const shown =
    facts.pause === undefined ? facts.activities : facts.activities.filter(({ startedAt, state }) => state !== 'scheduled' && startedAt);
  for (const activity of shown) {
    yield* deadlines(facts, activity);
    yield whyActivity(facts, activity);
  }
}

function whyActivity(facts: RunFacts, activity: ActivityFacts): Finding {
  const { state, nextAt, startedAt } = activity;
  if (state === 'paused' || state === 'pausing') return paused(activity);
  const isRunning = state === 'started' || (state === 'canceling' && startedAt !== undefined && nextAt === undefined);
  if (isRunning) return whyRunning(facts, activity, startedAt ?? activity.scheduledAt);
  if (nextAt !== undefined && nextAt > facts.now) return backingOff(activity, nextAt);
  const found = whyQueue(facts, { kind: 'activity', what: strong(activity.type), queue: activity.queue, since: activity.scheduledAt });
  return { ...found, evidence: [...found.evidence, ...attemptEvidence(activity)] };
}

function paused(activity: ActivityFacts): Finding {
  const { type, id, pause, state } = activity;
  const by = pause?.identity ? ` by ${pause.identity}` : '';
  const reason = pause?.reason ? `: ${firstLineOf(pause.reason)}` : '';
  return {
    code: 'activity-paused',
    severity: 'stuck',
    sentence: [
      strong(type),
      state === 'pausing' ? ' pauses when its attempt ends' : ' is paused',
      by,
      ...(pause?.at === undefined ? [] : [', ', { since: pause.at }, ' ago']),
      reason,
      '.',
    ],
    short: [`${type}, paused${by}`],
    evidence: [
      idOf(activity),
      ...(pause?.at === undefined ? [] : [{ name: 'Paused at', value: [{ at: pause.at }] }]),
      ...attemptEvidence(activity),
    ],
    actions: [{ kind: 'unpause', activityId: id }],
    since: pause?.at,
  };
}

const MISSING = /is not registered|not registered on (this|the) worker|unknown activity|no such activity|unable to find activity/i;

function backingOff(activity: ActivityFacts, nextAt: number): Finding {
  const { type, id, attempt, failure } = activity;
  const retry = { kind: 'retry', activityId: id } as const;
  const next: readonly Phrase[] = [{ until: nextAt }];
  const isMissing = failure !== undefined && MISSING.test(failure.message);
  const evidence = [idOf(activity), ...attemptEvidence(activity), { name: 'Next try', value: [{ at: nextAt }] }];
  if (isMissing) {
    return {
      code: 'activity-type-missing',
      severity: 'stuck',
      sentence: ['The worker of ', strong(activity.queue), ' has no activity ', strong(type), `. It tries again in `, ...next, '.'],
      short: [`no worker knows ${type}`],
      evidence,
      actions: [{ kind: 'queue', queue: activity.queue }, retry],
      since: activity.scheduledAt,
    };
  }
  // After a reset the attempts count from one again, and the failure is of an attempt before them.
  const failed = attempt > 1 ? `attempt ${attempt - 1}` : 'the last attempt';
  const error = failure === undefined ? 'an unknown error' : gistOf(failure.message || failure.type, 90);
  return {
    code: 'activity-backoff',
    severity: 'slow',
    sentence: [
      'Waiting on ',
      strong(type),
      `: ${failed} failed with `,
      strong(error),
      '. Next try in ',
      ...next,
      ', at ',
      { at: nextAt },
      '.',
    ],
    short: [`${type}, ${gistOf(error, 60)}, next in `, ...next],
    evidence,
    actions: [retry],
    since: activity.scheduledAt,
  };
}

function* deadlines({ now }: RunFacts, activity: ActivityFacts): Iterable<Finding> {
  const { type, id, expiresAt, scheduleToStartMs, scheduledAt, state, nextAt } = activity;
  const waits = state === 'scheduled' && (nextAt === undefined || nextAt <= now);
  const startBy = waits && scheduleToStartMs > 0 ? scheduledAt + scheduleToStartMs : undefined;
  if (startBy !== undefined && startBy - now <= EXPIRING_MS) {
    yield {
      code: 'activity-start-expiring',
      severity: 'slow',
      sentence: ['If no worker takes ', strong(type), ' within ', { until: startBy }, ', it times out: its time to start is nearly over.'],
      short: [`${type}, must start in `, { until: startBy }],
      evidence: [idOf(activity), { name: 'Start by', value: [{ at: startBy }] }],
      actions: [{ kind: 'queue', queue: activity.queue }],
      since: scheduledAt,
    };
  }
  if (expiresAt !== undefined && expiresAt - now <= EXPIRING_MS) {
    yield {
      code: 'activity-expiring',
      severity: 'slow',
      sentence: [strong(type), ' has ', { until: expiresAt }, ' left for all its attempts together. Then it fails for good.'],
      short: [`${type}, gives up in `, { until: expiresAt }],
      evidence: [idOf(activity), { name: 'Gives up', value: [{ at: expiresAt }] }, ...attemptEvidence(activity)],
      actions: state === 'scheduled' ? [{ kind: 'retry', activityId: id }] : [{ kind: 'workers' }],
      since: scheduledAt,
    };
  }
}
