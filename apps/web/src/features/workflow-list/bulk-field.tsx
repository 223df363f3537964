'use client';

interface BulkFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
  readonly isMono?: boolean;
  readonly inputMode?: 'numeric' | 'decimal';
}

/** One line of the dialog, with what is wrong with it below. */
export function BulkField({ id, label, value, problem, onChange, isMono = false, inputMode }: BulkFieldProps) {
  return (
    <div className={`fld ${problem === undefined ? '' : 'err'}`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={isMono ? 'input mono' : 'input'}
        value={value}
        maxLength={1000}
        autoComplete="off"
        inputMode={inputMode}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem !== undefined}
      />
      {problem === undefined ? null : (
        <p className="msg" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
