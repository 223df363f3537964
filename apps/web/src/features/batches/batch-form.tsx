'use client';
import { JsonField } from '../../ui/json-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { BatchDraft, BatchErrors } from './batch-draft.ts';
import { BATCH_KINDS, KINDS } from './batch-draft.ts';

export interface BatchFormProps {
  /** What the ids of the fields begin with; the rest is the field's key. */
  readonly id: string;
  readonly draft: BatchDraft;
  readonly errors: BatchErrors;
  readonly onChange: (change: Partial<BatchDraft>) => void;
  readonly onSubmit: () => void;
}

const KIND_OPTIONS = BATCH_KINDS.map((value) => ({ value, label: KINDS[value].label }));
const POINTS = [
  { value: 'last', label: 'Last workflow task' },
  { value: 'first', label: 'First workflow task' },
] as const;

export function BatchForm({ id, draft, errors, onChange, onSubmit }: BatchFormProps) {
  const text = (key: 'query' | 'signal' | 'reason' | 'perSecond') => ({
    id: `${id}-${key}`,
    value: draft[key],
    error: errors[key],
    onChange: (value: string) => onChange({ [key]: value }),
  });
  return (
    <form
      className="form scroll"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <fieldset className="wideq">
        <legend>Which runs</legend>
        <TextField {...text('query')} label="Query" hint="WorkflowType = 'OrderFlow' AND ExecutionStatus = 'Running'" />
      </fieldset>
      <fieldset>
        <legend>What is done to each</legend>
        <div className="f">
          <span className="lab">Operation</span>
          <Segmented label="Operation" value={draft.kind} options={KIND_OPTIONS} onChange={(kind) => onChange({ kind })} />
        </div>
        {draft.kind === 'signal' ? (
          <>
            <TextField {...text('signal')} label="Signal" />
            <div className="f">
              <span className="lab">Input</span>
              <JsonField
                id={`${id}-input`}
                label="Input, JSON"
                value={draft.input}
                error={errors.input}
                hint="JSON; empty for a signal without arguments."
                rows={4}
                onChange={(input) => onChange({ input })}
              />
            </div>
          </>
        ) : null}
        {draft.kind === 'reset' ? (
          <>
            <div className="f">
              <span className="lab">Back to the</span>
              <Segmented label="Back to the" value={draft.to} options={POINTS} onChange={(to) => onChange({ to })} />
            </div>
            <div className="f">
              <span className="lab">Messages</span>
              <label className="chk">
                <input
                  className="box"
                  type="checkbox"
                  checked={draft.keepsMessages}
                  onChange={(event) => onChange({ keepsMessages: event.target.checked })}
                />
                Signals and updates that came later are given to the new run
              </label>
            </div>
          </>
        ) : null}
      </fieldset>
      <fieldset>
        <legend>How</legend>
        <TextField {...text('reason')} label="Reason" note="kept with the job" />
        <TextField {...text('perSecond')} label="Pace" note="runs per second; the server’s own when empty" />
      </fieldset>
    </form>
  );
}
