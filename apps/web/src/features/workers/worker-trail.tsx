'use client';
import { useEffect, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { TrendLine } from '../../ui/trend-line.tsx';

type Description = ApiOutput['worker']['describe'];
type Moment = NonNullable<Description['trail']>[number];

const MOMENTS_MAX = 60;

/** Slots in use over its last heartbeats: from the server where it remembers them, else since this page was opened. */
export function WorkerTrail({ description, at }: { description: Description; at: number }) {
  const [seen, setSeen] = useState<readonly Moment[]>([]);
  useEffect(() => {
    const moment = momentOf(description, at);
    setSeen((old) => (old.at(-1)?.at === moment.at ? old : [...old, moment].slice(-MOMENTS_MAX)));
  }, [description, at]);
  const trail = description.trail ?? seen;
  const lines = (['workflow', 'activity'] as const).flatMap((kind) => {
    const found = trail.flatMap((moment) => (moment[kind] === undefined ? [] : [{ at: moment.at, ...moment[kind] }]));
    return found.length < 2 ? [] : [{ kind, found }];
  });
  const [first, last] = [trail[0], trail.at(-1)];
  if (lines.length === 0 || first === undefined || last === undefined) return null;
  return (
    <section className="trl">
      <div className="sh">
        <h2>Slots used</h2>
        <span className="axis">
          {description.trail === null ? 'since this page was opened, ' : ''}
          over {formatDuration(last.at - first.at)}
        </span>
      </div>
      <div className="trls">
        {lines.map(({ kind, found }) => {
          const most = Math.max(...found.map(({ used, available }) => used + available));
          const peak = Math.max(...found.map(({ used }) => used));
          const words = `${kind === 'workflow' ? 'Workflow' : 'Activity'} slots used: ${formatCount(found.at(-1)?.used ?? 0)} now, ${formatCount(peak)} at most, of ${formatCount(most)}`;
          return (
            <figure key={kind}>
              <TrendLine label={words} points={found.map(({ at: when, used }) => ({ at: when, value: used }))} max={most} />
              <figcaption className="axis">
                {kind}, at most {formatCount(peak)} of {formatCount(most)}
              </figcaption>
            </figure>
          );
        })}
      </div>
    </section>
  );
}

const momentOf = ({ row }: Description, at: number): Moment => ({
  at: row.heartbeatAt ?? at,
  ...(row.workflowSlots === null ? {} : { workflow: { used: row.workflowSlots.used, available: row.workflowSlots.available } }),
  ...(row.activitySlots === null ? {} : { activity: { used: row.activitySlots.used, available: row.activitySlots.available } }),
});
