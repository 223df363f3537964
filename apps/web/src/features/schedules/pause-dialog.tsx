'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { plural } from '../../lib/number.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';

export interface PauseDialogProps {
  readonly namespace: string;
  readonly ids: readonly string[];
  /** True to pause, false to unpause; undefined while the dialog is closed. */
  readonly pausing: boolean | undefined;
  readonly onClose: (isDone: boolean) => void;
}

/** Pauses or unpauses one schedule or many, with a note that stays with them. */
export function PauseDialog({ namespace, ids, pausing, onClose }: PauseDialogProps) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [error, setError] = useState<string>();
  const [isSending, setSending] = useState(false);
  const verb = pausing === false ? 'Unpause' : 'Pause';
  const what = ids.length === 1 ? (ids[0] ?? '') : plural(ids.length, 'schedule');
  const close = (isDone: boolean) => {
    setNote('');
    setError(undefined);
    onClose(isDone);
  };
  const send = async () => {
    setSending(true);
    setError(undefined);
    try {
      const { changed, failed } = await api.schedule.setPaused.mutate({ namespace, ids: [...ids], isPaused: pausing !== false, note });
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'schedules' || queryKey[0] === 'schedule' });
      if (failed.length > 0) {
        setError(`${plural(changed, 'schedule')} changed. ${failed.map((one) => `${one.id}: ${one.message}`).join('; ')}`);
        return;
      }
      tell(`${what} ${pausing === false ? 'unpaused' : 'paused'}.`);
      close(true);
    } catch (failed) {
      setError(toProblem(failed).message);
    } finally {
      setSending(false);
    }
  };
  return (
    <Dialog
      isOpen={pausing !== undefined && ids.length > 0}
      onClose={() => close(false)}
      title={`${verb} ${what}?`}
      footer={
        <>
          <button className="btn quiet" type="button" onClick={() => close(false)}>
            Leave it
          </button>
          <button className="btn primary" type="button" disabled={isSending} onClick={() => void send()}>
            {verb}
          </button>
        </>
      }
    >
      <p className="mid">
        {pausing === false
          ? 'It acts again from its next time on. Times that passed while it was paused stay past; a backfill can make up for them.'
          : 'No run is started at its times until it is unpaused. Runs that are going go on, and it can still be triggered by hand.'}
      </p>
      {ids.length > 1 ? <p className="mono small chosenl">{ids.join(', ')}</p> : null}
      <div className={`fld ${error ? 'err' : ''}`}>
        <label htmlFor="pause-note">Note, shown with the schedule</label>
        <input id="pause-note" className="input" value={note} onChange={(event) => setNote(event.target.value)} placeholder="optional" />
        {error ? (
          <p className="msg" role="alert">
            {error}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
