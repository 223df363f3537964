'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { RunTab } from '../../data/paths.ts';
import { fileOf, paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import { formatCount } from '../../lib/number.ts';
import { useCurrentInSight } from '../../ui/use-current-in-sight.ts';

/** A file answers nobody and runs nothing. */
const IN_FILES: ReadonlySet<RunTab> = new Set<RunTab>(['timeline', 'history', 'state', 'workers', 'io']);

export function RunTabs({ view }: { view: RunView }) {
  const { namespace, workflowId, runId } = view.run;
  const isFile = fileOf(namespace) !== undefined;
  const segment = usePathname().split('/')[isFile ? 3 : 6] ?? 'timeline';
  const pending = view.groups.groups.filter((group) => group.endedAt === undefined && group.status !== 'received').length;
  const children = view.groups.groups.filter((group) => group.kind === 'child').length;
  const strip = useCurrentInSight<HTMLElement>(segment);
  const tabs: readonly { tab: RunTab; label: string; count?: number }[] = [
    { tab: 'timeline', label: 'Timeline' },
    { tab: 'history', label: 'History', count: view.events.length },
    { tab: 'state', label: 'State' },
    { tab: 'pending', label: 'Pending', count: pending },
    { tab: 'workers', label: 'Workers' },
    { tab: 'replay', label: 'Replay' },
    { tab: 'compare', label: 'Compare' },
    { tab: 'family', label: 'Family', count: children },
    { tab: 'io', label: 'Input and result' },
    { tab: 'interact', label: 'Interact' },
    { tab: 'raw', label: 'Raw' },
  ];
  return (
    <nav ref={strip} className="tabs" aria-label="Run">
      {tabs
        .filter(({ tab }) => !isFile || IN_FILES.has(tab))
        .map(({ tab, label, count }) => (
          <Link key={tab} href={paths.run({ namespace, workflowId, runId }, tab)} aria-current={segment === tab ? 'page' : undefined}>
            {label}
            {count ? <span className="n">{formatCount(count)}</span> : null}
          </Link>
        ))}
    </nav>
  );
}
