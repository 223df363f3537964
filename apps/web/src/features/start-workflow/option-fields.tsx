'use client';
import { useQuery } from '@tanstack/react-query';
import { attributes } from '../../data/queries.ts';
import { FilledJsonField } from '../../ui/payload/filled-json-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { TextFieldProps } from '../../ui/text-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Draft, Errors, Fold, TextKey } from './draft.ts';
import { isFaultIn, setIn } from './draft.ts';
import type { Filled } from './filled.ts';
import { FoldSection } from './fold-section.tsx';

export interface OptionFieldsProps {
  readonly id: string;
  readonly namespace: string;
  readonly draft: Draft;
  readonly filled: Filled;
  readonly errors: Errors;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly text: (key: TextKey) => Pick<TextFieldProps, 'id' | 'value' | 'error' | 'onChange'>;
}

const FIRST = [
  { value: 'none', label: 'None' },
  { value: 'signal', label: 'Signal' },
  { value: 'update', label: 'Update' },
] as const;
const WAIT = [
  { value: 'completed', label: 'Completed' },
  { value: 'accepted', label: 'Accepted' },
] as const;

/** All that a start may say beside what it must. */
export function OptionFields(props: OptionFieldsProps) {
  const { draft, errors } = props;
  const fold = (name: Fold) => ({ set: setIn(draft, name), hasFault: isFaultIn(errors, name) });
  return (
    <>
      <FoldSection title="First message" note="a signal or an update in one step with the start" {...fold('first')}>
        <FirstFields {...props} />
      </FoldSection>
      <FoldSection title="When" note="a delay, or a cron schedule" {...fold('when')}>
        <TextField {...props.text('startDelay')} label="Start delay" note="30s, 10m, 2h; waits before the first task" />
        <TextField {...props.text('cron')} label="Cron schedule" note="as 0 9 * * 1-5, in UTC; each run starts the next" />
      </FoldSection>
      <FoldSection title="Timeouts and retry" note="none when empty" {...fold('times')}>
        <TimeFields {...props} />
      </FoldSection>
      <FoldSection title="Memo, attributes, headers" note="JSON objects" {...fold('data')}>
        <DataFields {...props} />
      </FoldSection>
      <FoldSection title="Priority" note="among the tasks of its queue" {...fold('priority')}>
        <TextField {...props.text('priority')} label="Priority" note="1 is the most urgent, 5 the least; 3 when empty" />
        <TextField {...props.text('fairnessKey')} label="Fairness key" note="tasks of one key share their part of the queue" />
        <TextField {...props.text('fairnessWeight')} label="Fairness weight" note="how large that part is; 1 when empty" />
      </FoldSection>
      <FoldSection title="Summary and details" note="for people who look at the run" {...fold('words')}>
        <TextField {...props.text('summary')} label="Summary" note="one line" />
        <DetailsField {...props} />
      </FoldSection>
    </>
  );
}

function TimeFields({ text }: OptionFieldsProps) {
  return (
    <>
      <TextField {...text('executionTimeout')} label="Execution timeout" note="30s, 10m, 2h; of all its runs together" />
      <TextField {...text('runTimeout')} label="Run timeout" note="of one run" />
      <TextField {...text('taskTimeout')} label="Task timeout" note="of one workflow task; the server’s own when empty" />
      <TextField {...text('retryAttempts')} label="Attempts" note="runs in all, when a run fails; 0 is no maximum" />
      <TextField {...text('retryInitial')} label="First interval" note="before the second attempt" />
      <TextField {...text('retryBackoff')} label="Coefficient" note="what each interval is multiplied by" />
      <TextField {...text('retryMaximum')} label="Longest interval" />
      <TextField {...text('retryNever')} label="Not retried" note="types of errors, parted by commas" />
    </>
  );
}

function DataFields({ id, namespace, draft, filled, errors, onChange }: OptionFieldsProps) {
  const { data } = useQuery(attributes(namespace));
  const known = (data ?? []).filter(({ isCustom }) => isCustom).map(({ name }) => name);
  const field = (key: 'memo' | 'attributes' | 'headers', label: string, hint: string) => (
    <div className="jsonf">
      <FilledJsonField
        id={`${id}-${key}`}
        filled={filled.fields[key]}
        place={`${filled.from}, ${label.toLowerCase()}`}
        label={label}
        isLabelShown
        value={draft[key]}
        error={errors[key]}
        hint={hint}
        rows={2}
        onChange={(value) => onChange({ [key]: value })}
      />
    </div>
  );
  return (
    <>
      {field('memo', 'Memo', 'Shown with the run, not searched: {"name": value}.')}
      {field(
        'attributes',
        'Search attributes',
        known.length > 0
          ? `Known here: ${known.slice(0, 6).join(', ')}${known.length > 6 ? ', …' : ''}.`
          : 'This namespace has no attributes of its own yet.',
      )}
      {field('headers', 'Headers', 'For interceptors of the worker. Each value is sent as JSON.')}
    </>
  );
}

function FirstFields({ id, draft, filled, errors, onChange, text }: OptionFieldsProps) {
  const choose = (first: Draft['first']) =>
    // A signal finds the open run; refusing it would leave nothing to send it to.
    onChange({ first, ...(first === 'signal' && draft.whenOpen === 'refuse' ? { whenOpen: 'use' as const } : {}) });
  return (
    <>
      <div className="f">
        <span className="lab">Together with</span>
        <Segmented label="First message" value={draft.first} options={FIRST} onChange={choose} />
      </div>
      {draft.first === 'none' ? null : (
        <>
          <TextField {...text('firstName')} label={draft.first === 'signal' ? 'Signal name' : 'Update name'} />
          <div className="jsonf">
            <FilledJsonField
              id={`${id}-firstInput`}
              filled={filled.fields.firstInput}
              place={`${filled.from}, first message`}
              label="Its arguments, JSON"
              isLabelShown
              value={draft.firstInput}
              error={errors.firstInput}
              hint="One value is one argument; several as several lines."
              rows={2}
              onChange={(firstInput) => onChange({ firstInput })}
            />
          </div>
        </>
      )}
      {draft.first === 'update' ? (
        <>
          <TextField {...text('updateId')} label="Update ID" note="made up when empty" />
          <div className="f">
            <span className="lab">Wait until it is</span>
            <Segmented
              label="Wait until the update is"
              value={draft.waitFor}
              options={WAIT}
              onChange={(waitFor) => onChange({ waitFor })}
            />
          </div>
        </>
      ) : null}
    </>
  );
}

function DetailsField({ id, draft, errors, onChange }: OptionFieldsProps) {
  return (
    <div className={`f ${errors.details ? 'err' : ''}`}>
      <label htmlFor={`${id}-details`}>Details</label>
      <textarea
        id={`${id}-details`}
        className="input"
        rows={4}
        value={draft.details}
        onChange={(event) => onChange({ details: event.target.value })}
        aria-invalid={errors.details !== undefined}
        aria-describedby={`${id}-details-m`}
      />
      <div className={errors.details ? 'fs' : 'fs dim'} id={`${id}-details-m`} role={errors.details ? 'alert' : undefined}>
        {errors.details ?? 'several lines, Markdown'}
      </div>
    </div>
  );
}
