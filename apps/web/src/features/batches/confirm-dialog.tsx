'use client';
import { useEffect, useState } from 'react';
import { plural } from '../../lib/number.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { BatchDraft } from './batch-draft.ts';
import { KINDS } from './batch-draft.ts';

export interface ConfirmDialogProps {
  readonly draft: BatchDraft;
  /** Undefined when they could not be counted. */
  readonly runs: number | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
}

/** What cannot be taken back begins only once its word was written. */
export function ConfirmDialog({ draft, runs, isOpen, onClose, onConfirm }: ConfirmDialogProps) {
  const { label, effect, isFinal } = KINDS[draft.kind];
  const [written, setWritten] = useState('');
  const [isSending, setSending] = useState(false);
  useEffect(() => setWritten(''), [isOpen]);
  const word = label.toLowerCase();
  const isReady = !isFinal || written.trim().toLowerCase() === word;
  const confirm = async () => {
    setSending(true);
    await onConfirm();
    setSending(false);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={`${label} ${runs === undefined ? 'the runs' : plural(runs, 'run')}?`}
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Not yet
          </button>
          <button
            className={isFinal ? 'btn danger' : 'btn primary'}
            type="button"
            disabled={!isReady || isSending}
            onClick={() => void confirm()}
          >
            Start batch
          </button>
        </>
      }
    >
      <p className="mid">{effect}</p>
      <p className="mono small">{draft.query}</p>
      {isFinal ? (
        <div className="fld">
          <label htmlFor="batch-word">
            Write <b>{word}</b> to go on
          </label>
          <input
            id="batch-word"
            className="input"
            value={written}
            onChange={(event) => setWritten(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
      ) : null}
    </Dialog>
  );
}
