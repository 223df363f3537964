'use client';
import { JsonEditor } from '../../ui/json-editor.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { BulkField } from './bulk-field.tsx';
import type { BulkKind } from './bulk-words.ts';

export interface Particulars {
  readonly signal: string;
  /** JSON text of a signal's arguments. */
  readonly input: string;
  /** Where a reset begins again. */
  readonly to: 'first' | 'last';
}

interface BulkParticularsProps {
  readonly id: string;
  readonly kind: BulkKind;
  readonly value: Particulars;
  readonly problemAt: (at: 'signal' | 'input') => string | undefined;
  readonly onChange: (value: Particulars) => void;
}

/** What only some of the actions need to know. */
export function BulkParticulars({ id, kind, value, problemAt, onChange }: BulkParticularsProps) {
  if (kind === 'reset')
    return (
      <div className="row">
        <span className="mid">Begin again from</span>
        <Segmented
          label="Begin again from"
          value={value.to}
          options={[
            { value: 'last', label: 'the last workflow task' },
            { value: 'first', label: 'the first workflow task' },
          ]}
          onChange={(to) => onChange({ ...value, to })}
        />
      </div>
    );
  if (kind !== 'signal') return null;
  const wrongInput = problemAt('input');
  return (
    <>
      <BulkField
        id={`${id}-signal`}
        label="Signal"
        value={value.signal}
        problem={problemAt('signal')}
        onChange={(signal) => onChange({ ...value, signal })}
        isMono
      />
      <div className={`fld ${wrongInput === undefined ? '' : 'err'}`}>
        <span className="fld-l">Arguments, JSON</span>
        <JsonEditor value={value.input} onChange={(input) => onChange({ ...value, input })} label="Arguments, JSON" rows={3} />
        {wrongInput === undefined ? null : (
          <p className="msg" role="alert">
            {wrongInput}
          </p>
        )}
      </div>
    </>
  );
}
