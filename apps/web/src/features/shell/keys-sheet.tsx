'use client';
import { Dialog } from '../../ui/dialog.tsx';
import { useActiveShortcuts } from '../../ui/shortcuts.ts';

/** Made from the keys that are bound right now, so it cannot be wrong. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  const shortcuts = useActiveShortcuts();
  const scopes = [...new Set(shortcuts.map((one) => one.scope))];
  return (
    <Dialog isOpen onClose={onClose} title="Keyboard shortcuts" isWide>
      <div className="keys">
        {scopes.map((scope) => (
          <section key={scope} style={{ display: 'contents' }}>
            <h3>{scope}</h3>
            {shortcuts
              .filter((one) => one.scope === scope)
              .map((one) => (
                <div key={one.keys}>
                  <span>{one.label}</span>
                  <span className="kbd">{one.shown}</span>
                </div>
              ))}
          </section>
        ))}
      </div>
      <p className="small dim">Single keys rest while a field has the focus.</p>
    </Dialog>
  );
}
