/** What is beside the runs: schedules, batches, workers that report how they are, a team's saved view. */
import { toDuration, toTimestamp } from '@tidemark/protocol/time';
import { complete, payloads } from '../../fixtures/fake-worker.ts';
import { NOW, timeOf } from './moment.ts';
import type { Story, World } from './world.ts';
import { NAMESPACE } from './world.ts';

const HOUR_MS = 3_600_000;
const BEAT_MS = 30_000;
const BEATS = 40;

export const estateStories = (world: World): readonly Story[] => [
  schedules(world),
  sweeps(world),
  batches(world),
  ...workers.map((one) => reports(world, one)),
];

interface Planned {
  readonly scheduleId: string;
  readonly type: string;
  readonly queue: string;
  readonly spec: object;
  readonly note?: string;
  readonly paused?: boolean;
}

const planned: readonly Planned[] = [
  { scheduleId: 'hourly-sweep', type: 'SweepFlow', queue: 'reports', spec: { interval: [{ interval: toDuration(2 * HOUR_MS) }] } },
  {
    scheduleId: 'nightly-settlement',
    type: 'SettleFlow',
    queue: 'settlement',
    spec: { cronString: ['30 2 * * *'] },
    note: 'Books of the day before',
  },
  {
    scheduleId: 'month-end-report',
    type: 'ReportFlow',
    queue: 'reports',
    spec: { cronString: ['CRON_TZ=Europe/Berlin 0 6 1 * *'] },
  },
  {
    scheduleId: 'retry-refused-refunds',
    type: 'RefundFlow',
    queue: 'refunds',
    spec: { interval: [{ interval: toDuration(24 * HOUR_MS) }] },
    paused: true,
    note: 'Paused by r.osei: the gateway refuses all of them',
  },
];

async function* schedules(world: World): Story {
  yield timeOf('-1 12:00:00');
  for (const one of planned)
    await world.connection.workflow.createSchedule({
      namespace: NAMESPACE,
      scheduleId: one.scheduleId,
      requestId: `make-${one.scheduleId}`,
      identity: 'd.lindqvist',
      schedule: {
        spec: one.spec,
        state: { notes: one.note ?? '', paused: one.paused ?? false },
        action: {
          startWorkflow: {
            workflowId: one.scheduleId,
            workflowType: { name: one.type },
            taskQueue: { name: one.queue },
            input: payloads({ scope: 'all', dryRun: false }),
          },
        },
      },
    });
}

/** Works off what the hourly schedule starts; the nightly one has no worker. */
async function* sweeps(world: World): Story {
  for (let at = timeOf('-1 14:00:00'); at < NOW; at += 2 * HOUR_MS) {
    yield at + 1000;
    const id = `hourly-sweep-${new Date(at).toISOString().replace('.000', '')}`;
    await world.task('reports', id, [complete({ removed: (at / HOUR_MS) % 17 })], { waits: 30, thinks: 2_400 });
  }
}

async function* batches(world: World): Story {
  const start = async (jobId: string, reason: string, operation: object, visibilityQuery: string) => {
    await world.connection.workflow.startBatchOperation({ namespace: NAMESPACE, jobId, reason, visibilityQuery, ...operation });
    for (;;) {
      const { state } = await world.connection.workflow.describeBatchOperation({ namespace: NAMESPACE, jobId });
      if (state !== 1) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  yield timeOf('10:14:30');
  await start(
    'forget-declined-orders',
    'declined before the gateway was changed',
    { deletionOperation: { identity: 'd.lindqvist' } },
    "ExecutionStatus = 'Failed' AND StartTime < '2026-11-01T16:00:00Z'",
  );
  yield timeOf('12:03:40');
  await start(
    'nudge-exports',
    'exports wait since 11:41',
    { signalOperation: { signal: 'nudge', identity: 'r.osei', input: payloads({ by: 'r.osei' }) } },
    "WorkflowType = 'ExportFlow'",
  );
}

interface Reporter {
  readonly name: string;
  readonly build: string;
  readonly host: string;
  readonly queue: string;
  readonly used: number;
}

const workers: readonly Reporter[] = [
  { name: 'worker-1', build: '7f3c', host: 'fra-1a', queue: 'orders', used: 9 },
  { name: 'worker-2', build: '7f3c', host: 'fra-1a', queue: 'orders', used: 16 },
  { name: 'worker-3', build: '7f3c', host: 'fra-1b', queue: 'gateway', used: 12 },
  { name: 'worker-5', build: '7f3c', host: 'fra-1b', queue: 'refunds', used: 3 },
  { name: 'worker-8', build: '8a1d', host: 'fra-1c', queue: 'orders', used: 5 },
];

async function* reports(world: World, { name, build, host, queue, used }: Reporter): Story {
  const SLOTS = 16;
  for (let beat = BEATS; beat >= 0; beat -= 1) {
    yield NOW - 1800 - beat * BEAT_MS;
    const now = Math.min(SLOTS, Math.max(0, used + Math.round(4 * Math.sin((beat + used) / 3))));
    await world.connection.workflow.recordWorkerHeartbeat({
      namespace: NAMESPACE,
      identity: name,
      workerHeartbeat: [
        {
          workerInstanceKey: `${name}-${build}`,
          workerIdentity: name,
          taskQueue: queue,
          sdkName: 'tidemark',
          sdkVersion: '0.1.0',
          status: 1,
          deploymentVersion: { deploymentName: 'order-system', buildId: build },
          startTime: toTimestamp(timeOf('07:00:00')),
          heartbeatTime: toTimestamp(world.time),
          elapsedSinceLastHeartbeat: toDuration(BEAT_MS),
          hostInfo: { hostName: host, processId: '4417', currentHostCpuUsage: 0.2 + now / 24, currentHostMemUsage: 0.58 },
          workflowTaskSlotsInfo: {
            currentUsedSlots: Math.round(now / 3),
            currentAvailableSlots: 40 - Math.round(now / 3),
            slotSupplierKind: 'Fixed',
          },
          activityTaskSlotsInfo: {
            currentUsedSlots: now,
            currentAvailableSlots: SLOTS - now,
            slotSupplierKind: 'Fixed',
            lastIntervalProcessedTasks: 20 + now,
            lastIntervalFailureTasks: queue === 'gateway' ? 2 : 0,
            totalProcessedTasks: 4200 - beat * 20,
            totalFailedTasks: queue === 'gateway' ? 80 - beat : 0,
          },
          workflowPollerInfo: { currentPollers: 4, lastSuccessfulPollTime: toTimestamp(world.time - 400) },
          activityPollerInfo: { currentPollers: 4, lastSuccessfulPollTime: toTimestamp(world.time - 900) },
          totalStickyCacheHit: 8800 - beat * 12,
          totalStickyCacheMiss: 41,
          currentStickyCacheSize: 212,
        },
      ],
    });
  }
}
