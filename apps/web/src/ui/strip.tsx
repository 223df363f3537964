import type { ReactNode } from 'react';
import type { GlyphName } from './icon.tsx';
import { Glyph } from './icon.tsx';

export interface StripProps {
  readonly tone: string;
  readonly glyph: GlyphName;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Its page announces it: a sentence with a clock in it would be said with each second. */
  readonly isAnnounced?: boolean;
}

/** The answer, as the first line of a page: one sentence, evidence strong, at most one primary button. */
export function Strip({ tone, glyph, children, actions, isAnnounced = false }: StripProps) {
  return (
    <div className={`why st-${tone}`} role="status" aria-live={isAnnounced ? 'off' : undefined}>
      <Glyph name={glyph} />
      <p>{children}</p>
      {actions ? <span className="act">{actions}</span> : null}
    </div>
  );
}
