'use client';
import { Command } from 'cmdk';
import { setPreferences, usePreference } from '../../data/preferences.ts';
import { setTheme } from '../../data/theme.ts';
import { openOverlay } from './overlay-state.ts';
import { Entry } from './palette-entry.tsx';
import { DENSITIES } from './densities.ts';
import { zoneNames } from './zones.ts';

interface SettingsGroupProps {
  readonly act: (run: () => void) => void;
  /** Something was typed. Before that two zones are enough. */
  readonly isTyped: boolean;
}

/** Preferences, each choice by itself. */
export function SettingsGroup({ act, isTyped }: SettingsGroupProps) {
  const zone = usePreference('zone');
  const density = usePreference('density');
  const other = zone === 'UTC' ? 'local' : 'UTC';
  return (
    <Command.Group heading="Settings">
      <Entry icon="theme" onSelect={() => act(() => setTheme('light'))}>
        Light theme
      </Entry>
      <Entry icon="theme" onSelect={() => act(() => setTheme('dark'))}>
        Dark theme
      </Entry>
      <Entry icon="theme" onSelect={() => act(() => setTheme('system'))}>
        Theme of the system
      </Entry>
      {DENSITIES.filter(({ value }) => value !== density).map(({ value, label }) => (
        <Entry key={value} icon="rows" onSelect={() => act(() => setPreferences({ density: value }))}>
          {`Density: ${label.toLowerCase()}`}
        </Entry>
      ))}
      {zoneNames()
        .filter((one) => (isTyped ? one.zone !== zone : one.zone === other))
        .map((one) => (
          <Entry key={one.zone} icon="schedules" onSelect={() => act(() => setPreferences({ zone: one.zone }))}>
            {`Time zone: ${one.label}`}
          </Entry>
        ))}
      <Entry icon="settings" onSelect={() => act(() => openOverlay('preferences'))} keys="Ctrl ,">
        Preferences: theme, density, times
      </Entry>
      <Entry icon="settings" onSelect={() => act(() => openOverlay('keys'))} keys="?">
        Keyboard shortcuts
      </Entry>
    </Command.Group>
  );
}
