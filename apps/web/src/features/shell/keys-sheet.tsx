'use client';
import { useState } from 'react';
import { setPreferences, usePreference } from '../../data/preferences.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { boundTo, isSingleKey, NO_KEY, SHEET_KEY, shownKeys, useActiveShortcuts } from '../../ui/shortcuts.ts';
import { KeyCatcher } from './key-catcher.tsx';

/** Made from the keys that are bound right now, so it cannot be wrong. A key is moved by pressing it here. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  const shortcuts = useActiveShortcuts().filter(({ keys }) => keys !== NO_KEY);
  const hasSingleKeys = usePreference('hasSingleKeys');
  const movedKeys = usePreference('movedKeys');
  const [moving, setMoving] = useState<string>();
  const [problem, setProblem] = useState('');
  const scopes = [...new Set(shortcuts.map((one) => one.scope))];
  const move = (shortcut: Shortcut, keys: string) => {
    const taken = shortcuts.find((one) => one !== shortcut && boundTo(one) === keys);
    setProblem(taken === undefined ? '' : `${shownKeys(taken)} is ${taken.label}.`);
    if (taken !== undefined) return;
    const { [shortcut.keys]: _before, ...others } = movedKeys;
    setPreferences({ movedKeys: keys === shortcut.keys ? others : { ...others, [shortcut.keys]: keys } });
    setMoving(undefined);
  };
  const close = () => {
    setMoving(undefined);
    setProblem('');
    onClose();
  };
  return (
    <Dialog isOpen onClose={close} title="Keyboard shortcuts" isWide>
      <label className="row small">
        <input type="checkbox" checked={hasSingleKeys} onChange={(event) => setPreferences({ hasSingleKeys: event.target.checked })} />
        Keys without Ctrl
        <span className="dim">They rest while a field has the focus. Without them only those with Ctrl work, and ? for this sheet.</span>
      </label>
      <div className="keys">
        {scopes.map((scope) => (
          <section key={scope} style={{ display: 'contents' }}>
            <h3>{scope}</h3>
            {shortcuts
              .filter((one) => one.scope === scope)
              .map((one) => (
                <div key={one.keys} className={!hasSingleKeys && isSingleKey(boundTo(one)) && one.keys !== SHEET_KEY ? 'dim' : undefined}>
                  <span>{one.label}</span>
                  {moving === one.keys ? (
                    <KeyCatcher
                      label={one.label}
                      initial={one.keys}
                      onKeys={(keys) => move(one, keys)}
                      onCancel={() => setMoving(undefined)}
                    />
                  ) : (
                    <button
                      className="kbd keyb"
                      type="button"
                      aria-label={`${one.label}: ${shownKeys(one)}. Move it`}
                      onClick={() => setMoving(one.keys)}
                    >
                      {shownKeys(one)}
                    </button>
                  )}
                </div>
              ))}
          </section>
        ))}
      </div>
      <p className="small dim" role="status">
        {problem || 'Press a key here to move it to another.'}
        {Object.keys(movedKeys).length === 0 ? null : (
          <>
            {' '}
            <button className="linkb" type="button" onClick={() => setPreferences({ movedKeys: {} })}>
              All as they were
            </button>
          </>
        )}
      </p>
    </Dialog>
  );
}
