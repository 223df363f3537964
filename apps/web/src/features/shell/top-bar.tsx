'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { isAway } from '../../data/api-client.ts';
import { useLostStream } from '../../data/lost-stream.ts';
import { paths } from '../../data/paths.ts';
import { setPreferences, usePreference } from '../../data/preferences.ts';
import { namespaces, systemInfo } from '../../data/queries.ts';
import { session, signOut } from '../../data/session.ts';
import { toggleTheme } from '../../data/theme.ts';
import { formatDuration } from '../../lib/duration.ts';
import { cx } from '../../lib/text.ts';
import { zoneName } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuGroup, MenuItem } from '../../ui/menu.tsx';
import { EnvironmentMark } from './environment-mark.tsx';
import { Mark } from './mark.tsx';
import { openOverlay } from './overlay-state.ts';
import { zones } from './zones.ts';

export function TopBar({ namespace }: { namespace: string }) {
  return (
    <header className="top">
      <Link className="brand" href={paths.workflows(namespace)} aria-label="Tidemark, workflows">
        <Mark />
        <span>Tidemark</span>
      </Link>
      <div className="top-mid">
        <EnvironmentMark />
        <NamespaceMenu namespace={namespace} />
        <button className="omni" type="button" aria-keyshortcuts="Control+K" onClick={() => openOverlay('palette')}>
          <Icon name="search" small />
          <span className="grow">Search or jump to…</span>
          <span className="kbd" aria-hidden="true">
            Ctrl K
          </span>
        </button>
      </div>
      <div className="top-end">
        <LiveButton />
        <ZoneMenu />
        <button className="btn quiet icon" type="button" aria-label="Switch between light and dark" onClick={toggleTheme}>
          <Icon name="theme" />
        </button>
        <button className="btn quiet icon" type="button" aria-label="Preferences" onClick={() => openOverlay('preferences')}>
          <Icon name="settings" />
        </button>
        <button className="btn quiet icon wide" type="button" aria-label="Keyboard shortcuts" onClick={() => openOverlay('keys')}>
          <span className="kbd" aria-hidden="true">
            ?
          </span>
        </button>
        <PersonMenu namespace={namespace} />
      </div>
    </header>
  );
}

/** Pages that every namespace has: changing it keeps to them. */
const AREAS: Readonly<Record<string, (namespace: string) => string>> = {
  queues: paths.queues,
  workers: paths.workers,
  deployments: paths.deployments,
  schedules: paths.schedules,
  batches: paths.batches,
  settings: paths.settings,
  audit: (namespace) => paths.audit(namespace),
};

function NamespaceMenu({ namespace }: { namespace: string }) {
  const { data } = useQuery(namespaces());
  const router = useRouter();
  const area = usePathname().split('/')[3] ?? 'workflows';
  const go = (name: string) => router.push((AREAS[area] ?? paths.workflows)(name));
  return (
    <Menu
      trigger={
        <button className="ns" type="button" aria-label={`Namespace: ${namespace}`}>
          {namespace} <Icon name="down" small />
        </button>
      }
    >
      <MenuGroup label="Namespaces">
        {(data ?? []).map((one) => (
          <MenuItem
            key={one.name}
            onSelect={() => go(one.name)}
            end={one.retentionMs === null ? undefined : `kept ${formatDuration(one.retentionMs)}`}
          >
            <span className={one.name === namespace ? 'strong' : ''}>{one.name}</span>
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}

function LiveButton() {
  const isLive = usePreference('isLive');
  const isDown = isAway(useQuery(systemInfo()).error);
  const isLost = useLostStream() && isLive && !isDown;
  return (
    <button
      className={cx('livebtn', (!isLive || isDown) && 'off', isLost && 'lost')}
      type="button"
      aria-pressed={isLive}
      aria-label="Live updates"
      onClick={() => setPreferences({ isLive: !isLive })}
    >
      <i />
      <span>{isLive ? (isDown ? 'Away' : isLost ? 'Asking' : 'Live') : 'Paused'}</span>
    </button>
  );
}

/** Absent where nobody signs in. */
function PersonMenu({ namespace }: { namespace: string }) {
  const { data } = useQuery(session(namespace));
  if (!data?.subject) return null;
  const role = data.may.administer ? 'admin' : data.may.write ? 'write' : data.may.work ? 'worker' : 'read only';
  return (
    <Menu
      align="end"
      trigger={
        <button className="btn quiet" type="button" aria-label={`Signed in as ${data.subject}`}>
          <span className="cut">{data.subject}</span> <Icon name="down" small />
        </button>
      }
    >
      <MenuGroup label={`${data.subject}, ${role} in ${namespace}`}>
        <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
      </MenuGroup>
    </Menu>
  );
}

function ZoneMenu() {
  const zone = usePreference('zone');
  return (
    <Menu
      align="end"
      trigger={
        <button className="btn quiet wide" type="button" aria-label={`Time zone: ${zoneName(zone)}`}>
          {zone === 'local' ? 'Local' : zone} <Icon name="down" small />
        </button>
      }
    >
      <MenuGroup label="Show times in">
        <ZoneItems chosen={zone} />
      </MenuGroup>
    </Menu>
  );
}

/** Drawn with the open menu only: the clocks of all zones take longer to set up than the rest of the bar to draw. */
const ZoneItems = ({ chosen }: { readonly chosen: string }) =>
  zones().map(({ zone, label, clock }) => (
    <MenuItem key={zone} onSelect={() => setPreferences({ zone })} end={clock}>
      <span className={zone === chosen ? 'strong' : ''}>{label}</span>
    </MenuItem>
  ));
