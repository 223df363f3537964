'use client';
import { useSuggestions } from '../../data/use-suggestions.ts';
import { OVERLAP_NAMES, overlapEffect, overlapLabel } from '../../domain/schedule-overlap.ts';
import { FilledJsonField } from '../../ui/payload/filled-json-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { ScheduleDraft, ScheduleErrors } from './schedule-draft.ts';
import { TimesFields } from './times-fields.tsx';

export interface ScheduleFormProps {
  /** What the ids of the fields begin with; the rest is the field's key. */
  readonly id: string;
  readonly namespace: string;
  readonly draft: ScheduleDraft;
  readonly errors: ScheduleErrors;
  readonly isNew: boolean;
  /** The input that is stored. */
  readonly filled: string | undefined;
  readonly onChange: (change: Partial<ScheduleDraft>) => void;
  readonly onSubmit: () => void;
}

type TextKey = { [Key in keyof ScheduleDraft]: ScheduleDraft[Key] extends string ? Key : never }[keyof ScheduleDraft];

export function ScheduleForm(props: ScheduleFormProps) {
  const { id, draft, errors, isNew, onChange, onSubmit } = props;
  const text = (key: Exclude<TextKey, 'overlap'>) => ({
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
      <fieldset>
        <legend>Schedule</legend>
        <TextField {...text('id')} label="Schedule ID" isReadOnly={!isNew} note={isNew ? 'cannot be changed later' : 'cannot be changed'} />
      </fieldset>
      <fieldset>
        <legend>
          Times <span className="axis">it acts at all of them together</span>
        </legend>
        <TimesFields id={id} times={draft.times} errors={errors} onChange={(times) => onChange({ times })} />
        <TextField {...text('timezone')} label="Time zone" list={zoneNames()} note="of calendars and cron strings; UTC when empty" />
        <TextField {...text('jitter')} label="Jitter" note="moves each time by up to this; none when empty" />
        <TextField {...text('startAt')} label="Not before, UTC" type="datetime-local" note="optional" />
        <TextField {...text('endAt')} label="Not after, UTC" type="datetime-local" note="optional" />
      </fieldset>
      <ActionFields {...props} text={text} />
      <PolicyFields {...props} text={text} />
    </form>
  );
}

interface PartProps extends ScheduleFormProps {
  readonly text: (key: Exclude<TextKey, 'overlap'>) => {
    id: string;
    value: string;
    error: string | undefined;
    onChange: (value: string) => void;
  };
}

function ActionFields({ id, namespace, draft, errors, filled, onChange, text }: PartProps) {
  const { types, queues } = useSuggestions(namespace);
  return (
    <fieldset>
      <legend>Starts</legend>
      <TextField {...text('type')} label="Workflow type" list={types} />
      <TextField {...text('workflowId')} label="Workflow ID" hint="The time of each action is added to it." />
      <TextField {...text('queue')} label="Task queue" list={queues} />
      <div className="f">
        <span className="lab">Input</span>
        {draft.keepsInput ? (
          <div>
            <p className="mid">The stored input cannot be shown here. It is kept as it is.</p>
            <button className="linkb" type="button" onClick={() => onChange({ keepsInput: false })}>
              Write another
            </button>
          </div>
        ) : (
          <FilledJsonField
            id={`${id}-input`}
            filled={filled}
            place={`schedule ${draft.id}, input`}
            label="Input, JSON"
            value={draft.input}
            error={errors['input']}
            hint="JSON, one argument; several arguments as several lines."
            rows={5}
            onChange={(input) => onChange({ input })}
          />
        )}
      </div>
      <TextField {...text('executionTimeout')} label="Execution timeout" note="with all its retries; none when empty" />
      <TextField {...text('runTimeout')} label="Run timeout" note="of each run; none when empty" />
      <TextField {...text('taskTimeout')} label="Task timeout" note="the server’s own when empty" />
    </fieldset>
  );
}

function PolicyFields({ id, draft, onChange, text }: PartProps) {
  return (
    <fieldset>
      <legend>Policies</legend>
      <div className="f">
        <label htmlFor={`${id}-overlap`}>Overlap</label>
        <select
          id={`${id}-overlap`}
          className="input"
          value={draft.overlap}
          onChange={(event) => onChange({ overlap: OVERLAP_NAMES.find((name) => name === event.target.value) ?? 'Skip' })}
          aria-describedby={`${id}-overlap-m`}
        >
          {OVERLAP_NAMES.map((name) => (
            <option key={name} value={name}>
              {overlapLabel(name)}
            </option>
          ))}
        </select>
        <div className="fs dim" id={`${id}-overlap-m`}>
          {overlapEffect(draft.overlap)}
        </div>
      </div>
      <TextField
        {...text('catchup')}
        label="Catch-up window"
        note="times missed while the server was away, up to this old, are made up for"
      />
      <Check
        id={`${id}-pauseOnFailure`}
        label="On failure"
        text="Pause the schedule when a run fails or times out"
        isChecked={draft.pauseOnFailure}
        onChange={(pauseOnFailure) => onChange({ pauseOnFailure })}
      />
      <TextField {...text('remaining')} label="Actions left" note="then it stops; any number when empty" />
      <Check
        id={`${id}-isPaused`}
        label="Paused"
        text="It does nothing until it is unpaused"
        isChecked={draft.isPaused}
        onChange={(isPaused) => onChange({ isPaused })}
      />
      <TextField {...text('notes')} label="Notes" note="for people" />
    </fieldset>
  );
}

interface CheckProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

function Check({ id, label, text, isChecked, onChange }: CheckProps) {
  return (
    <div className="f">
      <span className="lab">{label}</span>
      <label className="chk" htmlFor={id}>
        <input id={id} className="box" type="checkbox" checked={isChecked} onChange={(event) => onChange(event.target.checked)} />
        {text}
      </label>
    </div>
  );
}

let names: readonly string[] | undefined;
const zoneNames = (): readonly string[] => (names ??= ['UTC', ...Intl.supportedValuesOf('timeZone')]);
