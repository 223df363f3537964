'use client';
import type { ReactNode } from 'react';
import type { ActivityChange } from '../../data/activity-commands.ts';
import { useActivityCommand } from '../../data/activity-commands.ts';
import type { RunId } from '../../data/queries.ts';
import type { PendingActivity } from '../../domain/run-event.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';

export type ActivityCommandName = 'retry' | 'pause' | 'unpause' | 'reset' | 'options' | 'complete' | 'fail';

export interface OnActivity {
  readonly run: RunId;
  readonly type: string;
  readonly activity: PendingActivity;
}

export interface ActivityDialogProps {
  readonly on: OnActivity;
  readonly onClose: () => void;
}

interface ShellProps extends ActivityDialogProps {
  readonly title: string;
  readonly effect: string;
  readonly button: string;
  readonly isDanger?: boolean;
  readonly isWide?: boolean;
  readonly done: string;
  /** Checks the fields; undefined when one of them is wrong. */
  readonly change: () => ActivityChange | undefined;
  readonly children?: ReactNode;
}

/** Names the run and what will happen, and stays until the run shows it or the server refuses. */
export function ActivityDialogShell({
  on,
  onClose,
  title,
  effect,
  button,
  isDanger = false,
  isWide = false,
  done,
  change,
  children,
}: ShellProps) {
  const { run, type, activity } = on;
  const { isSending, error, send } = useActivityCommand(run, activity.activityId);
  const submit = async () => {
    const asked = change();
    if (asked === undefined) return;
    const outcome = await send(asked);
    if (outcome === 'refused') return;
    tell(outcome === 'seen' ? done : 'The server took it. The run does not show it yet.');
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      isWide={isWide}
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Leave it
          </button>
          <button className={isDanger ? 'btn danger' : 'btn primary'} type="button" disabled={isSending} onClick={() => void submit()}>
            {button}
          </button>
        </>
      }
    >
      <dl className="kv">
        <dt>Activity</dt>
        <dd>
          {type} <span className="mono dim">{activity.activityId}</span>
        </dd>
        <dt>Workflow</dt>
        <dd className="mono">{run.workflowId}</dd>
        <dt>Namespace</dt>
        <dd>{run.namespace}</dd>
      </dl>
      <p className="mid">{effect}</p>
      {children}
      {error ? (
        <p className="fail st-failed" role="alert">
          <b>The server refused</b>
          <span className="mid">{error}</span>
        </p>
      ) : null}
    </Dialog>
  );
}
