import type { OverlapName } from '../../domain/schedule-overlap.ts';
import { OVERLAP_NAMES, overlapEffect, overlapLabel } from '../../domain/schedule-overlap.ts';

export interface OverlapFieldProps {
  readonly id: string;
  readonly label: string;
  /** Null is the schedule's own policy, which `own` names. */
  readonly value: OverlapName | null;
  readonly own: OverlapName;
  readonly onChange: (value: OverlapName | null) => void;
}

const isName = (value: string): value is OverlapName => OVERLAP_NAMES.some((name) => name === value);

/** What happens when the run before is still going, for one request. */
export function OverlapField({ id, label, value, own, onChange }: OverlapFieldProps) {
  return (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value ?? ''}
        onChange={(event) => onChange(isName(event.target.value) ? event.target.value : null)}
      >
        <option value="">As the schedule has it: {overlapLabel(own).toLowerCase()}</option>
        {OVERLAP_NAMES.map((name) => (
          <option key={name} value={name}>
            {overlapLabel(name)}
          </option>
        ))}
      </select>
      <p className="hint">{overlapEffect(value ?? own)}</p>
    </div>
  );
}
