'use client';
import { api } from '../../data/api-client.ts';
import { EMPTY_SCHEDULE } from './schedule-draft.ts';
import { ScheduleEditor } from './schedule-editor.tsx';

export function NewSchedule({ namespace }: { namespace: string }) {
  return (
    <ScheduleEditor
      namespace={namespace}
      isNew
      initial={EMPTY_SCHEDULE}
      onSave={(request, id) => api.schedule.create.mutate({ namespace, id, schedule: { ...request } })}
    />
  );
}
