'use client';
import { JsonEditor } from './json-editor.tsx';

export interface JsonFieldProps {
  readonly id: string;
  /** Told to assistive technology; shown too where nothing beside the field says it. */
  readonly label: string;
  readonly isLabelShown?: boolean;
  readonly value: string;
  readonly error: string | undefined;
  /** Shown while nothing is wrong. */
  readonly hint: string;
  readonly rows: number;
  readonly onChange: (value: string) => void;
}

/** An editor of JSON, and below it either what is wrong or what is worth knowing. The message's id is `<id>-m`. */
export function JsonField({ id, label, isLabelShown = false, value, error, hint, rows, onChange }: JsonFieldProps) {
  return (
    <div className={`fld ${error ? 'err' : ''}`}>
      {isLabelShown ? <span className="fld-l">{label}</span> : null}
      <JsonEditor value={value} onChange={onChange} label={label} rows={rows} describedBy={`${id}-m`} />
      <p id={`${id}-m`} className={error ? 'msg' : 'hint'} role={error ? 'alert' : undefined}>
        {error ?? hint}
      </p>
    </div>
  );
}
