'use client';
import { useQuery } from '@tanstack/react-query';
import { queue } from '../../data/queries.ts';
import { plural } from '../../lib/number.ts';
import { Glyph } from '../../ui/icon.tsx';
import { FilledJsonField } from '../../ui/payload/filled-json-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { TextFieldProps } from '../../ui/text-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Draft, Errors, TextKey } from './draft.ts';
import type { Filled } from './filled.ts';
import { OptionFields } from './option-fields.tsx';
import { useSuggestions } from '../../data/use-suggestions.ts';
import './start-workflow.css';

const WHEN_OPEN = [
  { value: 'refuse', label: 'Refuse' },
  { value: 'use', label: 'Use that run' },
  { value: 'terminate', label: 'Terminate it' },
] as const;
const WHEN_CLOSED = [
  { value: 'allow', label: 'Allow' },
  { value: 'failed', label: 'Only if it failed' },
  { value: 'refuse', label: 'Refuse' },
] as const;

export interface StartFormProps {
  /** What the ids of the fields begin with; the rest is the field's name. */
  readonly id: string;
  readonly namespace: string;
  readonly draft: Draft;
  readonly filled: Filled;
  readonly errors: Errors;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onSubmit: () => void;
}

export function StartForm(props: StartFormProps) {
  const { id, draft, filled, errors, onChange, onSubmit } = props;
  const text = (key: TextKey) => ({
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
      <WhatFields {...props} text={text} />
      <fieldset>
        <legend>
          Input <span className="axis">JSON, one argument; several arguments as several lines</span>
        </legend>
        <div style={{ maxWidth: 780 }}>
          <FilledJsonField
            id={`${id}-input`}
            filled={filled.fields.input}
            place={`${filled.from}, input`}
            label="Input, JSON"
            value={draft.input}
            error={errors.input}
            hint="Leave it empty for a workflow without parameters."
            rows={7}
            onChange={(input) => onChange({ input })}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>If the ID is taken</legend>
        <div className="f">
          <span className="lab">by an open run</span>
          <Segmented
            label="If an open run has the id"
            value={draft.whenOpen}
            options={draft.first === 'signal' ? WHEN_OPEN.slice(1) : WHEN_OPEN}
            onChange={(whenOpen) => onChange({ whenOpen })}
          />
        </div>
        <div className="f">
          <span className="lab">by a closed run</span>
          <Segmented
            label="If a closed run has the id"
            value={draft.whenClosed}
            options={WHEN_CLOSED}
            onChange={(whenClosed) => onChange({ whenClosed })}
          />
        </div>
        {(errors.whenOpen ?? errors.whenClosed) ? (
          <p className="msgw" role="alert">
            {errors.whenOpen ?? errors.whenClosed}
          </p>
        ) : null}
        <TextField {...text('requestId')} label="Request ID" note="made up when empty; a second start with it is the same start" />
      </fieldset>
      <OptionFields id={id} namespace={props.namespace} draft={draft} filled={filled} errors={errors} onChange={onChange} text={text} />
    </form>
  );
}

interface WhatFieldsProps extends Pick<StartFormProps, 'namespace' | 'draft' | 'onChange'> {
  readonly text: (key: TextKey) => Pick<TextFieldProps, 'id' | 'value' | 'error' | 'onChange'>;
}

function WhatFields({ namespace, draft, onChange, text }: WhatFieldsProps) {
  const { types, queues } = useSuggestions(namespace);
  const name = draft.queue.trim();
  const { data } = useQuery(queue(namespace, name, queues.includes(name)));
  return (
    <fieldset>
      <legend>What</legend>
      <TextField
        {...text('type')}
        label="Workflow type"
        list={types}
        note={types.length > 0 ? `seen here: ${types.slice(0, 3).join(', ')}` : undefined}
      />
      <TextField
        {...text('workflowId')}
        label="Workflow ID"
        hint="Choose a business key: it is what makes a second start harmless."
        note={
          <button
            className="linkb"
            type="button"
            onClick={() => onChange({ workflowId: `${draft.type || 'run'}-${crypto.randomUUID().slice(0, 8)}` })}
          >
            Make one up
          </button>
        }
      />
      <TextField
        {...text('queue')}
        label="Task queue"
        list={queues}
        note={<QueueNote pollers={data?.workflow.pollers.length} backlog={data?.workflow.stats?.backlog} />}
      />
    </fieldset>
  );
}

function QueueNote({ pollers, backlog }: { pollers: number | undefined; backlog: number | undefined }) {
  if (pollers === undefined) return null;
  if (pollers === 0)
    return (
      <span className="note2 st-retrying">
        <Glyph name="taskfail" /> Nobody polls it now: the run will wait.
      </span>
    );
  return (
    <span className="ok">
      <Glyph name="completed" /> {plural(pollers, 'poller')}
      {backlog ? `, ${backlog} waiting` : ''}
    </span>
  );
}
