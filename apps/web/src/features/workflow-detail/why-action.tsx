'use client';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { api, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { tell } from '../../ui/toasts.tsx';
import type { ActionName } from './action-dialogs.tsx';
import { MoveVersion } from './move-version.tsx';

export type Finding = ApiOutput['workflow']['why']['findings'][number];
export type WhyAction = Finding['actions'][number];

interface WhyActionProps {
  readonly view: RunView;
  readonly action: WhyAction;
  readonly isPrimary?: boolean;
  /** Opens one of the run's own dialogs. */
  readonly onAct: (name: ActionName) => void;
}

/** What can be done about a reason: each button does what it says, at once or after a dialog that its name announces. */
export function WhyActionButton(props: WhyActionProps) {
  const { view, action, isPrimary = false, onAct } = props;
  const { namespace } = view.run;
  const look = isPrimary ? 'btn primary' : 'btn';
  switch (action.kind) {
    case 'queue':
      return (
        <Link className={look} href={paths.queue(namespace, action.queue)}>
          See the queue
        </Link>
      );
    case 'workers':
      return (
        <Link className={look} href={paths.workers(namespace)}>
          See the workers
        </Link>
      );
    case 'event':
      return (
        <Link className={look} href={paths.event(view.run, action.eventId)}>
          See event {action.eventId}
        </Link>
      );
    case 'run':
      return (
        <Link className={look} href={paths.run({ namespace, workflowId: action.workflowId, runId: action.runId })}>
          See the child
        </Link>
      );
    case 'replay':
      return (
        <Link className={look} href={paths.run(view.run, 'replay')}>
          Replay it
        </Link>
      );
    case 'deployment':
      return (
        <Link className={look} href={paths.deployment(namespace, action.deployment)}>
          See the deployment
        </Link>
      );
    case 'move':
      return <MoveVersion view={view} action={action} look={look} />;
    case 'signal':
    case 'terminate':
      return <ActButton onClick={() => onAct(action.kind)}>{action.kind === 'signal' ? 'Signal…' : 'Terminate…'}</ActButton>;
    default:
      return <CommandButton view={view} action={action} look={look} />;
  }
}

type Command = Extract<WhyAction, { kind: 'retry' | 'unpause' | 'resume' }>;
const WORDS = {
  retry: { label: 'Retry now', done: 'The activity is tried again now. Its attempts count from one.' },
  unpause: { label: 'Unpause it', done: 'The activity goes on.' },
  resume: { label: 'Resume run', done: 'Run resumed.' },
} as const;

function CommandButton({ view, action, look }: { view: RunView; action: Command; look: string }) {
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<string>();
  const client = useQueryClient();
  const { label, done } = WORDS[action.kind];
  const send = async () => {
    setSending(true);
    setError(undefined);
    try {
      await carryOut(view, action);
      tell(done);
      // Its effect is asked for at once and not at the next turn.
      await client.invalidateQueries({ queryKey: ['run', view.run] });
    } catch (failed) {
      setError(toProblem(failed).message);
    } finally {
      setSending(false);
    }
  };
  return (
    <>
      {error === undefined ? null : (
        <span className="small lostd" role="alert">
          {error}
        </span>
      )}
      <button className={look} type="button" disabled={isSending} onClick={() => void send()}>
        {label}
      </button>
    </>
  );
}

function carryOut({ run }: RunView, action: Command): Promise<void> {
  if (action.kind === 'resume') return api.workflow.resume.mutate(run);
  return api.activity[action.kind].mutate({ ...run, activityId: action.activityId });
}
