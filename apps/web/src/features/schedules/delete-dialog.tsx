'use client';
import { useRouter } from 'next/navigation';
import { api } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { ScheduleDialogProps } from './trigger-dialog.tsx';
import { useChange } from './use-change.ts';

export function DeleteDialog({ namespace, schedule, isOpen, onClose }: ScheduleDialogProps) {
  const router = useRouter();
  const { error, isSending, send, forget } = useChange();
  const close = () => {
    forget();
    onClose();
  };
  const remove = async () => {
    if (await send(() => api.schedule.remove.mutate({ namespace, id: schedule.id }), `${schedule.id} deleted.`))
      router.push(paths.schedules(namespace));
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={`Delete ${schedule.id}?`}
      footer={
        <>
          <button className="btn quiet" type="button" onClick={close}>
            Keep it
          </button>
          <button className="btn danger" type="button" disabled={isSending} onClick={() => void remove()}>
            Delete schedule
          </button>
        </>
      }
    >
      <p className="mid">
        It stops acting and is gone for good. Runs that it started stay, and those that are going go on. To stop it for a while, pause it.
      </p>
      {error ? (
        <p className="msgl" role="alert">
          {error}
        </p>
      ) : null}
    </Dialog>
  );
}
