'use client';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { setPreferences, usePreferences } from '../../data/preferences.ts';
import type { Theme } from '../../data/theme.ts';
import { chosenTheme, setTheme } from '../../data/theme.ts';
import { formatClock } from '../../lib/time.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { DENSITIES } from './densities.ts';
import { openOverlay } from './overlay-state.ts';
import { zones } from './zones.ts';

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** How this browser shows things. Kept here and nowhere else. */
export function PreferencesDialog({ onClose }: { onClose: () => void }) {
  const { zone, hours, density, showsNavNames, isLive, hasSingleKeys } = usePreferences();
  const [theme, setChosen] = useState(chosenTheme);
  const [opened] = useState(() => Date.now());
  return (
    <Dialog isOpen onClose={onClose} title="Preferences" isWide>
      <div className="prefs">
        <Line label="Theme">
          <Segmented
            label="Theme"
            value={theme}
            options={THEMES}
            onChange={(next) => {
              setTheme(next);
              setChosen(next);
            }}
          />
        </Line>
        <Line label="Density">
          <Segmented label="Density" value={density} options={DENSITIES} onChange={(next) => setPreferences({ density: next })} />
        </Line>
        <Line label="Navigation">
          <Segmented
            label="Navigation"
            value={showsNavNames ? 'names' : 'icons'}
            options={[
              { value: 'names', label: 'With names' },
              { value: 'icons', label: 'Icons alone' },
            ]}
            onChange={(next) => setPreferences({ showsNavNames: next === 'names' })}
          />
        </Line>
        <Line label="Times in">
          <select className="input" aria-label="Times in" value={zone} onChange={(event) => setPreferences({ zone: event.target.value })}>
            {zones().map((one) => (
              <option key={one.zone} value={one.zone}>
                {one.label}
              </option>
            ))}
            {zones().some((one) => one.zone === zone) ? null : <option value={zone}>{zone}</option>}
          </select>
        </Line>
        <Line label="Clock">
          <Segmented
            label="Clock"
            value={hours}
            options={[
              { value: '24', label: '24 hours' },
              { value: '12', label: '12 hours' },
            ]}
            onChange={(next) => setPreferences({ hours: next })}
          />
          <span className="dim">{formatClock(opened, zone)}</span>
        </Line>
        <Line label="Live updates">
          <input
            type="checkbox"
            aria-label="Live updates"
            checked={isLive}
            onChange={(event) => setPreferences({ isLive: event.target.checked })}
          />
        </Line>
        <Line label="Keys without Ctrl">
          <input
            type="checkbox"
            aria-label="Keys without Ctrl"
            checked={hasSingleKeys}
            onChange={(event) => setPreferences({ hasSingleKeys: event.target.checked })}
          />
          <button className="linkb" type="button" onClick={() => openOverlay('keys')}>
            See and move them
          </button>
        </Line>
      </div>
    </Dialog>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="pref">
      <span>{label}</span>
      <span className="row">{children}</span>
    </div>
  );
}
