'use client';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';

/** The box of the palette. It is here at once, what is in it comes after. */
export function PaletteFrame({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  // Asked before the field is there, which takes the focus as it comes.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    },
    [before],
  );
  return (
    <>
      <div className="veil" aria-hidden="true" onClick={onClose} />
      <div
        ref={box}
        className="cmdk"
        role="dialog"
        aria-modal="true"
        aria-label="Search or jump"
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          // The field is the only stop: arrows move, Enter opens.
          if (event.key === 'Tab') event.preventDefault();
        }}
      >
        {children}
      </div>
    </>
  );
}

interface PaletteWaitingProps {
  readonly text: string;
  readonly onType: (text: string) => void;
  /** Whether Enter was the last key. */
  readonly onEnter: (isEntered: boolean) => void;
}

/** Takes what is typed until the palette has come. */
export function PaletteWaiting({ text, onType, onEnter }: PaletteWaitingProps) {
  return (
    <div className="cmdk-in">
      <Icon name="search" />
      <input
        autoFocus
        aria-label="Search or jump"
        value={text}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={(event) => onEnter(event.key === 'Enter')}
        placeholder="A workflow id, a page, an action"
      />
      <span className="kbd" aria-hidden="true">
        Esc
      </span>
    </div>
  );
}
