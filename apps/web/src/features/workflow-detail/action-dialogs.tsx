'use client';
import { useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import type { RunView } from '../../data/run-view.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';
import { MessageForm } from './message-form.tsx';

export type ActionName = 'signal' | 'cancel' | 'terminate' | undefined;

export function ActionDialogs({ view, action, onClose }: { view: RunView; action: ActionName; onClose: () => void }) {
  return (
    <>
      <Dialog isOpen={action === 'signal'} onClose={onClose} title={`Signal ${view.run.workflowId}`}>
        {action === 'signal' ? (
          <MessageForm
            view={view}
            kind="signal"
            onDone={(name) => {
              onClose();
              tell(
                <>
                  Signal <b>{name}</b> sent.
                </>,
              );
            }}
          />
        ) : null}
      </Dialog>
      <EndDialog view={view} isOpen={action === 'cancel'} onClose={onClose} kind="cancel" />
      <EndDialog view={view} isOpen={action === 'terminate'} onClose={onClose} kind="terminate" />
    </>
  );
}

const TEXTS = {
  cancel: {
    title: 'Cancel this run?',
    effect: 'The workflow is asked to stop. Its code decides how: it may clean up first, and it may refuse.',
    button: 'Request cancellation',
    done: 'Cancellation requested.',
  },
  terminate: {
    title: 'Terminate this run?',
    effect: 'The run ends at once. Its code does not run again, so nothing is cleaned up. Running activities are abandoned.',
    button: 'Terminate run',
    done: 'Run terminated.',
  },
} as const;

function EndDialog({ view, isOpen, onClose, kind }: { view: RunView; isOpen: boolean; onClose: () => void; kind: 'cancel' | 'terminate' }) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const [isSending, setSending] = useState(false);
  const texts = TEXTS[kind];
  const send = async () => {
    setSending(true);
    setError(undefined);
    try {
      await api.workflow[kind].mutate({ ...view.run, reason });
      tell(texts.done);
      setReason('');
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
      title={texts.title}
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Keep it running
          </button>
          <button
            className={kind === 'terminate' ? 'btn danger' : 'btn primary'}
            type="button"
            disabled={isSending}
            onClick={() => void send()}
          >
            {texts.button}
          </button>
        </>
      }
    >
      <dl className="kv">
        <dt>Workflow</dt>
        <dd className="mono">{view.run.workflowId}</dd>
        <dt>Type</dt>
        <dd>{view.description?.type}</dd>
        <dt>Namespace</dt>
        <dd>{view.run.namespace}</dd>
      </dl>
      <p className="mid">{texts.effect}</p>
      <div className={`fld ${error ? 'err' : ''}`}>
        <label htmlFor={`${kind}-reason`}>Reason, kept in the history</label>
        <input
          id={`${kind}-reason`}
          className="input"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder="optional"
        />
        {error ? (
          <p className="msg" role="alert">
            {error}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
