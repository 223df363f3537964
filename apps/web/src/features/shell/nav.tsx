'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { hasDeployments } from '../../data/deployment-queries.ts';
import { paths } from '../../data/paths.ts';
import { setPreferences, usePreference } from '../../data/preferences.ts';
import { systemInfo, workers } from '../../data/queries.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useCurrentInSight } from '../../ui/use-current-in-sight.ts';

export function Nav({ namespace }: { namespace: string }) {
  const pathname = usePathname();
  const router = useRouter();
  const { data: info } = useQuery(systemInfo());
  const { data: list } = useQuery(workers(namespace));
  const { data: hasAny } = useQuery(hasDeployments(namespace));
  const showsNames = usePreference('showsNavNames');
  const [, first, , third] = pathname.split('/');
  // An address that leads nowhere is in no area.
  const area = first === 'n' ? (third ?? 'overview') : (first ?? '');
  const strip = useCurrentInSight<HTMLElement>(area);
  const items: readonly { href: string; icon: IconName; label: string; areas: readonly string[]; count?: number | undefined }[] = [
    { href: paths.overview(namespace), icon: 'overview', label: 'Overview', areas: ['overview'] },
    { href: paths.workflows(namespace), icon: 'workflows', label: 'Workflows', areas: ['workflows', 'w'] },
    { href: paths.errors(namespace), icon: 'errors', label: 'Errors', areas: ['errors'] },
    ...(info?.hasSchedules === false
      ? []
      : [{ href: paths.schedules(namespace), icon: 'schedules' as const, label: 'Schedules', areas: ['schedules'] }]),
    { href: paths.queues(namespace), icon: 'queues', label: 'Queues', areas: ['queues'] },
    ...(list?.isSupported === false
      ? []
      : [{ href: paths.workers(namespace), icon: 'workers' as const, label: 'Workers', areas: ['workers'], count: list?.workers.length }]),
    ...(hasAny === true
      ? [{ href: paths.deployments(namespace), icon: 'deployments' as const, label: 'Deployments', areas: ['deployments'] }]
      : []),
    { href: paths.batches(namespace), icon: 'batches', label: 'Batches', areas: ['batches'] },
    { href: paths.imports, icon: 'import', label: 'Import', areas: ['import'] },
    { href: paths.namespaces, icon: 'rows', label: 'Namespaces', areas: ['ns'] },
    { href: paths.audit(namespace), icon: 'lock', label: 'Audit', areas: ['audit'] },
    { href: paths.settings(namespace), icon: 'settings', label: 'Settings', areas: ['settings'] },
  ];
  return (
    <nav ref={strip} className="nav" aria-label="Main">
      {items.map((item) => (
        // Ten pages fetched ahead would stand in front of the one that was asked for; the one that is pointed at is fetched.
        <Link
          key={item.href}
          href={item.href}
          prefetch={false}
          onPointerEnter={() => router.prefetch(item.href)}
          onFocus={() => router.prefetch(item.href)}
          aria-current={item.areas.includes(area) ? 'page' : undefined}
          title={showsNames ? undefined : item.label}
        >
          <Icon name={item.icon} />
          <span className="name">{item.label}</span>
          {item.count ? <span className="n">{item.count}</span> : null}
        </Link>
      ))}
      <div className="foot">
        {info === undefined || !showsNames ? null : (
          <span className="grow">
            Server {info.serverVersion}
            <br />
            {info.address}
          </span>
        )}
        <button
          className="btn quiet icon"
          type="button"
          aria-label={showsNames ? 'Navigation: icons alone' : 'Navigation: with names'}
          title={showsNames ? 'Icons alone' : 'With names'}
          onClick={() => setPreferences({ showsNavNames: !showsNames })}
        >
          <Icon name={showsNames ? 'left' : 'right'} />
        </button>
      </div>
    </nav>
  );
}
