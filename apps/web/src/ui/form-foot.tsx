import Link from 'next/link';
import type { ReactNode } from 'react';
import { plural } from '../lib/number.ts';
import { ActButton } from './act-button.tsx';
import { Glyph } from './icon.tsx';

interface FormFootProps {
  /** Fields that need a change. */
  readonly wrong?: number;
  /** Where who gives up goes. */
  readonly back: string;
  readonly isSending?: boolean;
  readonly onSubmit: () => void;
  /** What the button says. */
  readonly children: ReactNode;
}

/** The foot of a page that is a form: what is wrong with it, the way out, and the way on. */
export const FormFoot = ({ wrong = 0, back, isSending = false, onSubmit, children }: FormFootProps) => (
  <div className="bar foot2">
    {wrong > 0 ? (
      <span className="st st-failed">
        <Glyph name="failed" />
        {plural(wrong, 'field')} to change
      </span>
    ) : null}
    <span className="grow" />
    <Link className="btn" href={back}>
      Cancel
    </Link>
    <ActButton className="btn primary" disabled={isSending} onClick={onSubmit}>
      {children}{' '}
      <span className="k2" aria-hidden="true">
        Ctrl ⏎
      </span>
    </ActButton>
  </div>
);
