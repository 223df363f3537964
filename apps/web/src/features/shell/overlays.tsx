'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo } from 'react';
import { setPreferences, usePreferences } from '../../data/preferences.ts';
import { toggleTheme } from '../../data/theme.ts';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { chooseKeys, SHEET_KEY, useShortcuts } from '../../ui/shortcuts.ts';
import { KeysSheet } from './keys-sheet.tsx';
import { Palette } from './palette.tsx';
import { openOverlay, useOverlay } from './overlay-state.ts';
import { placesOf } from './places.ts';
import { PreferencesDialog } from './preferences-dialog.tsx';

/** The palette, the shortcut sheet, and the keys that work everywhere. */
export function Overlays({ namespace }: { namespace: string }) {
  const router = useRouter();
  const overlay = useOverlay();
  const { isLive, zone, hasSingleKeys, movedKeys } = usePreferences();
  useEffect(() => chooseKeys({ hasSingleKeys, movedKeys }), [hasSingleKeys, movedKeys]);
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const go = (keys: string, label: string, href: string): Shortcut => ({
      keys,
      shown: keys,
      label,
      scope: 'Everywhere',
      run: () => router.push(href),
    });
    return [
      { keys: '$mod+k', shown: 'Ctrl K', label: 'Search or jump', scope: 'Everywhere', run: () => openOverlay('palette'), inFields: true },
      { keys: SHEET_KEY, shown: '?', label: 'This sheet', scope: 'Everywhere', run: () => openOverlay('keys') },
      {
        keys: '$mod+,',
        shown: 'Ctrl ,',
        label: 'Preferences',
        scope: 'Everywhere',
        run: () => openOverlay('preferences'),
        inFields: true,
      },
      ...placesOf(namespace).flatMap(({ keys, label, href }) => (keys === undefined ? [] : [go(keys, label, href)])),
      { keys: 'l', shown: 'l', label: 'Live on or off', scope: 'Everywhere', run: () => setPreferences({ isLive: !isLive }) },
      {
        keys: 'Shift+T',
        shown: '⇧ T',
        label: 'UTC or local time',
        scope: 'Everywhere',
        run: () => setPreferences({ zone: zone === 'UTC' ? 'local' : 'UTC' }),
      },
      { keys: 'Shift+D', shown: '⇧ D', label: 'Light or dark', scope: 'Everywhere', run: toggleTheme },
      {
        keys: '$mod+.',
        shown: 'Ctrl .',
        label: 'Copy link to this view',
        scope: 'Everywhere',
        run: () => void navigator.clipboard.writeText(location.href),
      },
    ];
  }, [router, namespace, isLive, zone]);
  useShortcuts(shortcuts);
  return (
    <>
      {overlay === 'palette' ? <Palette namespace={namespace} onClose={() => openOverlay(undefined)} /> : null}
      {overlay === 'preferences' ? <PreferencesDialog onClose={() => openOverlay(undefined)} /> : null}
      <KeysSheet isOpen={overlay === 'keys'} onClose={() => openOverlay(undefined)} />
    </>
  );
}
