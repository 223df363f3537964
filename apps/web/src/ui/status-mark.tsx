import { cx } from '../lib/text.ts';
import type { GlyphName } from './icon.tsx';
import { Glyph } from './icon.tsx';

export interface Look {
  readonly tone: string;
  readonly glyph: GlyphName;
  readonly word: string;
  readonly isCalm: boolean;
}

/** Glyph, word and colour. Calm states colour the glyph only, unless `loud`. */
export function StatusMark({ look, text, loud = false }: { look: Look; text?: string | undefined; loud?: boolean }) {
  return (
    <span className={cx('st', `st-${look.tone}`, look.isCalm && !loud && 'quiet')}>
      <Glyph name={look.glyph} />
      {text ?? look.word}
    </span>
  );
}
