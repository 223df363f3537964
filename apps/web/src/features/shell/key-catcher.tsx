'use client';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';

interface KeyCatcherProps {
  readonly label: string;
  /** What the product itself binds: Backspace goes back to it. */
  readonly initial: string;
  readonly onKeys: (keys: string) => void;
  readonly onCancel: () => void;
}

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);
const PRESSES_MAX = 2;

/** Takes one key, or two after another, and Enter. */
export function KeyCatcher({ label, initial, onKeys, onCancel }: KeyCatcherProps) {
  const [presses, setPresses] = useState<readonly string[]>([]);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const catchKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab' || MODIFIERS.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Backspace') onKeys(initial);
    else if (event.key !== 'Enter') setPresses((before) => [...before, pressOf(event)].slice(-PRESSES_MAX));
    else if (presses.length > 0) onKeys(presses.join(' '));
  };
  return (
    <input
      ref={field}
      className="input mono keyf"
      readOnly
      value={presses.join(' ').replaceAll('$mod+', 'Ctrl ')}
      placeholder="keys, then Enter"
      aria-label={`New keys of ${label}, then Enter; Backspace for what they were`}
      onKeyDown={catchKey}
      onBlur={onCancel}
    />
  );
}

/** As tinykeys reads it. A letter in capitals stands for Shift already. */
function pressOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const isLetter = key.length === 1;
  return [ctrlKey || metaKey ? '$mod' : '', altKey ? 'Alt' : '', shiftKey ? 'Shift' : '', isLetter && !shiftKey ? key.toLowerCase() : key]
    .filter(Boolean)
    .join('+');
}
