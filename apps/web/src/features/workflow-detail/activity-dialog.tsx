'use client';
import type { ReactNode } from 'react';
import type { ActivityCommandName, ActivityDialogProps } from './activity-dialog-shell.tsx';
import { CompleteActivity, FailActivity } from './activity-by-hand.tsx';
import { ActivityOptionsDialog } from './activity-options-dialog.tsx';
import { PauseActivity, ResetActivity, RetryActivity, UnpauseActivity } from './activity-simple-dialogs.tsx';
import './activity-dialogs.css';

const DIALOGS: Readonly<Record<ActivityCommandName, (props: ActivityDialogProps) => ReactNode>> = {
  retry: RetryActivity,
  pause: PauseActivity,
  unpause: UnpauseActivity,
  reset: ResetActivity,
  options: ActivityOptionsDialog,
  complete: CompleteActivity,
  fail: FailActivity,
};

export function ActivityDialog({ command, ...props }: ActivityDialogProps & { command: ActivityCommandName }) {
  const Body = DIALOGS[command];
  return <Body {...props} />;
}
