'use client';
import { useState } from 'react';
import { api } from '../../data/api-client.ts';
import type { OverlapName } from '../../domain/schedule-overlap.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { OverlapField } from './overlap-field.tsx';
import type { Schedule } from './schedule-page.tsx';
import { useChange } from './use-change.ts';

export interface ScheduleDialogProps {
  readonly namespace: string;
  readonly schedule: Schedule;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function TriggerDialog({ namespace, schedule, isOpen, onClose }: ScheduleDialogProps) {
  const [overlap, setOverlap] = useState<OverlapName | null>(null);
  const { error, isSending, send, forget } = useChange();
  const close = () => {
    forget();
    onClose();
  };
  const trigger = async () => {
    if (await send(() => api.schedule.trigger.mutate({ namespace, id: schedule.id, overlap }), `${schedule.id} triggered.`)) close();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title="Trigger it now?"
      footer={
        <>
          <button className="btn quiet" type="button" onClick={close}>
            Not now
          </button>
          <button className="btn primary" type="button" disabled={isSending} onClick={() => void trigger()}>
            Trigger
          </button>
        </>
      }
    >
      <p className="mid">
        A run of <b>{schedule.action.type}</b> is started at once, beside the times of the schedule. A paused schedule can be triggered too.
      </p>
      <OverlapField
        id="trigger-overlap"
        label="If the run before is still going"
        value={overlap}
        own={schedule.overlap}
        onChange={setOverlap}
      />
      {error ? (
        <p className="fld msgl" role="alert">
          {error}
        </p>
      ) : null}
    </Dialog>
  );
}
