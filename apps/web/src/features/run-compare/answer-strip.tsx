'use client';
import type { ReactNode } from 'react';
import { Strip } from '../../ui/strip.tsx';

interface AnswerStripProps {
  readonly children: ReactNode;
  /** Leads to the step that is told of; without one nothing is out of the ordinary. */
  readonly onShow?: () => void;
}

/** What a comparison comes to. */
export function AnswerStrip({ children, onShow }: AnswerStripProps) {
  const tone = onShow === undefined ? 'completed' : 'scheduled';
  return (
    <Strip
      tone={tone}
      glyph={tone}
      actions={
        onShow === undefined ? undefined : (
          <button className="btn" type="button" aria-keyshortcuts="m" onClick={onShow}>
            Show it{' '}
            <span className="k2" aria-hidden="true">
              M
            </span>
          </button>
        )
      }
    >
      {children}
    </Strip>
  );
}
