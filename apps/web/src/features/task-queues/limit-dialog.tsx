'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { api, toProblem } from '../../data/api-client.ts';
import { focusFault } from '../../ui/focus-fault.ts';
import { Dialog } from '../../ui/dialog.tsx';

interface LimitDialogProps {
  readonly namespace: string;
  readonly queue: string;
  readonly side: ApiOutput['taskQueue']['describe']['activity'] | undefined;
  readonly onClose: () => void;
}
type Faults = Partial<Record<'perSecond' | 'reason' | 'send', string>>;

/** How many activity tasks the queue hands out per second; workflow tasks are never limited. */
export function LimitDialog({ namespace, queue, side, onClose }: LimitDialogProps) {
  const id = useId();
  const client = useQueryClient();
  const [perSecond, setPerSecond] = useState(side?.setting?.perSecond?.toString() ?? '');
  const [reason, setReason] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const [isSending, setSending] = useState(false);
  const send = async () => {
    const wanted = perSecond.trim();
    const found: Faults = {
      ...(/^\d*(\.\d+)?$/.test(wanted) ? {} : { perSecond: 'Write a number of tasks per second, or nothing.' }),
      ...(reason.trim() === '' ? { reason: 'Say why: the reason is kept with the queue.' } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFault(id, found);
    setSending(true);
    try {
      await api.taskQueue.setLimit.mutate({ namespace, queue, perSecond: wanted === '' ? null : Number(wanted), reason });
      await client.invalidateQueries({ queryKey: ['queue', namespace, queue] });
      onClose();
    } catch (error) {
      setFaults({ send: toProblem(error).message });
      setSending(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Rate limit of activities"
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Leave it
          </button>
          <button className="btn primary" type="button" disabled={isSending} onClick={() => void send()}>
            {perSecond.trim() === '' ? 'Take the limit away' : 'Set the limit'}
          </button>
        </>
      }
    >
      <p className="mid">
        All workers of {queue} together take so many activity tasks a second, whatever they ask for themselves. 0 stops it.
      </p>
      <div className={`fld ${faults.perSecond ? 'err' : ''}`}>
        <label htmlFor={`${id}-perSecond`}>Tasks a second, no limit when empty</label>
        <input
          id={`${id}-perSecond`}
          className="input mono"
          value={perSecond}
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={faults.perSecond !== undefined}
          onChange={(event) => setPerSecond(event.target.value)}
        />
        <Fault message={faults.perSecond} />
      </div>
      <div className={`fld ${faults.reason ? 'err' : ''}`}>
        <label htmlFor={`${id}-reason`}>Reason, kept with the queue</label>
        <input
          id={`${id}-reason`}
          className="input"
          value={reason}
          maxLength={1000}
          aria-invalid={faults.reason !== undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        <Fault message={faults.reason} />
      </div>
      {faults.send ? (
        <p className="fail st-failed" role="alert">
          <b>The server refused</b>
          <span className="mid">{faults.send}</span>
        </p>
      ) : null}
    </Dialog>
  );
}

const Fault = ({ message }: { message: string | undefined }) =>
  message === undefined ? null : (
    <p className="msg" role="alert">
      {message}
    </p>
  );
