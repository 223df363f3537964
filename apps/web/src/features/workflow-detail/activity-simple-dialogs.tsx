'use client';
import { useState } from 'react';
import { api } from '../../data/api-client.ts';
import type { PendingActivity } from '../../domain/run-event.ts';
import { parseDuration } from '../../lib/duration.ts';
import type { ActivityDialogProps, OnActivity } from './activity-dialog-shell.tsx';
import { ActivityDialogShell } from './activity-dialog-shell.tsx';
import { DialogCheck, DialogField } from './dialog-field.tsx';

export const target = ({ run, activity }: OnActivity) => ({ ...run, activityId: activity.activityId });
/** One that runs is reset only once it has failed. */
const beganAnew = (one: PendingActivity | undefined): boolean => one === undefined || one.state === 'Started' || one.attempt === 1;

export function RetryActivity(props: ActivityDialogProps) {
  return (
    <ActivityDialogShell
      {...props}
      title="Retry this activity now?"
      effect="The next attempt is handed to a worker at once. Attempts count from one again, so its retry policy starts anew."
      button="Retry now"
      done="The activity is tried again now."
      change={() => ({ call: () => api.activity.retry.mutate(target(props.on)), isReached: beganAnew })}
    />
  );
}

export function PauseActivity(props: ActivityDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <ActivityDialogShell
      {...props}
      title="Pause this activity?"
      effect="No further attempt is handed out until it is unpaused. An attempt that runs goes on; its worker hears of it with its next heartbeat. The workflow goes on too, and its own time limits hold."
      button="Pause activity"
      done="Activity paused."
      change={() => ({
        call: () => api.activity.pause.mutate({ ...target(props.on), reason }),
        isReached: (one) => one === undefined || one.isPaused,
      })}
    >
      <DialogField
        id="pause-activity-reason"
        label="Reason, shown while it is paused"
        value={reason}
        placeholder="optional"
        onChange={setReason}
      />
    </ActivityDialogShell>
  );
}

export function UnpauseActivity(props: ActivityDialogProps) {
  const [resetAttempts, setAttempts] = useState(false);
  const [resetHeartbeat, setHeartbeat] = useState(false);
  return (
    <ActivityDialogShell
      {...props}
      title="Unpause this activity?"
      effect="Its next attempt is handed to a worker at once, without the rest of its back-off."
      button="Unpause"
      done="The activity goes on."
      change={() => ({
        call: () => api.activity.unpause.mutate({ ...target(props.on), resetAttempts, resetHeartbeat }),
        isReached: (one) => one === undefined || !one.isPaused,
      })}
    >
      <div className="checks">
        <DialogCheck label="Count attempts from one again" isChecked={resetAttempts} onChange={setAttempts} />
        <DialogCheck label="Forget what its last heartbeat said" isChecked={resetHeartbeat} onChange={setHeartbeat} />
      </div>
    </ActivityDialogShell>
  );
}

export function ResetActivity(props: ActivityDialogProps) {
  const { activity } = props.on;
  const [keepPaused, setKeepPaused] = useState(activity.isPaused);
  const [resetHeartbeat, setHeartbeat] = useState(false);
  const [restoreOptions, setRestore] = useState(false);
  const [jitter, setJitter] = useState('');
  const [error, setError] = useState<string>();
  const change = () => {
    const jitterMs = jitter.trim() === '' ? 0 : parseDuration(jitter);
    setError(jitterMs === undefined ? 'Spread over: a time like 30s or 5m.' : undefined);
    if (jitterMs === undefined) return undefined;
    const call = () => api.activity.reset.mutate({ ...target(props.on), keepPaused, resetHeartbeat, restoreOptions, jitterMs });
    return { call, isReached: beganAnew };
  };
  return (
    <ActivityDialogShell
      {...props}
      title="Reset this activity?"
      effect={
        activity.state === 'Started'
          ? 'Its attempt goes on. When it fails, the next one is attempt 1 again.'
          : 'It begins again at attempt 1, without the rest of its back-off.'
      }
      button="Reset activity"
      done={
        activity.state === 'Started' ? 'Reset: a failure of this attempt is followed by attempt 1.' : 'The activity begins at attempt 1.'
      }
      change={change}
    >
      <div className="checks">
        {activity.isPaused ? <DialogCheck label="Keep it paused" isChecked={keepPaused} onChange={setKeepPaused} /> : null}
        <DialogCheck label="Forget what its last heartbeat said" isChecked={resetHeartbeat} onChange={setHeartbeat} />
        <DialogCheck label="Back to the options that the workflow asked for" isChecked={restoreOptions} onChange={setRestore} />
      </div>
      <DialogField
        id="reset-activity-jitter"
        label="Spread over"
        value={jitter}
        error={error}
        hint="It begins at some moment within this time; nothing for at once."
        placeholder="30s"
        onChange={setJitter}
      />
    </ActivityDialogShell>
  );
}
