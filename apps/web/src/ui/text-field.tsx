import type { ReactNode } from 'react';
import { Glyph } from './icon.tsx';

export interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly hint?: string;
  readonly note?: ReactNode;
  /** Offered while typing. */
  readonly list?: readonly string[];
  readonly type?: 'text' | 'datetime-local';
  readonly isReadOnly?: boolean;
  readonly onChange: (value: string) => void;
}

/** Label, control, and beside it either what is wrong or what is worth knowing. The message's id is `<id>-m`. */
export function TextField({ id, label, value, error, hint, note, list, type = 'text', isReadOnly = false, onChange }: TextFieldProps) {
  return (
    <div className={`f ${error ? 'err' : ''}`}>
      <label htmlFor={id}>{label}</label>
      <div>
        <input
          id={id}
          className="input mono"
          type={type}
          step={type === 'datetime-local' ? 1 : undefined}
          value={value}
          readOnly={isReadOnly}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          autoComplete="off"
          list={list ? `${id}-l` : undefined}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-m`}
        />
        {list ? (
          <datalist id={`${id}-l`}>
            {list.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        ) : null}
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
