'use client';
import { usePreference } from '../../data/preferences.ts';
import { formatDuration, formatUntil } from '../../lib/duration.ts';
import { formatMoment } from '../../lib/time.ts';
import { Moment } from '../../ui/moment.tsx';

export interface UpcomingTimesProps {
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  readonly isPaused?: boolean;
  readonly jitterMs: number;
  readonly now: number;
}

/** The next ten times, with how far away each is. */
export function UpcomingTimes({ times, isPaused = false, jitterMs, now }: UpcomingTimesProps) {
  const zone = usePreference('zone');
  return (
    <section className="upc">
      <div className="sh">
        <h2>Next ten times</h2>
        {jitterMs > 0 && times.length > 0 ? <span className="axis">jitter moves each by up to {formatDuration(jitterMs)}</span> : null}
      </div>
      {times.length === 0 ? (
        <p className="mid padded">{isPaused ? 'None while it is paused.' : 'None: no time lies ahead.'}</p>
      ) : (
        <ol className="times">
          {times.slice(0, 10).map((time) => (
            <li key={time}>
              <span className="mono">
                <Moment at={time}>{formatMoment(time, zone, now)}</Moment>
              </span>
              <span className="dim">{formatUntil(time - now)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
