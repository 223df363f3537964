import { formatAge, formatUntil } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { Stat, Stats } from '../../ui/stats.tsx';
import type { Schedule } from './schedule-page.tsx';

export function ScheduleStats({ schedule, now }: { schedule: Schedule; now: number }) {
  const next = schedule.isPaused ? undefined : schedule.next[0];
  const last = schedule.recent.at(-1);
  return (
    <Stats>
      <Stat name="Next" value={next === undefined ? '–' : formatUntil(next - now)} note={nextNote(schedule)} />
      <Stat
        name="Last"
        value={last === undefined ? '–' : formatAge(now - last.startedAt)}
        note={last === undefined ? 'no run yet' : 'started'}
      />
      <Stat
        name="Actions"
        value={formatCount(schedule.actions)}
        note={schedule.remaining === null ? 'taken so far' : `taken, ${formatCount(schedule.remaining)} left`}
      />
      <Stat name="Skipped" value={formatCount(schedule.overlapSkipped)} note="the run before was going" />
      <Stat name="Missed" value={formatCount(schedule.missed)} isBad={schedule.missed > 0} note="outside the catch-up window" />
      <Stat
        name="Waiting"
        value={formatCount(schedule.buffered)}
        isBad={schedule.bufferDropped > 0}
        note={schedule.bufferDropped > 0 ? `${formatCount(schedule.bufferDropped)} dropped: too many waited` : 'for the run before to end'}
      />
    </Stats>
  );
}

function nextNote({ isPaused, next, remaining }: Schedule): string {
  if (isPaused) return 'paused';
  if (remaining === 0) return 'no actions left';
  return next.length === 0 ? 'no time lies ahead' : 'until its next time';
}
