import type { ReactNode } from 'react';
import { Glyph } from '../../ui/icon.tsx';

interface FieldProps {
  /** Of the control itself; the message is `<id>-m`. */
  readonly id: string;
  readonly label: string;
  readonly error: string | undefined;
  readonly hint?: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** Label, control, and beside it either what is wrong or what is worth knowing. */
export function Field({ id, label, error, hint, note, children }: FieldProps) {
  return (
    <div className={`f ${error ? 'err' : ''}`}>
      <label htmlFor={id}>{label}</label>
      <div>
        {children}
        {hint ? <p className="hint">{hint}</p> : null}
      </div>
      <div className="fs" id={`${id}-m`} role={error ? 'alert' : undefined}>
        {error ? (
          <>
            <Glyph name="failed" />
            <span>{error}</span>
          </>
        ) : (
          <span className="dim">{note}</span>
        )}
      </div>
    </div>
  );
}
