import { TextField } from '../../ui/text-field.tsx';
import type { NamespaceDraft, NamespaceErrors } from './namespace-draft.ts';

export interface NamespaceFieldsProps {
  /** What the ids of the fields begin with; the rest is the field's key. */
  readonly id: string;
  readonly draft: NamespaceDraft;
  readonly errors: NamespaceErrors;
  readonly isNew: boolean;
  readonly onChange: (change: Partial<NamespaceDraft>) => void;
}

export function NamespaceFields({ id, draft, errors, isNew, onChange }: NamespaceFieldsProps) {
  const text = (key: 'name' | 'description' | 'owner' | 'retention') => ({
    id: `${id}-${key}`,
    value: draft[key],
    error: errors[key],
    onChange: (value: string) => onChange({ [key]: value }),
  });
  return (
    <>
      {isNew ? <TextField {...text('name')} label="Name" note="cannot be changed later" /> : null}
      <TextField {...text('description')} label="Description" />
      <TextField {...text('owner')} label="Owner" note="an address, for people" />
      <TextField {...text('retention')} label="Retention" note="how long closed runs are kept" />
      <div className={`f ${errors.data ? 'err' : ''}`}>
        <label htmlFor={`${id}-data`}>Data</label>
        <textarea
          id={`${id}-data`}
          className="input mono"
          rows={3}
          value={draft.data}
          onChange={(event) => onChange({ data: event.target.value })}
          spellCheck={false}
          aria-invalid={errors.data !== undefined}
          aria-describedby={`${id}-data-m`}
        />
        <div className={errors.data ? 'fs' : 'fs dim'} id={`${id}-data-m`} role={errors.data ? 'alert' : undefined}>
          {errors.data ?? 'one key=value a line'}
        </div>
      </div>
    </>
  );
}
