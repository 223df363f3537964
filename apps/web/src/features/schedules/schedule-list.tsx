'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isAway, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { useScheduleFilter } from '../../data/schedule-filter.ts';
import { schedules } from '../../data/schedule-queries.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { ActButton, ActLink } from '../../ui/act-button.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Unread } from '../../ui/unread.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import { ScheduleFilterBar } from './schedule-filter-bar.tsx';
import { ScheduleTable } from './schedule-table.tsx';
import './schedules.css';

const ROWS = 200;

export function ScheduleList({ namespace }: { namespace: string }) {
  const isLive = usePreference('isLive');
  const { filter, setState, isEmpty } = useScheduleFilter();
  const [rowsMax, setRowsMax] = useState(ROWS);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [pausing, setPausing] = useState<boolean>();
  const { data, isPending, error } = useQuery(schedules(namespace, filter, { rowsMax, isLive }));
  const rows = data?.rows ?? [];
  const picked = rows.filter((row) => chosen.has(row.id)).map((row) => row.id);
  return (
    <div className="page pg-schedules">
      <main className="main" id="main">
        <div className="bar">
          <h1>Schedules</h1>
          {data?.isSupported ? (
            <span className="mid">
              {formatCount(data.matching)}{' '}
              <span className="dim">{isEmpty ? plural(data.matching, 'schedule').replace(/^\S+ /, '') : 'match'}</span>
            </span>
          ) : null}
          <span className="grow" />
          {data?.isSupported === false ? null : (
            <ActLink className="btn primary" href={paths.newSchedule(namespace)}>
              <Icon name="plus" small />
              New schedule
            </ActLink>
          )}
        </div>
        {error && (data === undefined || !isAway(error)) ? (
          <Unread problem={toProblem(error)} what="The schedules" />
        ) : data?.isSupported === false ? (
          <Hollow icon="schedules" title="This server has no schedules." />
        ) : data?.scanned === 0 ? (
          <Hollow
            icon="schedules"
            title={
              <>
                There is no schedule in <b>{namespace}</b> yet.
              </>
            }
          >
            <p className="mid">A schedule starts a workflow at times you choose, and remembers what it did at each of them.</p>
          </Hollow>
        ) : (
          <>
            <ScheduleFilterBar types={data?.types ?? []} />
            {data && rows.length === 0 ? (
              <Hollow
                icon="search"
                title={`None of ${plural(data.scanned, 'schedule')} matches.`}
                actions={
                  <button className="btn" type="button" onClick={() => void setState(null)}>
                    Clear the filters
                  </button>
                }
              />
            ) : (
              <ScheduleTable
                namespace={namespace}
                rows={rows}
                isPending={isPending}
                chosen={chosen}
                onChoose={setChosen}
                tail={
                  data === undefined ? null : (
                    <>
                      {data.isCut ? `From the first ${formatCount(data.scanned)} schedules. ` : ''}
                      {data.matching > rows.length ? (
                        <button className="linkb" type="button" onClick={() => setRowsMax(rowsMax + 2 * ROWS)}>
                          Show more: {formatCount(rows.length)} of {formatCount(data.matching)} are here
                        </button>
                      ) : (
                        `${formatCount(rows.length)} shown, that is all.`
                      )}
                    </>
                  )
                }
              />
            )}
            {picked.length > 0 ? (
              <div className="bar selbar" role="group" aria-label="Chosen schedules">
                <b>{plural(picked.length, 'schedule')} chosen</b>
                <ActButton onClick={() => setPausing(true)}>Pause…</ActButton>
                <ActButton onClick={() => setPausing(false)}>Unpause…</ActButton>
                <span className="grow" />
                <button className="btn quiet" type="button" onClick={() => setChosen(new Set())}>
                  Choose none
                </button>
              </div>
            ) : null}
          </>
        )}
      </main>
      <PauseDialog
        namespace={namespace}
        ids={picked}
        pausing={pausing}
        onClose={(isDone) => {
          setPausing(undefined);
          if (isDone) setChosen(new Set());
        }}
      />
    </div>
  );
}
