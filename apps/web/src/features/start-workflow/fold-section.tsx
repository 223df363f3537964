'use client';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Icon } from '../../ui/icon.tsx';

interface FoldSectionProps {
  readonly title: string;
  readonly note: string;
  /** How many of its fields say something. */
  readonly set: number;
  readonly hasFault: boolean;
  readonly children: ReactNode;
}

/** A group of fields that most starts do not need. What is wrong or filled in from elsewhere is never hidden. */
export function FoldSection({ title, note, set, hasFault, children }: FoldSectionProps) {
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = hasFault || (chosen ?? set > 0);
  return (
    <details className="moref" open={isOpen}>
      <summary
        onClick={(event) => {
          event.preventDefault();
          setChosen(!isOpen);
        }}
      >
        <Icon name="right" small className={isOpen ? 'open' : ''} />
        {title} <span className="dim">{set > 0 && !isOpen ? `${set} set` : note}</span>
      </summary>
      {isOpen ? <div className="fold-b">{children}</div> : null}
    </details>
  );
}
