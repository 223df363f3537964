'use client';
import './reveal-button.css';

/** Beside a value that is not shown; its key says which. */
export function RevealButton({ name, onReveal, isInTree }: { name: string; onReveal: () => void; isInTree?: boolean }) {
  return (
    <button
      type="button"
      className="linkb rv"
      // A tree is one stop: its row does the same on Enter.
      tabIndex={isInTree ? -1 : undefined}
      aria-label={name === '' ? 'Reveal' : `Reveal ${name}`}
      onClick={(event) => {
        event.stopPropagation();
        onReveal();
      }}
    >
      Reveal
    </button>
  );
}
