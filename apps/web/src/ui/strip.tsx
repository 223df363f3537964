import type { ReactNode } from 'react';
import type { GlyphName } from './icon.tsx';
import { Glyph } from './icon.tsx';

/** The answer, as the first line of a page: one sentence, evidence strong, at most one primary button. */
export function Strip({ tone, glyph, children, actions }: { tone: string; glyph: GlyphName; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className={`why st-${tone}`} role="status">
      <Glyph name={glyph} />
      <p>{children}</p>
      {actions ? <span className="act">{actions}</span> : null}
    </div>
  );
}
