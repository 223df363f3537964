interface DialogFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

/** A line of text in a dialog: label above, and below either what is wrong or what is worth knowing. */
export function DialogField({ id, label, value, error, hint, placeholder, onChange }: DialogFieldProps) {
  const note = error ?? hint;
  return (
    <div className={`fld ${error ? 'err' : ''}`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input mono"
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-m`}
      />
      {note === undefined ? null : (
        <p id={`${id}-m`} className={error ? 'msg' : 'hint'} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

export function DialogCheck({ label, isChecked, onChange }: { label: string; isChecked: boolean; onChange: (isChecked: boolean) => void }) {
  return (
    <label className="chk">
      <input className="box" type="checkbox" checked={isChecked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
