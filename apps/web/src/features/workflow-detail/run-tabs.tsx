'use client';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { memo } from 'react';
import type { RunTab } from '../../data/paths.ts';
import { fileOf, paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import { formatCount } from '../../lib/number.ts';
import { useCurrentInSight } from '../../ui/use-current-in-sight.ts';
import { FILE_TABS, RUN_TABS } from './tab-order.ts';

export function RunTabs({ view }: { view: RunView }) {
  const { namespace, workflowId, runId } = view.run;
  const isFile = fileOf(namespace) !== undefined;
  const segment = usePathname().split('/')[isFile ? 3 : 6] ?? 'timeline';
  // Of a beginning nobody knows what is still open.
  const groups = view.isLoading ? [] : view.groups.groups;
  const pending = groups.filter((group) => group.endedAt === undefined && group.status !== 'received').length;
  const children = groups.filter((group) => group.kind === 'child').length;
  const strip = useCurrentInSight<HTMLElement>(segment);
  const counts: Partial<Record<RunTab, number>> = { history: view.total, pending, family: children };
  return (
    <nav ref={strip} className="tabs" aria-label="Run">
      {(isFile ? FILE_TABS : RUN_TABS).map(({ tab, label }) => (
        <TabLink
          key={tab}
          href={paths.run({ namespace, workflowId, runId }, tab)}
          isHere={segment === tab}
          label={label}
          count={counts[tab] ?? 0}
        />
      ))}
    </nav>
  );
}

interface TabLinkProps {
  readonly href: string;
  readonly isHere: boolean;
  readonly label: string;
  readonly count: number;
}

/** Read ahead once somebody points at it: eleven tabs at once would stand in front of the run's own questions. */
const TabLink = memo(function TabLink({ href, isHere, label, count }: TabLinkProps) {
  const router = useRouter();
  const prefetch = () => router.prefetch(href);
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined} prefetch={false} onPointerEnter={prefetch} onFocus={prefetch}>
      {label}
      {count > 0 ? <span className="n">{formatCount(count)}</span> : null}
    </Link>
  );
});
