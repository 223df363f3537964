'use client';
import { Command } from 'cmdk';
import { useRefusal } from '../../ui/rights.ts';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { EVERYWHERE, NO_KEY, runNow, shownKeys, useActiveShortcuts } from '../../ui/shortcuts.ts';
import { Entry } from './palette-entry.tsx';

/** What can be done with what the page shows: the same that its keys do, so none can be missing here. */
export function ActionsGroup({ onClose }: { readonly onClose: () => void }) {
  // What the page itself can do comes first.
  const actions = useActiveShortcuts()
    .filter(({ isAction }) => isAction)
    .toSorted((a, b) => Number(a.scope === EVERYWHERE) - Number(b.scope === EVERYWHERE));
  if (actions.length === 0) return null;
  return (
    <Command.Group heading="On this page">
      {actions.map((action) => (
        <Action key={`${action.keys} ${action.label}`} action={action} onClose={onClose} />
      ))}
    </Command.Group>
  );
}

function Action({ action, onClose }: { readonly action: Shortcut; readonly onClose: () => void }) {
  const refusal = useRefusal(action.needs);
  const act = () => {
    onClose();
    // Once the palette has given the focus back: what opens takes it from there.
    setTimeout(() => runNow(action));
  };
  return (
    <Entry
      icon="right"
      value={`do ${action.label} ${action.keys}`}
      onSelect={act}
      isDisabled={refusal !== undefined}
      {...(refusal === undefined ? {} : { detail: refusal })}
      {...(action.keys === NO_KEY ? {} : { keys: shownKeys(action) })}
    >
      {action.label}
    </Entry>
  );
}
