'use client';
import type { ReactNode } from 'react';
import { usePreference } from '../../data/preferences.ts';
import type { RunView } from '../../data/run-view.ts';
import { eventTitle } from '../../domain/event-title.ts';
import type { TaskStop } from '../../domain/task-stops.ts';
import { formatOffset } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { formatClock } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';

export interface Position {
  readonly at: number;
  readonly base: number;
  readonly pinned: number | undefined;
  readonly task: TaskStop | undefined;
  readonly tasks: number;
}

export interface StateHeadProps {
  readonly view: RunView;
  readonly position: Position;
  readonly vs: string;
  readonly children: ReactNode;
  readonly onCompare: (vs: string) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onStepTask: (by: 1 | -1) => void;
  readonly onPin: () => void;
}

/** Where one stands in the history, in words, with the steps to elsewhere. */
export function StateHead({ view, position, vs, children, onCompare, onStep, onStepTask, onPin }: StateHeadProps) {
  const { at, base, pinned } = position;
  const button = (label: string, icon: 'prev' | 'left' | 'right' | 'next', onClick: () => void) => (
    <button className="btn icon" type="button" aria-label={label} onClick={onClick}>
      <Icon name={icon} small />
    </button>
  );
  return (
    <section className="scrub" aria-label="Position in history">
      <div className="sc-top">
        <span className="join" role="group" aria-label="Step">
          {button('Previous workflow task', 'prev', () => onStepTask(-1))}
          {button('Previous event', 'left', () => onStep(-1))}
          {button('Next event', 'right', () => onStep(1))}
          {button('Next workflow task', 'next', () => onStepTask(1))}
        </span>
        <Lead view={view} position={position} />
        <span className="grow" />
        <span className="dim vs">compared with</span>
        <Menu
          align="end"
          trigger={
            <button className="btn" type="button" aria-label={`Compared with ${nameOf(vs, base)}`}>
              {nameOf(vs, base)} <Icon name="down" small />
            </button>
          }
        >
          <MenuItem onSelect={() => onCompare('event')}>The event before</MenuItem>
          <MenuItem onSelect={() => onCompare('task')}>The workflow task before</MenuItem>
          <MenuItem onSelect={() => onCompare('1')}>The start of the run</MenuItem>
          <MenuItem onSelect={() => onCompare(String(at))} end="c">
            This position, event {at}
          </MenuItem>
        </Menu>
        <button className="btn quiet" type="button" aria-pressed={pinned !== undefined} onClick={onPin}>
          {pinned === undefined ? 'Pin this' : 'Free'}{' '}
          <span className="kbd" aria-hidden="true">
            c
          </span>
        </button>
      </div>
      {children}
    </section>
  );
}

const nameOf = (vs: string, base: number): string =>
  base === 0
    ? 'nothing, the start'
    : vs === 'task'
      ? `task before, event ${base}`
      : vs === 'event'
        ? `event ${base}`
        : `event ${base}, pinned`;

function Lead({ view: { events, groups }, position: { at, task, tasks } }: Pick<StateHeadProps, 'view' | 'position'>) {
  const zone = usePreference('zone');
  const event = events[at - 1];
  const first = events[0];
  if (event === undefined || first === undefined) return null;
  return (
    <p className="lead">
      <b>After event {at}</b>, {eventTitle(event, groups)}.{' '}
      <span className="mid">
        {task ? `Workflow task ${formatCount(task.index)} of ${formatCount(tasks)}` : 'Before the first workflow task'}, at{' '}
        {formatClock(event.at, zone, 1)}, {formatOffset(event.at - first.at)}.
      </span>
    </p>
  );
}
