'use client';
import { useQuery } from '@tanstack/react-query';
import { isAway, toProblem } from '../../data/api-client.ts';
import { usePreference } from '../../data/preferences.ts';
import { systemInfo } from '../../data/queries.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatClock } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';

/** Said once, above whatever the page still holds: the engine is away, since when, and when we ask again. */
export function EngineStrip() {
  const { data, error, dataUpdatedAt, errorUpdatedAt, refetch, isFetching } = useQuery(systemInfo());
  const isDown = isAway(error);
  const now = useNow(isDown);
  const zone = usePreference('zone');
  if (!isDown) return null;
  const next = Math.max(0, 4_000 - (now - errorUpdatedAt));
  return (
    <div className="why st-retrying" role="alert">
      <Icon name="plug" />
      <p>
        <b>{data?.address ?? 'The engine'}</b> does not answer. {/* Said once, when it comes: seconds that go by are not. */}
        <span aria-live="off">
          {dataUpdatedAt > 0 ? (
            <>
              What you see is <b>{formatDuration(now - dataUpdatedAt)} old</b>, from {formatClock(dataUpdatedAt, zone)}.{' '}
            </>
          ) : (
            <span title={toProblem(error).detail}>{toProblem(error).message} </span>
          )}
          <span className="mid">{isFetching || next < 1000 ? 'Asking again…' : `Asking again in ${Math.ceil(next / 1000)} s.`}</span>
        </span>
      </p>
      <span className="act">
        <button className="btn" type="button" onClick={() => void refetch()}>
          Try now
        </button>
      </span>
    </div>
  );
}
