'use client';
import { useState } from 'react';
import { api } from '../../data/api-client.ts';
import type { OptionField, OptionsDraft } from '../../domain/activity-options.ts';
import { draftOf, OPTION_LABELS, readOptions } from '../../domain/activity-options.ts';
import type { PendingActivity } from '../../domain/run-event.ts';
import type { ActivityDialogProps } from './activity-dialog-shell.tsx';
import { ActivityDialogShell } from './activity-dialog-shell.tsx';
import { target } from './activity-simple-dialogs.tsx';
import { DialogCheck, DialogField } from './dialog-field.tsx';

const TIMES: readonly OptionField[] = ['startToCloseMs', 'scheduleToCloseMs', 'scheduleToStartMs', 'heartbeatMs'];
const RETRY: readonly OptionField[] = ['initialIntervalMs', 'backoffCoefficient', 'maximumIntervalMs', 'maximumAttempts'];

/** Shows what holds, and sends only what was changed. */
export function ActivityOptionsDialog(props: ActivityDialogProps) {
  const { activity } = props.on;
  // What others change meanwhile must not look like this reader's change.
  const [before] = useState<OptionsDraft>(() => draftOf(activity.options));
  const [draft, setDraft] = useState(before);
  const [restore, setRestore] = useState(false);
  const [errors, setErrors] = useState<Readonly<Partial<Record<OptionField, string>>>>({});
  const [nothing, setNothing] = useState(false);
  const change = () => {
    if (restore)
      return { call: () => api.activity.setOptions.mutate({ ...target(props.on), options: {}, restore: true }), isReached: () => true };
    const read = readOptions(before, draft);
    const hasErrors = Object.keys(read.errors).length > 0;
    const isNothing = !hasErrors && Object.keys(read.changed).length === 0;
    setErrors(read.errors);
    setNothing(isNothing);
    if (hasErrors || isNothing) return undefined;
    return {
      call: () => api.activity.setOptions.mutate({ ...target(props.on), options: read.changed }),
      isReached: (one: PendingActivity | undefined) =>
        !one?.options || Object.keys(readOptions(draftOf(one.options), draft).changed).length === 0,
    };
  };
  const field = (name: OptionField) => (
    <DialogField
      key={name}
      id={`option-${name}`}
      label={OPTION_LABELS[name]}
      value={draft[name]}
      error={errors[name]}
      placeholder={name === 'maximumAttempts' ? 'no maximum' : 'none'}
      onChange={(value) => setDraft((old) => ({ ...old, [name]: value }))}
    />
  );
  return (
    <ActivityDialogShell
      {...props}
      isWide
      title="Change the options of this activity"
      effect={
        activity.options
          ? 'They hold from now on for this activity alone, its back-off included. The workflow’s code is not changed.'
          : 'This server does not say which options hold. What is filled in is changed, the rest stays.'
      }
      button="Change options"
      done="Options changed."
      change={change}
    >
      <fieldset className="optset" disabled={restore}>
        {field('queue')}
        <h3>Time limits</h3>
        <div className="optgrid">{TIMES.map(field)}</div>
        <h3>Retries</h3>
        <div className="optgrid">{RETRY.map(field)}</div>
      </fieldset>
      <DialogCheck label="Back to what the workflow asked for" isChecked={restore} onChange={setRestore} />
      {nothing ? (
        <p className="msgl small" role="alert">
          Nothing is changed yet.
        </p>
      ) : null}
    </ActivityDialogShell>
  );
}
