import { api } from '@tidemark/protocol/api';
import { describe, expect, it } from 'vitest';
import { RunCache } from './run-cache.ts';
import { WorkerReport } from './worker-report.ts';

const { WORKER_STATUS_RUNNING } = api.enums.v1.WorkerStatus;
const reportOf = () =>
  new WorkerReport({ instanceKey: 'k', taskQueue: 'orders', workflowTasksMax: 4, activitiesMax: 10, cache: new RunCache(100) });
const beat = (report: WorkerReport, does = { workflows: true, activities: true }) =>
  report.heartbeat('w@host', WORKER_STATUS_RUNNING, does);

describe('a worker tells of itself', () => {
  it('its slots, and what it has done in all and since it told last', async () => {
    const report = reportOf();
    const { signal } = new AbortController();
    const releases = await Promise.all([report.activities.slots.reserve(signal), report.activities.slots.reserve(signal)]);
    report.activities.onDone();
    report.activities.onFailed();
    expect(beat(report).activityTaskSlotsInfo).toEqual({
      slotSupplierKind: 'Fixed',
      currentUsedSlots: 2,
      currentAvailableSlots: 8,
      totalProcessedTasks: 1,
      totalFailedTasks: 1,
      lastIntervalProcessedTasks: 1,
      lastIntervalFailureTasks: 1,
    });
    releases[0]?.();
    report.activities.onDone();
    expect(beat(report).activityTaskSlotsInfo).toMatchObject({
      currentUsedSlots: 1,
      currentAvailableSlots: 9,
      totalProcessedTasks: 2,
      lastIntervalProcessedTasks: 1,
      lastIntervalFailureTasks: 0,
    });
  });

  it('its polls: how many are under way, and when a task came', async () => {
    const report = reportOf();
    let answer: (task: string) => void = () => undefined;
    const poll = new Promise<string>((resolve) => (answer = resolve));
    const watched = report.polls.sticky.watch(poll, (task) => task !== '');
    expect(beat(report).workflowStickyPollerInfo).toEqual({ currentPollers: 1 });
    answer('a task');
    await watched;
    expect(beat(report).workflowStickyPollerInfo).toEqual({ currentPollers: 0, lastSuccessfulPollTime: expect.anything() });
    await expect(report.polls.sticky.watch(Promise.reject(new Error('away')), () => true)).rejects.toThrow('away');
    expect(beat(report).workflowStickyPollerInfo?.currentPollers).toBe(0);
  });

  it('its machine, in shares', () => {
    const { hostInfo } = beat(reportOf());
    expect(hostInfo?.processId).toBe(String(process.pid));
    for (const share of [hostInfo?.currentHostCpuUsage, hostInfo?.currentHostMemUsage]) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });

  it('nothing of what it does not do', () => {
    const told = beat(reportOf(), { workflows: false, activities: true });
    expect(told).not.toHaveProperty('workflowTaskSlotsInfo');
    expect(told).not.toHaveProperty('currentStickyCacheSize');
    expect(told).toMatchObject({ taskQueue: 'orders', activityTaskSlotsInfo: { currentAvailableSlots: 10 } });
  });
});
