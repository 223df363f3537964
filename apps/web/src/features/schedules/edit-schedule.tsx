'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, isAway, toProblem } from '../../data/api-client.ts';
import { schedule } from '../../data/schedule-queries.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { draftOf } from './schedule-draft.ts';
import { ScheduleEditor } from './schedule-editor.tsx';

/** The form holds the schedule as it was when it was opened; a change by somebody else meanwhile is said, and nothing is overwritten. */
export function EditSchedule({ namespace, id }: { namespace: string; id: string }) {
  const [round, setRound] = useState(0);
  const { data, error, refetch } = useQuery({
    ...schedule(namespace, id, false),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  const reload = async () => {
    await refetch();
    setRound(round + 1);
  };
  if (data === undefined)
    return (
      <div className="page">
        <main className="main" id="main">
          <h1 className="sr">Edit {id}</h1>
          {error === null ? null : isAway(error) ? (
            <NotHereYet what="The schedule is" />
          ) : (
            <Hollow icon="errors" title="This schedule could not be read.">
              <p className="mid">{toProblem(error).message}</p>
            </Hollow>
          )}
        </main>
      </div>
    );
  return (
    <ScheduleEditor
      key={`${data.token} ${round}`}
      namespace={namespace}
      isNew={false}
      initial={draftOf(data)}
      onSave={(request) => api.schedule.update.mutate({ namespace, id, token: data.token, schedule: { ...request } })}
      onReload={() => void reload()}
    />
  );
}
