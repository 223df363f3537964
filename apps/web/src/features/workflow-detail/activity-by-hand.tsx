'use client';
import { useState } from 'react';
import { api } from '../../data/api-client.ts';
import { parseArguments } from '../../domain/arguments.ts';
import { JsonField } from '../../ui/json-field.tsx';
import type { ActivityDialogProps } from './activity-dialog-shell.tsx';
import { ActivityDialogShell } from './activity-dialog-shell.tsx';
import { target } from './activity-simple-dialogs.tsx';
import { DialogCheck, DialogField } from './dialog-field.tsx';

export function CompleteActivity(props: ActivityDialogProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const change = () => {
    const read = parseArguments(text);
    const fault = read.ok ? (read.values.length > 1 ? 'Result: one JSON value; this is several.' : undefined) : `Result: ${read.message}`;
    setError(fault);
    if (!read.ok || fault !== undefined) return undefined;
    return {
      call: () => api.activity.complete.mutate({ ...target(props.on), result: read.values }),
      isReached: (one: unknown) => one === undefined,
    };
  };
  return (
    <ActivityDialogShell
      {...props}
      title="Complete this activity by hand?"
      effect="The workflow goes on with this result as if a worker had given it. What a worker still does for it is thrown away."
      button="Complete activity"
      done="Activity completed by hand."
      change={change}
    >
      <JsonField
        id="complete-activity-result"
        label="Result, JSON"
        isLabelShown
        value={text}
        error={error}
        hint="One JSON value; nothing for an activity that returns nothing."
        rows={4}
        onChange={setText}
      />
    </ActivityDialogShell>
  );
}

export function FailActivity(props: ActivityDialogProps) {
  const { activity } = props.on;
  const [type, setType] = useState('');
  const [message, setMessage] = useState('');
  const [nonRetryable, setNonRetryable] = useState(false);
  const [errors, setErrors] = useState<{ readonly type?: string; readonly message?: string }>({});
  const change = () => {
    const found = {
      ...(type.trim() === '' ? { type: 'Which type of error?' } : {}),
      ...(message.trim() === '' ? { message: 'What went wrong?' } : {}),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) return undefined;
    return {
      call: () => api.activity.fail.mutate({ ...target(props.on), type, message, nonRetryable }),
      isReached: (one: typeof activity | undefined) => one === undefined || one.attempt !== activity.attempt || one.state !== 'Started',
    };
  };
  return (
    <ActivityDialogShell
      {...props}
      title="Fail this attempt by hand?"
      effect="The attempt that runs ends with this error; what its worker still says of it is thrown away. Its retry policy decides whether another one follows."
      button="Fail attempt"
      isDanger
      done="Attempt failed by hand."
      change={change}
    >
      <DialogField
        id="fail-activity-type"
        label="Error type"
        value={type}
        error={errors.type}
        hint="What retry policies and catch blocks compare, like CardDeclined."
        onChange={setType}
      />
      <DialogField id="fail-activity-message" label="Message" value={message} error={errors.message} onChange={setMessage} />
      <DialogCheck label="Not retryable: no further attempt" isChecked={nonRetryable} onChange={setNonRetryable} />
    </ActivityDialogShell>
  );
}
