'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { setPreferences, usePreference } from '../../data/preferences.ts';
import { toggleTheme } from '../../data/theme.ts';
import { copyLink } from '../../ui/copy-link.ts';
import { late } from '../../ui/late.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { chooseKeys, EVERYWHERE, SHEET_KEY, useShortcuts } from '../../ui/shortcuts.ts';
import { keepTyped, openOverlay, typedSoFar, useOverlay } from './overlay-state.ts';
import { PaletteFrame, PaletteWaiting } from './palette-frame.tsx';
import { placesOf } from './places.ts';

const Palette = late('The palette', () => import('./palette.tsx').then((module) => module.Palette));
const PreferencesDialog = late('The preferences', () => import('./preferences-dialog.tsx').then((module) => module.PreferencesDialog));
const KeysSheet = late('The sheet of shortcuts', () => import('./keys-sheet.tsx').then((module) => module.KeysSheet));

/** The palette, the shortcut sheet, and the keys that work everywhere. */
export function Overlays({ namespace }: { namespace: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const overlay = useOverlay();
  const isLive = usePreference('isLive');
  const zone = usePreference('zone');
  const showsNavNames = usePreference('showsNavNames');
  const hasSingleKeys = usePreference('hasSingleKeys');
  const movedKeys = usePreference('movedKeys');
  useEffect(() => chooseKeys({ hasSingleKeys, movedKeys }), [hasSingleKeys, movedKeys]);
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const go = (keys: string, label: string, href: string): Shortcut => ({
      keys,
      shown: keys,
      label,
      scope: EVERYWHERE,
      run: () => router.push(href),
    });
    return [
      { keys: '$mod+k', shown: 'Ctrl K', label: 'Search or jump', scope: EVERYWHERE, run: () => openOverlay('palette'), inFields: true },
      { keys: SHEET_KEY, shown: '?', label: 'This sheet', scope: EVERYWHERE, run: () => openOverlay('keys') },
      {
        keys: '$mod+,',
        shown: 'Ctrl ,',
        label: 'Preferences',
        scope: EVERYWHERE,
        run: () => openOverlay('preferences'),
        inFields: true,
      },
      ...placesOf(namespace).flatMap(({ keys, label, href }) => (keys === undefined ? [] : [go(keys, label, href)])),
      { keys: 'l', shown: 'l', label: 'Live on or off', scope: EVERYWHERE, isAction: true, run: () => setPreferences({ isLive: !isLive }) },
      {
        keys: 'r',
        shown: 'r',
        label: 'Read the page anew',
        scope: EVERYWHERE,
        isAction: true,
        run: () => void client.refetchQueries({ type: 'active' }),
      },
      {
        keys: 'Shift+T',
        shown: '⇧ T',
        label: 'UTC or local time',
        scope: EVERYWHERE,
        run: () => setPreferences({ zone: zone === 'UTC' ? 'local' : 'UTC' }),
      },
      {
        keys: '[',
        shown: '[',
        label: 'Navigation with names or icons alone',
        scope: EVERYWHERE,
        run: () => setPreferences({ showsNavNames: !showsNavNames }),
      },
      { keys: 'Shift+D', shown: '⇧ D', label: 'Light or dark', scope: EVERYWHERE, run: toggleTheme },
      {
        keys: '$mod+.',
        shown: 'Ctrl .',
        label: 'Copy link to this view',
        scope: EVERYWHERE,
        isAction: true,
        run: () => void copyLink(),
      },
    ];
  }, [router, client, namespace, isLive, zone, showsNavNames]);
  useShortcuts(shortcuts);
  return (
    <Suspense>
      {overlay === 'palette' ? <PaletteOverlay namespace={namespace} /> : null}
      {overlay === 'preferences' ? <PreferencesDialog onClose={() => openOverlay(undefined)} /> : null}
      {overlay === 'keys' ? <KeysSheet onClose={() => openOverlay(undefined)} /> : null}
    </Suspense>
  );
}

function PaletteOverlay({ namespace }: { namespace: string }) {
  const [typed, setTyped] = useState(typedSoFar);
  const [isEntered, setEntered] = useState(false);
  const type = (text: string) => {
    keepTyped(text);
    setTyped(text);
  };
  const close = () => openOverlay(undefined);
  return (
    <PaletteFrame onClose={close}>
      <Suspense fallback={<PaletteWaiting text={typed} onType={type} onEnter={setEntered} />}>
        <Palette namespace={namespace} typed={typed} isEntered={isEntered} onType={keepTyped} onClose={close} />
      </Suspense>
    </PaletteFrame>
  );
}
