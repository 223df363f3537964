'use client';
import Link from 'next/link';
import { useState } from 'react';
import { paths } from '../../data/paths.ts';
import { scheduleLook } from '../../domain/schedule-look.ts';
import { ActButton, ActLink } from '../../ui/act-button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { BackfillDialog } from './backfill-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import type { Schedule } from './schedule-page.tsx';
import { TriggerDialog } from './trigger-dialog.tsx';

type Open = 'pause' | 'trigger' | 'backfill' | 'delete' | undefined;

export function ScheduleHead({ namespace, id, schedule }: { namespace: string; id: string; schedule: Schedule | undefined }) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <div className="bar qh">
      <Link className="btn quiet icon" href={paths.schedules(namespace)} aria-label="Back to schedules">
        <Icon name="back" />
      </Link>
      <h1 className="qn" title={id}>
        {id}
      </h1>
      <CopyButton text={id} what="schedule id" />
      {schedule === undefined ? null : (
        <>
          <StatusMark look={scheduleLook(schedule.isPaused)} />
          <span className="grow" />
          <ActButton onClick={() => setOpen('trigger')}>Trigger now</ActButton>
          <ActButton onClick={() => setOpen('pause')}>{schedule.isPaused ? 'Unpause' : 'Pause'}</ActButton>
          <ActButton onClick={() => setOpen('backfill')}>Backfill</ActButton>
          <ActLink href={paths.editSchedule(namespace, id)}>Edit</ActLink>
          <ActButton className="btn danger" onClick={() => setOpen('delete')}>
            Delete
          </ActButton>
          <PauseDialog namespace={namespace} ids={[id]} pausing={open === 'pause' ? !schedule.isPaused : undefined} onClose={close} />
          <TriggerDialog namespace={namespace} schedule={schedule} isOpen={open === 'trigger'} onClose={close} />
          <BackfillDialog namespace={namespace} schedule={schedule} isOpen={open === 'backfill'} onClose={close} />
          <DeleteDialog namespace={namespace} schedule={schedule} isOpen={open === 'delete'} onClose={close} />
        </>
      )}
    </div>
  );
}
