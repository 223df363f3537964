'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';

export interface StopDialogProps {
  readonly namespace: string;
  readonly jobId: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function StopDialog({ namespace, jobId, isOpen, onClose }: StopDialogProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const stop = async () => {
    if (reason.trim() === '') {
      setError('Say why: the reason is kept with the job.');
      return;
    }
    try {
      await api.batch.stop.mutate({ namespace, jobId, reason });
      tell('Batch stopped.');
      onClose();
      await client.invalidateQueries({ queryKey: ['batch', namespace, jobId] });
    } catch (failed) {
      setError(toProblem(failed).message);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Stop this batch?"
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Let it go on
          </button>
          <button className="btn danger" type="button" onClick={() => void stop()}>
            Stop batch
          </button>
        </>
      }
    >
      <p className="mid">What was done stays done. The runs it has not come to are left as they are.</p>
      <div className={`fld ${error ? 'err' : ''}`}>
        <label htmlFor="stop-reason">Reason</label>
        <input
          id="stop-reason"
          className="input"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          aria-describedby="stop-reason-m"
          aria-invalid={error !== undefined}
        />
        <p id="stop-reason-m" className={error ? 'msg' : 'hint'} role={error ? 'alert' : undefined}>
          {error ?? 'kept with the job'}
        </p>
      </div>
    </Dialog>
  );
}
