/** The bar of an activity with every attempt that is known: waiting, running, backing off. */
import type { Attempts } from './attempts.ts';
import type { Group } from './event-groups.ts';
import { groupLook } from './status.ts';
import type { Segment } from './timeline-layout.ts';

/** In time order and without overlap. */
export function attemptSegments(group: Group, of: Attempts, now: number): Segment[] {
  const segments: Segment[] = [];
  let reached = group.openedAt;
  const put = (kind: Segment['kind'], to: number, more: Partial<Segment> = {}) => {
    const from = reached;
    reached = Math.max(from, to);
    if (reached > from || kind === 'next')
      segments.push({ kind, from, to: reached, tone: 'retrying', end: 'plain', isFirst: segments.length === 0, ...more });
  };
  for (const [index, attempt] of of.attempts.entries()) {
    const isFirst = index === 0;
    put(isFirst ? 'queue' : 'backoff', isFirst ? attempt.startedAt : attempt.scheduledAt, isFirst ? { tone: 'wait' } : {});
    put('queue', attempt.startedAt, { tone: 'wait' });
    const isOpen = attempt.outcome === 'running';
    const tone = attempt.outcome === 'failed' && !(attempt.ordinal === of.total && of.isOver) ? 'retrying' : groupLook(group.status).tone;
    // An attempt that took no time is still to be seen.
    const until = Math.max(attempt.endedAt ?? group.endedAt ?? now, reached + 0.5);
    put('run', until, { tone, end: isOpen && group.endedAt === undefined ? 'open' : attempt.outcome === 'failed' ? 'hatch' : 'plain' });
  }
  const last = of.attempts.at(-1);
  if (last?.outcome !== 'failed' || group.endedAt !== undefined) return segments;
  const next = group.pending?.isPaused === true ? undefined : (group.pending?.nextAt ?? last.retryAt);
  put('backoff', next ?? now);
  if (next !== undefined && next >= now) put('next', next);
  else put('queue', now, { tone: 'wait' });
  return segments;
}
