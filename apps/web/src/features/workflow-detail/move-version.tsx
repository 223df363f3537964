'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import type { RunView } from '../../data/run-view.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';
import type { WhyAction } from './why-action.tsx';

type Move = Extract<WhyAction, { kind: 'move' }>;

interface MoveVersionProps {
  readonly view: RunView;
  readonly action: Move;
  readonly look: string;
}

/** Takes a run out of the version it is pinned to, after a word on what that means. */
export function MoveVersion({ view, action, look }: MoveVersionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActButton className={look} onClick={() => setOpen(true)}>
        {action.build === '' ? 'Move it…' : `Move to ${action.build}…`}
      </ActButton>
      <MoveDialog view={view} action={action} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

interface MoveDialogProps extends Omit<MoveVersionProps, 'look'> {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function MoveDialog({ view, action, isOpen, onClose }: MoveDialogProps) {
  const { deployment, from, build } = action;
  const [error, setError] = useState<string>();
  const [isSending, setSending] = useState(false);
  const client = useQueryClient();
  const send = async (buildId?: string) => {
    setSending(true);
    setError(undefined);
    try {
      const to = buildId === undefined ? {} : { to: { deploymentName: deployment, buildId } };
      await api.workflow.moveVersion.mutate({ ...view.run, ...to });
      tell(buildId === undefined ? 'The run follows the current version from now on.' : `The run is pinned to ${buildId} now.`);
      await client.invalidateQueries({ queryKey: ['run', view.run] });
      onClose();
    } catch (failed) {
      setError(toProblem(failed).message);
    } finally {
      setSending(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Move this run to another version?"
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Keep it on {from}
          </button>
          <button className={build === '' ? 'btn primary' : 'btn'} type="button" disabled={isSending} onClick={() => void send()}>
            Follow the current version
          </button>
          {build === '' ? null : (
            <button className="btn primary" type="button" disabled={isSending} onClick={() => void send(build)}>
              Pin to {build}
            </button>
          )}
        </>
      }
    >
      <dl className="kv">
        <dt>Deployment</dt>
        <dd className="mono">{deployment}</dd>
        <dt>Pinned to</dt>
        <dd className="mono">{from}</dd>
        <dt>Current</dt>
        <dd className="mono">{build || 'none'}</dd>
      </dl>
      <p>
        Its history is replayed by the other version’s code. Where that code took another way, its workflow task fails until the run is
        moved again. Pinned, it stays with that version; otherwise it goes along whenever another one becomes current.
      </p>
      {error === undefined ? null : (
        <p className="small lostd" role="alert">
          {error}
        </p>
      )}
    </Dialog>
  );
}
