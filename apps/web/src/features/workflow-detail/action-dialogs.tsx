'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { useEnvironment } from '../../data/environment.ts';
import type { RunView } from '../../data/run-view.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';
import { DialogField } from './dialog-field.tsx';
import { MessageForm } from './message-form.tsx';
import { lastEventOf, useTellEvent } from './use-tell-event.tsx';

export type ActionName = 'signal' | 'cancel' | 'terminate' | 'pause' | 'resume' | undefined;

export function ActionDialogs({ view, action, onClose }: { view: RunView; action: ActionName; onClose: () => void }) {
  // Outlives the dialogs, which are closed before the run shows what they did.
  const tellEvent = useTellEvent(view);
  return (
    <>
      <Dialog isOpen={action === 'signal'} onClose={onClose} title={`Signal ${view.run.workflowId}`}>
        {action === 'signal' ? <SignalForm view={view} onClose={onClose} onSent={tellEvent} /> : null}
      </Dialog>
      {COMMANDS.map((kind) => (
        <CommandDialog key={kind} view={view} isOpen={action === kind} onClose={onClose} kind={kind} onSent={tellEvent} />
      ))}
    </>
  );
}

type Tell = ReturnType<typeof useTellEvent>;

function SignalForm({ view, onClose, onSent }: { view: RunView; onClose: () => void; onSent: Tell }) {
  const [after] = useState(() => lastEventOf(view));
  return (
    <MessageForm
      view={view}
      kind="signal"
      onDone={(name) => {
        onClose();
        const words = (
          <>
            Signal <b>{name}</b> sent.
          </>
        );
        onSent({ words, type: 'WorkflowExecutionSignaled', after });
      }}
    />
  );
}

/** A pause leaves no event behind; the description says it. */
const WRITTEN = {
  cancel: 'WorkflowExecutionCancelRequested',
  terminate: 'WorkflowExecutionTerminated',
  pause: undefined,
  resume: undefined,
};

const TEXTS = {
  cancel: {
    title: 'Cancel this run?',
    effect: 'The workflow is asked to stop. Its code decides how: it may clean up first, and it may refuse.',
    reason: 'Reason, kept in the history',
    keep: 'Keep it running',
    button: 'Request cancellation',
    done: 'Cancellation requested.',
  },
  terminate: {
    title: 'Terminate this run?',
    effect: 'The run ends at once. Its code does not run again, so nothing is cleaned up. Running activities are abandoned.',
    reason: 'Reason, kept in the history',
    keep: 'Keep it running',
    button: 'Terminate run',
    done: 'Run terminated.',
  },
  pause: {
    title: 'Pause this run?',
    effect:
      'Its workers get no task of it until it is resumed. What runs now may end, timers go on counting, and the run’s own time limits hold.',
    reason: 'Reason, shown while it is paused',
    keep: 'Keep it running',
    button: 'Pause run',
    done: 'Run paused.',
  },
  resume: {
    title: 'Resume this run?',
    effect: 'Its workers get what has waited: the workflow task, its activities, and whatever came in the meantime.',
    reason: 'Reason',
    keep: 'Keep it paused',
    button: 'Resume run',
    done: 'Run resumed.',
  },
} as const;
const COMMANDS = ['cancel', 'terminate', 'pause', 'resume'] as const;

interface CommandDialogProps {
  readonly view: RunView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly kind: (typeof COMMANDS)[number];
  readonly onSent: Tell;
}

function CommandDialog({ view, isOpen, onClose, kind, onSent }: CommandDialogProps) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const [isSending, setSending] = useState(false);
  const [typed, setTyped] = useState('');
  const [untyped, setUntyped] = useState<string>();
  const texts = TEXTS[kind];
  const client = useQueryClient();
  const environment = useEnvironment();
  const isGuarded = kind === 'terminate' && environment?.isGuarded === true;
  const send = async () => {
    const isTyped = !isGuarded || typed.trim() === environment.name;
    setUntyped(isTyped ? undefined : `Type ${environment?.name} to go on.`);
    setError(undefined);
    if (!isTyped) return;
    setSending(true);
    try {
      const after = lastEventOf(view);
      await api.workflow[kind].mutate({ ...view.run, reason });
      const type = WRITTEN[kind];
      if (type === undefined) tell(texts.done);
      else onSent({ words: texts.done, type, after });
      await client.invalidateQueries({ queryKey: ['run', view.run] });
      setReason('');
      setTyped('');
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
            {texts.keep}
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
        {environment === undefined ? null : (
          <>
            <dt>Environment</dt>
            <dd>
              <span className="env">{environment.name}</span>
            </dd>
          </>
        )}
      </dl>
      <p className="mid">{texts.effect}</p>
      <div className={`fld ${error ? 'err' : ''}`}>
        <label htmlFor={`${kind}-reason`}>{texts.reason}</label>
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
      {isGuarded ? (
        <DialogField id={`${kind}-typed`} label={`Type ${environment.name} to confirm`} value={typed} error={untyped} onChange={setTyped} />
      ) : null}
    </Dialog>
  );
}
