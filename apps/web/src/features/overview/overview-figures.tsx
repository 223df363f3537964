import Link from 'next/link';
import type { ApiOutput } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { badOf } from '../../domain/attention.ts';
import { openStatuses } from '../../domain/status.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { Stat, Stats } from '../../ui/stats.tsx';

interface FiguresProps {
  readonly namespace: string;
  readonly counts: ApiOutput['namespace']['overview'] | undefined;
  readonly errors: ApiOutput['error']['list'] | undefined;
  readonly workers: ApiOutput['worker']['list'] | undefined;
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, one) => all + one, 0);

/** How much there is, each figure leading to what it counts. */
export function OverviewFigures({ namespace, counts, errors, workers }: FiguresProps) {
  const list = (search: string) => paths.workflows(namespace, search);
  const ended = (statuses: string) =>
    list(`q=${encodeURIComponent(`${statuses}CloseTime >= '${new Date(counts?.hourFrom ?? 0).toISOString()}'`)}`);
  const running = (workers?.workers ?? []).filter(({ status }) => status === 'Running').length;
  const open = counts === undefined ? undefined : (counts.byStatus['Running'] ?? 0) + (counts.byStatus['Paused'] ?? 0);
  const [late, before] = [counts?.lastHour ?? undefined, counts?.hourBefore ?? undefined];
  return (
    <Stats>
      <Stat
        name="Open"
        value={open === undefined ? '–' : <Link href={list(`status=${openStatuses(counts?.byStatus)}`)}>{formatCount(open)}</Link>}
        unit={open === 1 ? 'run' : 'runs'}
        note={
          counts?.byStatus['Paused'] ? `${formatCount(counts.byStatus['Paused'])} paused` : `of ${formatCount(counts?.total ?? 0)} kept`
        }
      />
      <Stat
        name="Ended, last hour"
        value={late === undefined ? '–' : <Link href={ended("ExecutionStatus != 'Running' AND ")}>{formatCount(sum(late))}</Link>}
        note={before === undefined ? 'not counted in time' : `${formatCount(sum(before))} in the hour before`}
      />
      <Stat
        name="Failed, last hour"
        value={
          late === undefined ? '–' : <Link href={ended("ExecutionStatus IN ('Failed', 'TimedOut') AND ")}>{formatCount(badOf(late))}</Link>
        }
        note={before === undefined ? 'not counted in time' : `${formatCount(badOf(before))} in the hour before`}
        isBad={late !== undefined && badOf(late) > 0}
      />
      <Stat
        name="Errors"
        value={errors === undefined ? '–' : <Link href={paths.errors(namespace)}>{formatCount(errors.rows.length)}</Link>}
        note={errors === undefined ? '' : `in ${plural(errors.looked.closedLookedAt + errors.looked.openLookedAt, 'run')} looked at`}
      />
      {workers?.isSupported === false ? null : (
        <Stat
          name="Workers"
          value={workers === undefined ? '–' : <Link href={paths.workers(namespace)}>{formatCount(running)}</Link>}
          note="with heartbeats"
        />
      )}
    </Stats>
  );
}
