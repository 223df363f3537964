import { describe, expect, it } from 'vitest';
import { paceOf } from './batch.ts';

const job = { total: 200, complete: 90, failed: 10, startedAt: 1_000, closedAt: null };

describe('paceOf', () => {
  it('counts failures as progress and tells what is left', () =>
    expect(paceOf(job, 11_000)).toEqual({ done: 0.5, perSecond: 10, leftMs: 10_000 }));
  it('stands still once the job has ended', () =>
    expect(paceOf({ ...job, closedAt: 6_000 }, 99_000)).toEqual({ done: 0.5, perSecond: 20, leftMs: undefined }));
  it('says nothing while the runs are still being gathered', () =>
    expect(paceOf({ ...job, total: 0, complete: 0, failed: 0 }, 2_000)).toEqual({ done: 0, perSecond: undefined, leftMs: undefined }));
});
