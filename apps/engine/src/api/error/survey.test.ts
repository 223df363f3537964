import { toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import type { AttemptFacts, RunAttempts } from '../model/run-attempts.ts';
import type { TidemarkService } from '../model/tidemark-service.ts';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const refused = (message: string) => ({ message, applicationFailureInfo: { type: 'GatewayError' } });
const run = { execution: { workflowId: 'order', runId: 'r' }, type: { name: 'OrderFlow' }, historyLength: '12' };

/** One open run whose activity fails for the fourth time. */
const service = (now: number) =>
  fakeWorkflowService({
    listWorkflowExecutions: ({ query }) => Promise.resolve({ executions: query === "ExecutionStatus = 'Running'" ? [run] : [] }),
    describeWorkflowExecution: () =>
      Promise.resolve({
        pendingActivities: [
          {
            activityId: '1',
            activityType: { name: 'charge' },
            attempt: 5,
            lastFailure: refused('502 of gateway 7'),
            lastAttemptCompleteTime: toTimestamp(now - 1_000),
          },
        ],
      }),
  });

const attempt = (ordinal: number, endedAt: number, more: Partial<AttemptFacts>): AttemptFacts => ({
  ordinal,
  number: ordinal,
  scheduledAt: endedAt - 20,
  startedAt: endedAt - 10,
  endedAt,
  worker: 'w',
  build: '',
  outcome: 'failed',
  cause: '',
  failure: 0,
  ...more,
});

const kept = (now: number): RunAttempts => ({
  activities: [
    {
      scheduledEventId: 5,
      lastEventId: 5,
      total: 4,
      failed: 4,
      isOver: false,
      attempts: [
        attempt(1, now - 9_000, { failure: 1, build: 'old' }),
        attempt(2, now - 8_000, { build: '6b0e' }),
        attempt(3, now - 4_000, { build: '7f3c' }),
        attempt(4, now - 1_000, { build: '7f3c' }),
      ],
      streaks: [],
      streaksTotal: 0,
      failures: [refused('502 of gateway 12'), { message: 'no such host', applicationFailureInfo: { type: 'DnsError' } }],
    },
  ],
  activitiesLeftOut: 0,
  tasks: [],
  unwritten: [],
});

describe('error.list', () => {
  it('knows from what is kept of attempts when an activity failed like this first, and on which builds', async () => {
    const now = Date.now();
    const tidemark = { attempts: () => Promise.resolve(kept(now)) } as Partial<TidemarkService> as TidemarkService;
    const { rows } = await callerOf(service(now), { tidemark }).error.list({ namespace: 'default' });
    expect(rows).toMatchObject([
      { type: 'GatewayError', runs: 1, firstAt: now - 8_000, lastAt: now - 1_000, isFirstOpen: false, builds: ['6b0e', '7f3c'] },
    ]);
  });

  it('says where only the last attempt is known', async () => {
    const now = Date.now();
    const { rows } = await callerOf(service(now)).error.list({ namespace: 'default' });
    expect(rows).toMatchObject([{ type: 'GatewayError', firstAt: now - 1_000, lastAt: now - 1_000, isFirstOpen: true, builds: [] }]);
  });
});
