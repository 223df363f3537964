'use client';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { isAway } from '../../data/api-client.ts';
import { useRunFold } from '../../data/run-fold.ts';
import { useRunParams } from '../../data/run-params.ts';
import { stateParsers } from '../../data/run-tab-state.ts';
import { useRunView } from '../../data/run-view.ts';
import { compareStates } from '../../domain/state-difference.ts';
import { stateView } from '../../domain/state-view.ts';
import { nextStop, stopAt, taskStops } from '../../domain/task-stops.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { Strip } from '../../ui/strip.tsx';
import { OpenNow } from './open-now.tsx';
import { StateFacts } from './state-facts.tsx';
import { StateHead } from './state-head.tsx';
import { StateScrubber } from './state-scrubber.tsx';
import { ThisEvent } from './this-event.tsx';
import { useStateKeys } from './use-state-keys.ts';
import './run-state.css';

/** The run after any of its events, folded from its history in this browser. */
export function RunState() {
  const run = useRunParams();
  const view = useRunView(run);
  const { events, groups } = view;
  const { fold, isReading } = useRunFold(view);
  const [{ at: wanted, vs }, setState] = useQueryStates(stateParsers, { history: 'replace', scroll: false });
  const stops = useMemo(() => taskStops(groups.tasks, events), [groups.tasks, events]);
  const last = events.length;
  const inside = (id: number): number => Math.min(Math.max(Math.round(id), 1), last);
  const at = inside(wanted ?? last);
  const pinned = /^\d+$/.test(vs) ? inside(Number(vs)) : undefined;
  const base = pinned ?? Math.max(vs === 'task' ? nextStop(stops, at, { by: -1, last }) : at - 1, 0);
  const now = useMemo(() => stateView(fold.at(at)), [fold, at]);
  const compared = useMemo(() => compareStates(stateView(fold.at(base)), now, { groups, events }), [fold, base, now, groups, events]);

  const go = (id: number, by?: 'event' | 'task') => {
    // At the end one stays at the end while the run goes on.
    const next = inside(id);
    void setState({ at: next === last ? null : next, ...(by && pinned === undefined ? { vs: by } : {}) });
  };
  const step = (by: 1 | -1) => go(at + by, 'event');
  const stepTask = (by: 1 | -1) => go(nextStop(stops, at, { by, last }), 'task');
  const pin = () => void setState({ vs: pinned === undefined ? String(at) : 'event' });
  useStateKeys({ step, stepTask, pin, first: () => go(1), last: () => go(last) });

  if (last === 0) {
    if (view.isLoading) return <p className="blank mid late">Reading the history…</p>;
    return isAway(view.error) ? <NotHereYet what="The history is" /> : <Hollow title="No events yet." />;
  }
  const task = stopAt(stops, at);
  return (
    <div className="pg-state">
      <StateHead
        view={view}
        position={{ at, base, pinned, task, tasks: stops.at(-1)?.index ?? 0 }}
        vs={vs}
        onCompare={(next) => void setState({ vs: next })}
        onStep={step}
        onStepTask={stepTask}
        onPin={pin}
      >
        <StateScrubber events={events} stops={stops} at={at} base={base} isPinned={pinned !== undefined} onGo={go} onStepTask={stepTask} />
      </StateHead>
      {now.notes.length > 0 ? (
        <Strip tone="retrying" glyph="retrying">
          {now.notes.at(-1)} {now.notes.length > 1 ? <span className="mid">{now.notes.length - 1} more such events before it.</span> : null}
        </Strip>
      ) : null}
      <div className="cols">
        <OpenNow view={view} now={now} things={compared.things} at={at} />
        <StateFacts run={run} compared={compared} isReading={isReading} base={base} />
        <ThisEvent view={view} at={at} />
      </div>
    </div>
  );
}
