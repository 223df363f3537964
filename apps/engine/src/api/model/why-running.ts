/** Why an activity that a worker has does not end. */
import { attemptEvidence, idOf } from './activity-evidence.ts';
import type { Evidence, Finding, Phrase } from './finding.ts';
import { gistOf, strong } from './finding.ts';
import type { ActivityFacts, RunFacts } from './run-facts.ts';

/** Of its time without a heartbeat this much is gone: the worker may be. */
const SILENT_SHARE = 0.6;
/** An activity may run so long before it matters that nobody would notice the loss of its worker. */
const UNWATCHED_MS = 30_000;
/** A worker hears of a cancellation with its next heartbeat. */
const REACTION_MS = 5_000;

interface Running {
  readonly now: number;
  readonly activity: ActivityFacts;
  readonly since: number;
  /** When this attempt times out whatever it does. */
  readonly endsAt: number | undefined;
  readonly on: readonly Phrase[];
  readonly base: Pick<Finding, 'short' | 'evidence' | 'actions' | 'since'>;
}

export function whyRunning({ now }: RunFacts, activity: ActivityFacts, since: number): Finding {
  const { type, worker, startToCloseMs, expiresAt } = activity;
  const endsAt = startToCloseMs > 0 ? since + startToCloseMs : expiresAt;
  const base = {
    short: [`${type}, runs `, { since }],
    evidence: evidenceOf(activity, since, endsAt),
    actions: [{ kind: 'workers' }],
    since,
  } as const;
  const running = { now, activity, since, endsAt, on: worker ? [' on ', strong(worker)] : [], base };
  return canceling(running) ?? silent(running) ?? unwatched(running) ?? steady(running);
}

function evidenceOf(activity: ActivityFacts, since: number, endsAt: number | undefined): readonly Evidence[] {
  const { worker, heartbeatAt, heartbeatMs } = activity;
  const never = heartbeatMs > 0 ? 'none yet' : 'not asked for';
  return [
    idOf(activity),
    { name: 'Started', value: [{ at: since }] },
    ...(worker ? [{ name: 'Worker', value: [worker] }] : []),
    { name: 'Heartbeat', value: heartbeatAt === undefined ? [never] : [{ since: heartbeatAt }, ' ago'] },
    ...(endsAt === undefined ? [] : [{ name: 'Times out', value: [{ at: endsAt }] }]),
    ...attemptEvidence(activity),
  ];
}

function canceling({ now, activity, since, on, base }: Running): Finding | undefined {
  const { state, type, heartbeatMs } = activity;
  if (state !== 'canceling' || now - since <= REACTION_MS) return undefined;
  const deaf = heartbeatMs > 0 ? '.' : '. Without heartbeats it does not hear of it.';
  return {
    ...base,
    code: 'activity-canceling',
    severity: 'slow',
    sentence: [strong(type), ' was asked to stop and still runs', ...on, deaf],
    short: [`${type}, cancel requested`],
  };
}

function silent({ now, activity, since, on, base }: Running): Finding | undefined {
  const { type, heartbeatMs, heartbeatAt } = activity;
  const beat = Math.max(heartbeatAt ?? since, since);
  if (heartbeatMs === 0 || now - beat < heartbeatMs * SILENT_SHARE) return undefined;
  return {
    ...base,
    code: 'activity-silent',
    severity: 'slow',
    sentence: [
      strong(type),
      ...on,
      ' has been silent for ',
      { since: beat },
      '. Without a heartbeat it times out in ',
      { until: beat + heartbeatMs },
      '.',
    ],
    short: [`${type}, no heartbeat for `, { since: beat }],
  };
}

function unwatched({ now, activity, since, endsAt, on, base }: Running): Finding | undefined {
  const { type, heartbeatMs } = activity;
  if (heartbeatMs > 0 || now - since < UNWATCHED_MS) return undefined;
  const noticed: readonly Phrase[] = endsAt === undefined ? ['.'] : ['. If that worker is gone, it is noticed in ', { until: endsAt }, '.'];
  return {
    ...base,
    code: 'activity-unwatched',
    severity: 'slow',
    sentence: [strong(type), ' has run for ', { since }, ...on, ' without heartbeats', ...noticed, lastFailure(activity)],
  };
}

const lastFailure = ({ attempt, failure }: ActivityFacts): string =>
  attempt > 1 && failure !== undefined ? ` Attempt ${attempt - 1} failed with ${gistOf(failure.message || failure.type, 90)}.` : '';

function steady({ activity, since, on, base }: Running): Finding {
  const { type, attempt } = activity;
  const isRetry = attempt > 1;
  return {
    ...base,
    code: 'activity-running',
    severity: isRetry ? 'slow' : 'waiting',
    sentence: [strong(type), ' has run for ', { since }, ...on, isRetry ? `, attempt ${attempt}.` : '.', lastFailure(activity)],
  };
}
